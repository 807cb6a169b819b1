from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from compliance import resources
from compliance.errors import SourceError
from compliance.integrators.base import Document, Page, Seen
from compliance.integrators.wonde import Wonde
from compliance.inventory.batch import Batch, Deletions, Exclusions
from compliance.model.inventory import Grant, Notice
from compliance.pipeline import Request, run_audit, run_inventory

CANARY = "Canary Quillfeather"
AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
BIRTH = {"date": "2014-09-29 00:00:00.000000", "timezone_type": 3, "timezone": "Europe/London"}
CHANGED = {"date": "2026-09-01 14:53:44.000000", "timezone_type": 3, "timezone": "UTC"}

Read = Callable[..., list[object]]


def batch(dataset: str, *records: dict[str, Any], source: str) -> Batch:
    return Batch(source=source, dataset=dataset, records=list(records))


@pytest.fixture(name="read")
def _read(told: Callable[..., Any]) -> Read:
    def read(source: str, *answers: object) -> list[object]:
        document = replace(told(*map(json.dumps, answers)), source=source, stem=Path(source).stem)
        return list(Wonde().read(cast("Document", document)))

    return read


def test_what_was_included_stands_in_its_place_and_a_date_is_one_value(read: Read) -> None:
    student: dict[str, Any] = {
        "id": "A1",
        "surname": None,
        "date_of_birth": BIRTH,
        "updated_at": CHANGED,
        "education_details": {"data": {"upn": None, "current_nc_year": "9"}},
        "contacts": {"data": [{"id": "A2", "contact_details": {"data": {"emails": {"email": "a@example.org"}}}}]},
        "classes": {"data": []},
        "house": {"data": None},
        "photo": {"data": {"content": "x"}, "meta": {"includes": []}},
    }
    assert read("students.json", {"data": [student], "meta": {"includes": ["education_details"]}}) == [
        batch(
            "students",
            {
                "id": "A1",
                "surname": None,
                "date_of_birth": "2014-09-29",
                "updated_at": "2026-09-01 14:53:44.000000",
                "education_details": {"upn": None, "current_nc_year": "9"},
                "contacts": [{"id": "A2", "contact_details": {"emails": {"email": "a@example.org"}}}],
                "classes": [],
                "house": None,
                "photo": {"content": "x"},
            },
            source="students.json",
        )
    ]


@pytest.mark.parametrize(
    ("source", "dataset"),
    [
        ("students.json", "students"),
        ("students-2.json", "students"),
        ("students_page_2.json", "students"),
        ("feed/students/page-1.json", "students"),
        ("schools/A10/students/2.json", "students"),
        ("schools/A10/students/A77.json", "students"),
        ("students-leaver.json", "students-leaver"),
        ("1.json", "1"),
    ],
)
def test_the_file_or_its_folder_names_the_dataset(read: Read, source: str, dataset: str) -> None:
    assert read(source, {"data": {"id": "A1"}}) == [batch(dataset, {"id": "A1"}, source=source)]


def test_an_empty_answer_is_known(read: Read) -> None:
    assert read("students.json", {"data": []}) == [batch("students", source="students.json")]


def test_a_page_says_no_more_than_whether_another_one_follows(read: Read) -> None:
    paging = {
        "next": "https://api.example.org?page=3",
        "previous": None,
        "more": True,
        "current_page": 2,
        "per_page": 1,
    }
    pieces = read("students/2.json", {"data": [{"id": "A1"}], "meta": {"pagination": paging}})
    assert pieces[1:] == [Page(source="students/2.json", dataset="students", number=2, more=True)]


@pytest.mark.parametrize("paging", [{"more": True}, {"next": "x", "more": True}, {"previous": "x"}])
def test_a_page_that_does_not_know_its_number_may_be_one_of_several(read: Read, paging: dict[str, Any]) -> None:
    what = "is one page of several and does not say which: whether the others came is not known"
    pieces = read("students.json", {"data": [{"id": "A1"}], "meta": {"pagination": paging}})
    assert pieces[1:] == [Notice("students.json", what, "students")]


def permission(name: str, *, approved: object, optional: bool = False) -> dict[str, object]:
    return {"identity": "i", "name": name, "group": "g", "optional": optional, "approved": approved, "audited": True}


