"""Whom a school keeps out at Wonde, sought in the store by Wonde's own number of each person."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from compliance.pipeline import Request, run_audit

PERMISSION_SET = """\
kind: permission_set
app: a
label: A
version: "1"
integrator: wonde
scopes:
  - {id: Students forename read, subjects: [pupil], fields: [{path: students.forename, required: true}]}
"""
STORED = """\
kind: stored_fields
app: a
version: "1"
stores: [{id: database, label: Database, kind: database, country: GB}]
datasets:
  - name: pupil
    store: database
    subject: pupil
    person_key: number
    person_key_source: students.%s
    fields: [{name: number, source: mis, from: students.%s}]
"""


def told(folder: Path, key: str, mode: str, held: list[str]) -> list[str]:
    """Return what DA31 says of a store that knows its pupils by ``key``, when A1 and A2 are on the list."""
    (folder / "permission-set.yaml").write_text(PERMISSION_SET, encoding="utf-8")
    (folder / "stored-fields.yaml").write_text(STORED % (key, key), encoding="utf-8")
    feed = folder / "A1930499544"
    feed.mkdir()
    people = [{"id": "A1", "type": "student"}, {"id": "A2", "type": "student"}]
    rows = [{"id": "A3", "mis_id": "3", "upi": "f00", "forename": "Blenthy"}]
    (feed / "acl.json").write_text(json.dumps({"data": {"mode": mode, "ids": people}}), encoding="utf-8")
    (feed / "students.json").write_text(json.dumps({"data": rows}), encoding="utf-8")
    store = folder / "pupil.json"
    store.write_text(json.dumps([{"number": number} for number in held]), encoding="utf-8")
    audit = run_audit(
        Request(
            declarations=(folder / "permission-set.yaml", folder / "stored-fields.yaml"),
            at=dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC),
            feeds=(str(feed),),
            stores=(str(store),),
            key=b"k" * 32,
        )
    )
    return [finding.hit.message for finding in audit.findings if finding.rule.id == "DA31"]


@pytest.mark.parametrize(
    ("mode", "held", "expected"),
    [
        ("exclude", ["A1", "A3"], ["pupil holds 1 person whom the school excluded from this app."]),
        ("include", ["A1", "A3", "A4"], ["pupil holds 2 people whom the school excluded from this app."]),
        ("exclude", ["A3"], []),
        ("include", ["A2"], []),
    ],
)
def test_people_on_the_list_are_found_by_wondes_own_number(
    tmp_path: Path, mode: str, held: list[str], expected: list[str]
) -> None:
    assert told(tmp_path, "id", mode, held) == expected


@pytest.mark.parametrize("key", ["mis_id", "upi"])
def test_a_store_that_keeps_another_number_cannot_be_compared(tmp_path: Path, key: str) -> None:
    (message,) = told(tmp_path, key, "exclude", ["1"])
    assert message == (
        f"pupil names people by students.{key}, and the integrator's list of excluded people by contacts.id or "
        "employees.id or students.id: they could not be compared."
    )
