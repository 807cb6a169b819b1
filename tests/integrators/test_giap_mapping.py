"""The mapping of the page about Get Information About Pupils is one that can be used as it stands there."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from compliance.model.ledger import State
from compliance.pipeline import Request, run_audit

PAGE = Path(__file__).parents[2] / "docs" / "integrators" / "giap.md"
PERMISSION_SET = """\
kind: permission_set
app: a
label: A
version: "1"
integrator: plain
scopes:
  - id: our upload
    subjects: [pupil]
    fields: [{path: pupil_premium.UPN, required: true}, {path: value.UPN, required: true}]
"""
PREMIUM = b"UPN,Surname,DOB,DeprivationPupilPremium\nB801200005001,Zorvik,2016-05-01,1\n"
SEARCH = {
    "value": [
        {
            "@search.score": 0.4,
            "UPN": "B801200005001",
            "Surname": "Zorvik",
            "DOB": "2016-05-01",
            "LocalAuthority": "001",
        }
    ]
}


@pytest.mark.parametrize(
    ("name", "content", "received"),
    [
        (
            "pupil_premium.csv",
            PREMIUM,
            {
                "UPN": "upn",
                "Surname": "surname",
                "DOB": "date-of-birth",
                "DeprivationPupilPremium": "pupil-premium-reason",
            },
        ),
        (
            "search.json",
            json.dumps(SEARCH).encode(),
            {"UPN": "upn", "Surname": "surname", "DOB": "date-of-birth", "LocalAuthority": None, "@search.score": None},
        ),
    ],
)
def test_what_it_reads_means_what_the_page_says(
    tmp_path: Path, name: str, content: bytes, received: dict[str, str | None]
) -> None:
    (mapping,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    declarations = (tmp_path / "permission-set.yaml", tmp_path / "mapping.yaml")
    for path, text in zip(declarations, (PERMISSION_SET, mapping), strict=True):
        path.write_text(text, encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    request = Request(
        declarations=declarations, feeds=(str(tmp_path / name),), at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    )
    audit = run_audit(request)
    came = {
        line.source_path.leaf: line.item.id if line.item else None
        for line in audit.ledger
        if line.source_path and line.received.state is State.YES
    }
    assert came == received
    assert audit.feed
    assert audit.feed.notices == ()