def test_permissions_are_a_grant_of_what_was_approved(read: Read) -> None:
    source = "schools/A1930499544/permissions.json"
    listed = [
        permission("Students upn read", approved=True),
        permission("Students email read", approved=False, optional=True),
        permission("Students gender read", approved=False),
        permission("Students title read", approved=1),
        permission("", approved=True),
        {"identity": "\n", "approved": True},
    ]
    assert read(source, {"data": listed}) == [
        Grant(
            source=source,
            estab="A1930499544",
            relying_party="",
            scopes=("Students upn read", "Students title read", "i"),
        ),
        Notice(source, "lists permissions that the school did not approve: 2 of 6, 1 of them optional"),
        Notice(source, "has approved permissions without a name that can be read (1)"),
    ]


@pytest.mark.parametrize(("mode", "opt_in"), [("exclude", False), ("include", True), ("BLACKLIST", False)])
def test_the_list_of_people_is_of_all_kinds_where_it_names_none(read: Read, mode: str, *, opt_in: bool) -> None:
    ids = frozenset({"A1", "A2"})
    assert read("acl.json", {"data": {"mode": mode, "ids": ["A1", "A2"]}}) == [
        Exclusions(source="acl.json", ids={"pupil": ids, "staff": ids, "contact": ids}, opt_in=opt_in)
    ]


def test_the_list_of_people_may_name_their_kind(read: Read) -> None:
    ids = [{"id": "A1", "type": "student"}, {"id": "A2", "type": "Employees"}, {"id": "A3", "type": "agent"}]
    assert read("acl.json", {"data": {"mode": "exclude", "ids": ids}}) == [
        Exclusions(
            source="acl.json",
            ids={"pupil": frozenset({"A1"}), "staff": frozenset({"A2"}), "contact": frozenset()},
        ),
        Notice("acl.json", "lists people who are neither pupils, staff nor contacts (1): they were not read"),
    ]


@pytest.mark.parametrize("mode", ["exclude", "include"])
def test_numbers_that_are_not_wondes_own_are_not_compared(read: Read, mode: str) -> None:
    what = "lists people by numbers that are not Wonde's own (1): they were not compared"
    known = {"pupil": frozenset({"A1"}), "staff": frozenset(), "contact": frozenset()}
    said = read(
        "acl.json", {"data": {"mode": mode, "ids": [{"id": "A1", "type": "student"}, {"id": 7, "type": "student"}]}}
    )
    assert said == [
        Notice("acl.json", what),
        *([Exclusions(source="acl.json", ids=known)] if mode == "exclude" else []),
    ]


def test_a_list_of_people_in_unknown_words_excludes_nobody(read: Read) -> None:
    what = "lists people (1) and does not say in known words whether they are excluded"
    assert read("acl.json", {"data": {"mode": CANARY, "ids": ["A1"]}}) == [Notice("acl.json", what)]


def test_deletions_are_counted_by_what_they_are_about_unless_they_were_restored(read: Read) -> None:
    row = {"id": "A1", "mis_id": "1", "deleted_at": CHANGED, "restored_at": None}
    rows = [
        {**row, "type": "student"},
        {**row, "type": "student"},
        {**row, "type": "student", "restored_at": CHANGED},
        {**row, "type": "classes"},
        {**row, "type": CANARY},
    ]
    assert read("deletions.json", {"data": rows}) == [
        Notice("deletions.json", "says that records of a kind that is not known here were deleted (1)"),
        Deletions(source="deletions.json", dataset="classes", count=1),
        Deletions(source="deletions.json", dataset="students", count=2),
    ]


def test_no_deletions_and_the_state_of_the_connection_are_no_dataset(read: Read) -> None:
    assert read("deletions.json", {"data": []}) == []
    assert read("meta.json", {"data": {"online": True, "approved": True}}) == [
        Notice("meta.json", "describes the connection: no records were read from there")
    ]


def test_what_is_no_record_is_said(read: Read) -> None:
    assert read("students.json", {"data": [7, None], "total": 2}) == [
        Notice("students.json", "holds values under 'data' that were not read, as they are no records (2)"),
        Notice("students.json", "has members that were not read: 'total'"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        [{"id": "1", "forename": CANARY}],
        {},
        {"Students": [{"Id": "1", "Forename": CANARY}], "meta": []},
        {"forename": CANARY},
        {"data": [{"data": {"id": CANARY}, "uri": "/v1.2/students/1"}]},
    ],
)
def test_what_is_no_answer_is_refused(read: Read, answer: Any) -> None:
    with pytest.raises(SourceError) as caught:
        read("students.json", answer)
    assert str(caught.value) == (
        "students.json: This is no answer of Wonde: it is not an object that holds records under `data`. "
        "If the data comes from somewhere else, say `--integrator plain`."
    )


