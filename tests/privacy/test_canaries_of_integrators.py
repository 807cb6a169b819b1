"""Nothing of a person's data leaves the program, whoever's feed it is: the search of ``test_canaries``, over all feeds.

A mark stands in every value of every feed. An integrator's own words (``tobedeleted``, the type of an event, the name
of a permission) stay as they are, so that deletions, grants and pages are really read.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from compliance.example.simulated import simulated
from compliance.example.site import SECRET
from compliance.formats.registry import FORMATS
from compliance.integrators.registry import INTEGRATORS
from compliance.model.audit import Audit
from compliance.pipeline import Request, run_audit
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from compliance.rules.base import RuleOptions

from .test_canaries import MARK, PLAIN_MARKS, assert_clean, marked, run

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
PUPIL = marked({"forename": "Blenthy", "email": "b@example.org", "note": "A0123456789B QQ123456C 07700 900123"})
COLUMNS = "sourcedId,status,dateLastModified,giveName,password,metadata.locker\n"
VALUES = f"{MARK},{MARK},{MARK},{MARK}\n"
DATE = {"date": f"{MARK} 00:00:00.000000", "timezone_type": 3, "timezone": "Europe/London"}


def as_json(**documents: Any) -> dict[str, str]:
    return {f"{name}.json": json.dumps(document) for name, document in documents.items()}


def event(kind: str, **data: Any) -> dict[str, Any]:
    return {"data": {"type": kind, "id": MARK, "created": MARK, "data": data}, "uri": f"/v1.2/events/{MARK}"}


FEEDS: Mapping[str, dict[str, str]] = {
    "xporter": as_json(
        students={"Students": [PUPIL], "Students_deleted": [{"Id": MARK}], "__pagination__": [{"PageNumber": MARK}]}
    ),
    "wonde": as_json(
        students={
            "data": [{"id": MARK, "upi": MARK, "mis_id": MARK, "dob": DATE, "contacts": {"data": [PUPIL]}}],
            "meta": {"pagination": {"current_page": 2, "more": True, "next": MARK}},
        },
        permissions={"data": [{"identity": "x", "name": "Students upi read", "approved": True, "description": MARK}]},
        acl={"data": {"mode": MARK, "ids": [{"id": MARK, "type": MARK}]}},
        deletions={"data": [{"type": MARK, "id": MARK, "mis_id": MARK, "deleted_at": MARK, "restored_at": None}]},
    ),
    "clever": as_json(
        events={
            "data": [
                event("students.updated", object=PUPIL, previous_attributes=PUPIL),
                event("students.deleted", object=PUPIL),
                event(f"{MARK}.created", object=PUPIL),
            ],
            "links": [{"rel": "next", "uri": MARK}],
            "paging": {"current": 1, "total": 2, "count": 9},
        }
    ),
    "edfi": {
        "students_upserts.json": json.dumps({"id": MARK, "_etag": MARK, "pupil": PUPIL, "_ext": {"x": MARK}}),
        "students_deletes.json": json.dumps({"Id": MARK, "ChangeVersion": MARK}),
    },
    "oneroster": {
        "manifest.csv": f"propertyName,value\noneroster.version,{MARK}\nfile.{MARK},bulk\nfile.users,delta\n",
        "users.csv": f"{COLUMNS}{MARK}1,active,{VALUES}{MARK}2,tobedeleted,{VALUES}",
        **as_json(
            orgs={"orgs": [{"sourcedId": MARK, "status": "tobedeleted", "name": MARK}, MARK]},
            error={"users": [], "statusInfoSet": [{"imsx_codeMajor": "failure", "imsx_description": MARK}]},
        ),
    },
    "sds": {
        "Student.csv": f"ID,School DfE Number,Frist Name,Password\n{MARK}1,{MARK},{MARK},{MARK}\n",
        "users.csv": f"sourcedId,activeDirectoryMatchId,email\n{MARK},{MARK},{MARK}@example.org\n",
    },
    "plain": as_json(pupils=[PUPIL, MARK, [MARK]]),
}
"""Integrator to the files of its feed."""

BROKEN: Mapping[str, dict[str, str]] = {
    "wonde": as_json(students={"data": [{"data": PUPIL, "uri": MARK}]}),
    "clever": as_json(students={"data": [PUPIL]}),
    "edfi": {"students_deletes.json": json.dumps(PUPIL)},
    "oneroster": as_json(students={MARK: [PUPIL], "Students": [PUPIL]}),
    "sds": as_json(students={"users": [PUPIL]}),
}
"""Integrator to a file that is none of its own."""
BROKEN_TABLES: Mapping[str, str] = {
    "pupils.csv": f"Id,Forename\n{MARK},{MARK}\n",
    "users.csv": f"Id,status\n{MARK},{MARK}\n",
    "orgs.csv": f'sourcedId,name\n{MARK},"{MARK}\n',
}

PERMISSION_SET = """\
kind: permission_set
app: a
label: A
version: "1"
integrator: {name}
relying_party: wellbeing.example
scopes: [{{id: {scope}, fields: [{{path: students.forename}}, {{path: users.givenName}}]}}]
"""
SCOPES = {"xporter": "Student", "wonde": "Students upi read"}


def written(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def permission_set(folder: Path, name: str) -> Path:
    path = folder / "permission-set.yaml"
    path.write_text(PERMISSION_SET.format(name=name, scope=SCOPES.get(name, "anything")), encoding="utf-8")
    return path


def test_every_integrator_is_searched() -> None:
    assert FEEDS.keys() == INTEGRATORS.keys()


@pytest.fixture(name="audit", params=list(FEEDS))
def _audit(request: pytest.FixtureRequest, tmp_path: Path) -> Audit:
    name = str(request.param)
    feed = written(tmp_path / "feed", FEEDS[name])
    return run_audit(
        Request(
            declarations=(permission_set(tmp_path, name),),
            feeds=(str(feed),),
            at=AT,
            options=RuleOptions(include_reserved=True),
        )
    )


def test_no_format_and_no_report_writes_a_value(audit: Audit, caplog: pytest.LogCaptureFixture) -> None:
    assert audit.feed
    assert audit.feed.rows
    with caplog.at_level(logging.DEBUG):
        formats = {name: FORMATS[name].render(audit).encode() for name in sorted(FORMATS)}
        text = FORMATS["json"].render(audit)
        pages = {name: render_html(audit, kind, json_text=text).encode() for name, kind in REPORT_KINDS.items()}
    assert_clean({**formats, **pages, "repr": repr(audit).encode(), "log": caplog.text.encode()}, (MARK,))


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("standard", ["text", "json"])
def test_the_command_line_says_no_value(tmp_path: Path, name: str, standard: str) -> None:
    feed, out = written(tmp_path / "feed", FEEDS[name]), written(tmp_path / "out", {})
    made = run(out, "inventory", feed, "--integrator", name, "--format", standard)
    assert made.code == 0, made.blobs
    assert_clean(made.blobs, (MARK,))


def test_what_is_recognised_is_said_without_a_value(tmp_path: Path) -> None:
    out = written(tmp_path / "out", {})
    for name, files in FEEDS.items():
        made = run(out, "inventory", written(tmp_path / name, files))
        assert made.code in {0, 3}, made.blobs
        assert_clean(made.blobs, (MARK,))


CASES = [
    *((name, files) for name, files in BROKEN.items()),
    *((name, {file: text}) for name in ("oneroster", "sds") for file, text in BROKEN_TABLES.items()),
]


@pytest.mark.parametrize(("name", "files"), CASES, ids=lambda each: each if isinstance(each, str) else next(iter(each)))
def test_what_is_somebody_else_s_is_refused_and_not_quoted(tmp_path: Path, name: str, files: dict[str, str]) -> None:
    out = written(tmp_path / "out", {})
    made = run(out, "inventory", written(tmp_path / "feed", files), "--integrator", name)
    assert (made.code, made.blobs["stdout"]) == (3, b"")
    assert made.blobs["stderr"].startswith(b"compliance: error: ")
    assert b"Traceback" not in made.blobs["stderr"]
    assert_clean(made.blobs, (MARK,))


@pytest.mark.parametrize("fault", ["", "error-body", "deletion"])
@pytest.mark.parametrize(("name", "school"), [("oneroster", "1234567"), ("wonde", "A1234567890")])
def test_a_live_pull_says_no_value_and_no_secret(
    tmp_path: Path, name: str, school: str, fault: str, monkeypatch: pytest.MonkeyPatch, cli: Any, caplog: Any
) -> None:
    monkeypatch.setenv("COMPLIANCE_SECRET", SECRET)
    monkeypatch.delenv("COMPLIANCE_SECRET_FILE", raising=False)
    asked = permission_set(tmp_path, name)
    before = {*tmp_path.rglob("*")}
    with caplog.at_level(logging.DEBUG), simulated(AT.date(), faults=frozenset({fault} - {""}), name=name) as server:
        done = cli("pull", school, "--for", asked, "--to", server.address)
    assert done.code == (3 if fault else 0), done.err
    assert {*tmp_path.rglob("*")} == before
    said = {"stdout": done.out.encode(), "stderr": done.err.encode(), "log": caplog.text.encode()}
    assert_clean(said, PLAIN_MARKS)
    assert not any(secret in blob for blob in said.values() for secret in (f"'{SECRET}'".encode(), b"token-1"))
