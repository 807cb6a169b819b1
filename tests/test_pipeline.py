"""The whole run: what only the pipeline can put together."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from compliance import resources
from compliance.pipeline import Request, run_audit

AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
NOTICE = "speaks of the app other.example, and the permission set of wellbeing.example"


def feed(folder: Path, relying_party: str) -> str:
    """Write a feed with one pupil and the integrator's own grant; return its address."""
    folder.mkdir()
    grant = {"Estab": "1234567", "RelyingParty": relying_party, "Name": "x", "Expires": "x", "Scopes": ["Student"]}
    (folder / "token.json").write_text(json.dumps(grant), encoding="utf-8")
    (folder / "students.json").write_text('{"Students": [{"Id": "1"}], "meta": []}', encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(("relying_party", "said"), [("wellbeing.example", []), ("other.example", [NOTICE])])
def test_the_integrators_word_stands_in_and_says_whom_it_speaks_of(
    tmp_path: Path, relying_party: str, said: list[str]
) -> None:
    declarations = (resources.example_app() / "permission-set.yaml", resources.example_app() / "stored-fields.yaml")
    request = Request(declarations=declarations, at=AT, feeds=(feed(tmp_path / "feed", relying_party),))
    audit = run_audit(request)
    assert audit.declarations.authorisation is not None
    assert audit.declarations.authorisation.granted_scopes == {"Student"}
    assert audit.feed is not None
    assert [notice.what for notice in audit.feed.notices] == said


def test_one_key_gives_one_inventory_and_runs_differ_in_theirs(tmp_path: Path) -> None:
    address = feed(tmp_path / "feed", "wellbeing.example")
    same = [
        run_audit(Request(declarations=(resources.example_app(),), at=AT, feeds=(address,), key=b"k")) for _ in "ab"
    ]
    assert same[0].feed == same[1].feed
    assert Request(declarations=(), at=AT).key != Request(declarations=(), at=AT).key


def test_a_relying_party_may_hold_any_sign(tmp_path: Path) -> None:
    text = (resources.example_app() / "permission-set.yaml").read_text(encoding="utf-8")
    odd = tmp_path / "permission-set.yaml"
    odd.write_text(text.replace("relying_party: wellbeing.example", 'relying_party: "{x}.example"'), encoding="utf-8")
    audit = run_audit(Request(declarations=(odd,), at=AT, feeds=(feed(tmp_path / "feed", "{0}.example"),)))
    assert audit.feed is not None
    assert [notice.what for notice in audit.feed.notices] == [
        "speaks of the app {0}.example, and the permission set of {x}.example"
    ]