@pytest.mark.parametrize(
    ("members", "keys", "why"),
    [
        ({"data", "meta"}, {"id", "upi", "mis_id"}, "has 'mis_id' and 'upi' in the records under 'data'"),
        ({"data"}, {"identity", "approved"}, "has 'approved' and 'identity' in the records under 'data'"),
        ({"data"}, {"mode", "ids"}, "has 'ids' and 'mode' in the records under 'data'"),
        ({"data"}, {"data", "uri"}, None),
        ({"Students"}, {"upi", "mis_id"}, None),
    ],
)
def test_an_answer_is_known_by_its_records(members: set[str], keys: set[str], why: str | None) -> None:
    assert Wonde().recognise(Seen(path="x.json", members=frozenset(members), keys=frozenset(keys))) == why


def test_a_folder_of_pages_is_one_dataset_and_what_did_not_come_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "feed" / "students"
    folder.mkdir(parents=True)
    for number in (1, 3):
        meta = {"pagination": {"current_page": number, "more": True, "per_page": 1}}
        answer = {"data": [{"id": f"A{number}", "education_details": {"data": {"upn": None}}}], "meta": meta}
        (folder / f"page-{number}.json").write_text(json.dumps(answer))
    inventory = run_inventory(Request(declarations=(), feeds=(str(folder.parent),), at=AT, integrator="wonde"))
    fields = {str(path): (each.present, each.null) for path, each in inventory.datasets["students"].fields.items()}
    assert inventory.datasets["students"].rows == 2
    assert fields == {
        "students.id": (2, 0),
        "students.education_details": (2, 0),
        "students.education_details.upn": (2, 2),
    }
    assert [(notice.what, notice.dataset) for notice in inventory.notices] == [
        ("holds pages of 'students': page 2, what follows page 3 did not come and could not be looked at", "students")
    ]


def test_the_permissions_stand_for_the_authorisation_that_nobody_wrote_down(tmp_path: Path) -> None:
    listed = [permission("Students upn read", approved=True), permission("Students email read", approved=False)]
    folder = tmp_path / "A1930499544"
    folder.mkdir()
    (folder / "permissions.json").write_text(json.dumps({"data": listed}))
    (folder / "students.json").write_text(json.dumps({"data": [{"id": "A1"}]}))
    declarations = (resources.example_app() / "permission-set.yaml",)
    audit = run_audit(Request(declarations=declarations, feeds=(str(folder),), at=AT, integrator="wonde"))
    assert audit.declarations.authorisation
    assert audit.declarations.authorisation.granted_scopes == {"Students upn read"}
    assert audit.declarations.authorisation.school.name == "School A1930499544"
    assert audit.feed
    assert [notice.what for notice in audit.feed.notices] == [
        "lists permissions that the school did not approve: 1 of 2, 0 of them optional"
    ]


def test_a_school_may_have_approved_nothing(read: Read) -> None:
    source = "schools/A1/permissions.json"
    assert read(source, {"data": []}) == [Grant(source=source, estab="A1", relying_party="", scopes=())]


def test_an_empty_list_of_people_is_said(read: Read) -> None:
    what = "lists nobody and does not say whether those on the list are excluded"
    assert read("acl.json", {"data": []}) == [Notice("acl.json", what)]


def page_of_permissions(number: int, *, more: bool) -> dict[str, object]:
    meta = {"pagination": {"current_page": number, "more": more}}
    return {"data": [permission(f"Students p{number} read", approved=True)], "meta": meta}


@pytest.mark.parametrize(
    ("answers", "is_part"),
    [
        ([page_of_permissions(1, more=False)], False),
        ([page_of_permissions(1, more=True), page_of_permissions(2, more=False)], False),
        ([page_of_permissions(1, more=True)], True),
        ([page_of_permissions(2, more=False)], True),
    ],
)
def test_pages_of_one_grant_belong_into_one_file(
    read: Read, answers: list[dict[str, object]], *, is_part: bool
) -> None:
    what = "is one page of several of what the school approved: put all pages into one file, one after the other"
    pieces = read("permissions.json", *answers)
    assert (Notice("permissions.json", what, "permissions") in pieces) is is_part
    assert [len(piece.scopes) for piece in pieces if isinstance(piece, Grant)] == [len(answers)]
