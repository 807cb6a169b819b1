"""Files of nobody's, with a mapping of the app's own: what its fields mean, without scopes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from compliance.model.audit import Audit
from compliance.model.ledger import COLUMNS, State
from compliance.model.vocabulary import DataClass
from compliance.pipeline import Request, run_audit

PERMISSION_SET = """\
kind: permission_set
app: a
label: A
version: "1"
integrator: plain
purposes: [{id: names, text: Teachers find a pupil by name.}]
scopes:
  - id: our upload
    required: true
    subjects: [pupil]
    purposes: [names]
    reason: Teachers find a pupil by name.
    fields: [{path: pupils.Forename, required: true}]
"""
MAPPING = """\
kind: integrator
id: plain
label: Our upload
version: "1"
absent_means: unknown
null_means: shared_but_empty
datasets:
  - name: pupils
    fields: [{name: Forename, item: forename}, {name: Origin, item: ethnicity}, {name: Shoe}]
  - name: teachers
    fields: [{name: Forename, item: staff-forename}]
aliases: {pupils.First Name: pupils.Forename}
"""
AUTHORISATION = "kind: authorisation\napp: a\nschool: {name: Blenthy School}\n"
ROWS = [
    {"First Name": "Blenthy", "Origin": "WBRI", "Locker": "12"},
    {"First Name": "Zorvik", "Origin": "", "Locker": ""},
]


def as_csv(delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([[*ROWS[0]], *(row.values() for row in ROWS)])
    return text.getvalue().encode()


def as_spreadsheet() -> bytes:
    book = openpyxl.Workbook()
    for row in ([*ROWS[0]], *([*row.values()] for row in ROWS)):
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_parquet() -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), content)
    return content.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "pupils.json": lambda: json.dumps(ROWS).encode(),
    "pupils.jsonl": lambda: "".join(f"{json.dumps(row)}\n" for row in ROWS).encode(),
    "pupils.csv": lambda: as_csv(","),
    "pupils.tsv": lambda: as_csv("\t"),
    "pupils.xlsx": as_spreadsheet,
    "pupils.parquet": as_parquet,
}


@pytest.fixture(name="audit", params=list(FILES))
def _audit(request: pytest.FixtureRequest, tmp_path: Path) -> Audit:
    feed = tmp_path / str(request.param)
    feed.write_bytes(FILES[str(request.param)]())
    texts = {"set": PERMISSION_SET, "mapping": MAPPING, "authorisation": AUTHORISATION}
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return run_audit(
        Request(
            declarations=tuple(tmp_path / f"{name}.yaml" for name in texts),
            feeds=(str(feed),),
            at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
        )
    )


def test_every_column_has_its_meaning_and_needs_no_scope(audit: Audit) -> None:
    yes, no, cannot_tell = State.YES, State.NO, State.CANNOT_TELL
    lines = {
        str(line.source_path): (
            line.item and line.item.id,
            *(cell.state for name, cell in line.cells if name in COLUMNS[:4]),
        )
        for line in audit.ledger
    }
    assert lines == {
        "pupils.Forename": ("forename", yes, yes, yes, yes),
        "pupils.Origin": ("ethnicity", no, yes, yes, yes),
        "pupils.Shoe": (None, no, yes, yes, no),
        "pupils.Locker": (None, no, cannot_tell, cannot_tell, yes),
    }
    origin = next(line for line in audit.ledger if str(line.source_path) == "pupils.Origin")
    assert origin.data_class is DataClass.SPECIAL


def test_what_the_mapping_does_not_know_is_named(audit: Audit) -> None:
    assert audit.feed
    assert [(notice.source, notice.what) for notice in audit.feed.notices] == [
        (
            "pupils",
            "carries what the catalogue of Our upload (1) does not know: pupils.Locker",
        )
    ]


def test_the_fields_of_the_mapping_are_described(audit: Audit) -> None:
    assert {finding.rule.id for finding in audit.findings}.isdisjoint({"PS01", "PS03", "PS27", "PS29"})


STORED = """\
kind: stored_fields
app: a
version: "1"
stores: [{id: db, label: Database, kind: database}]
datasets:
  - name: pupil
    store: db
    subject: pupil
    fields: [{name: first_name, source: school_upload, from: pupils.Forename, item: forename}]
"""


def test_a_group_that_the_school_declined_is_withdrawn_like_a_scope(tmp_path: Path) -> None:
    declined = 'declined_scopes: [{id: our upload, since: "2026-01-05"}]\n'
    texts = {"set": PERMISSION_SET, "mapping": MAPPING, "authorisation": AUTHORISATION + declined, "stored": STORED}
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "pupil.csv").write_text("first_name\nBlenthy\n", encoding="utf-8")
    audit = run_audit(
        Request(
            declarations=tuple(tmp_path / f"{name}.yaml" for name in texts),
            stores=(str(tmp_path / "pupil.csv"),),
            at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
        )
    )
    assert [finding.hit.message for finding in audit.findings if finding.rule.id == "XS03"] == [
        "First name (pupil.first_name) is still held in 1 row, although the school declined our upload."
    ]
