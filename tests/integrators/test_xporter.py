from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.errors import SourceError
from compliance.integrators.base import Document, Page
from compliance.integrators.xporter import Xporter
from compliance.integrators.xporter_aside import holds_records
from compliance.inventory.batch import Batch, Deletions, Exclusions
from compliance.model.inventory import Grant, Notice

SOURCE = "feed/students.json"
CANARY = "Canary Quillfeather"


def batch(dataset: str, *records: dict[str, Any], first_row: int = 1, bare: int = 0) -> Batch:
    return Batch(source=SOURCE, dataset=dataset, records=list(records), first_row=first_row, bare=bare)


@pytest.fixture(name="read")
def _read(told: Callable[..., Document]) -> Callable[..., list[object]]:
    return lambda *answers: list(Xporter().read(told(*map(json.dumps, answers))))


Read = Callable[..., list[object]]


def test_an_envelope_holds_several_datasets(read: Read) -> None:
    answer = {"Students": [{"Id": "1"}, {"Id": "2"}], "StudentSiblings": [], "meta": [{"Id": 1}], "Message": None}
    assert read(answer) == [batch("Students", {"Id": "1"}, {"Id": "2"}), batch("StudentSiblings")]


def test_a_delta_knows_unchanged_rows_and_deletions(read: Read) -> None:
    answer = {
        "Students": [{"Id": "1"}, {"Id": "2", "Forename": "Ann"}, {"Id": "3", "XID": "x3"}],
        "Students_deleted": [{"Id": "4"}, {"Id": "5"}],
        "StudentSiblings_deleted": [],
        "__changedRows__": [{"NextChangedRows": "0"}],
    }
    assert read(answer) == [
        batch("Students", bare=1),
        batch("Students", {"Id": "2", "Forename": "Ann"}, first_row=2),
        batch("Students", first_row=3, bare=1),
        Deletions(source=SOURCE, dataset="Students", count=2),
        Deletions(source=SOURCE, dataset="StudentSiblings", count=0),
    ]


def test_a_page_speaks_of_the_first_dataset(read: Read) -> None:
    paging = {"PageSize": 2, "PageNumber": 1, "PageCount": 3, "RowCount": 5}
    answer = {"Students": [{"Id": "1"}, {"Id": "2"}], "StudentSiblings": [{"A": 1}], "__pagination__": [paging]}
    assert read(answer)[2:] == [Page(source=SOURCE, dataset="Students", number=1, count=3, rows=2, all_rows=5)]


def test_paging_without_numbers_is_no_promise(read: Read) -> None:
    assert read({"Students": [], "Pagination": [{"PageNumber": "first"}]})[1:] == [
        Notice(SOURCE, "does not say in numbers which page it is: whether rows are missing is not known")
    ]


@pytest.mark.parametrize(
    ("said", "paused"), [({}, False), ({"Message": "authorisation_paused"}, True), ({"Message": "welcome"}, False)]
)
def test_token_details_are_a_grant(read: Read, said: dict[str, str], *, paused: bool) -> None:
    answer = {"Estab": "1234567", "Name": "App", "RelyingParty": "app.example.org", "Scopes": ["UPN", "SEN"], **said}
    assert read(answer) == [
        Grant(source=SOURCE, estab="1234567", relying_party="app.example.org", scopes=("UPN", "SEN"), paused=paused)
    ]


def test_a_school_may_have_granted_nothing(read: Read) -> None:
    assert read({"Estab": "1234567", "RelyingParty": "app.example.org", "Scopes": []}) == [
        Grant(source=SOURCE, estab="1234567", relying_party="app.example.org", scopes=())
    ]


@pytest.mark.parametrize("opt_in", [True, False])
def test_gdpr_ids_are_exclusions(read: Read, *, opt_in: bool) -> None:
    row = {"IsOptIn": opt_in, "StudentIds": ["1", 2], "StaffIds": "7, 8", "ContactIds": None, "OtherIds": ["9"]}
    assert read({"GDPR": [row], "Message": None}) == [
        Exclusions(
            source=SOURCE,
            ids={"pupil": frozenset({"1", "2"}), "staff": frozenset({"7", "8"}), "contact": frozenset()},
            opt_in=opt_in,
        ),
        Notice(SOURCE, "excludes people who are neither pupils, staff nor contacts (1): they were not looked for"),
    ]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ({"Scopes": [{"Name": "UPN"}]}, "describes the connection in 'Scopes': no records were read from there"),
        ({"Usage": [{"Estab": "1234567"}]}, "describes the connection in 'Usage': no records were read from there"),
        ({"meta": [{"Id": 1}]}, "holds no records"),
        ({"GDPR": [], "Message": None}, "holds no records"),
        ({"ExceptionMessage": CANARY}, "is an error answer of the integrator: there is no data in it"),
        ({"Message": CANARY}, "is an error answer of the integrator: there is no data in it"),
        (
            {"Message": None, "ExceptionMessage": f"authorisation_paused by {CANARY}"},
            "is an error answer of the integrator: the school has paused its authorisation",
        ),
    ],
)
def test_an_answer_without_records_says_so(read: Read, answer: dict[str, Any], what: str) -> None:
    assert read(answer) == [Notice(SOURCE, what)]


def test_records_beside_an_error_may_be_incomplete(read: Read) -> None:
    assert read({"Students": [{"Id": "1"}], "ExceptionMessage": CANARY, "Total": 7}) == [
        batch("Students", {"Id": "1"}),
        Notice(SOURCE, "says that something went wrong: records may be missing"),
        Notice(SOURCE, "has members that were not read, as they hold no records: 'Total'"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        [{"Id": "1", "Forename": CANARY}],
        {},
        {"Forename": CANARY, "Groups": [{"Id": "1"}]},
        {"Name": CANARY},
        {"Message": None, "ExceptionMessage": None},
    ],
)
def test_what_is_no_answer_is_refused(read: Read, answer: Any) -> None:
    with pytest.raises(SourceError) as caught:
        read(answer)
    assert str(caught.value) == (
        "feed/students.json: This is no answer of Xporter: it is not an object that holds lists of records. "
        "If the data comes from somewhere else, say `--integrator plain`."
    )


def test_answers_one_after_the_other_are_read_together(read: Read) -> None:
    assert read({"Students": [{"Id": "1"}]}, {"Students": [{"Id": "2"}], "meta": []}) == [
        batch("Students", {"Id": "1"}, {"Id": "2"})
    ]


def test_people_of_whom_the_list_says_nothing_are_not_excluded(read: Read) -> None:
    answer = {"GDPR": [{"IsOptIn": True, "StudentIds": ["1"]}]}
    assert Exclusions(source=SOURCE, ids={"pupil": frozenset({"1"})}, opt_in=True) in read(answer)


def test_every_dataset_of_the_catalogue_holds_records() -> None:
    declared = load_declarations([resources.example_app() / "permission-set.yaml"]).catalogue
    assert declared
    assert {name for path in declared.fields if not holds_records(name := path.dataset)} == set()
    assert not any(map(holds_records, ("meta", "__pagination__", "Scopes", "GDPR", "Students_deleted")))


def test_the_day_on_which_a_token_ends_tells_grants_apart(read: Read) -> None:
    answer = {"Estab": "1234567", "RelyingParty": "app.example.org", "Scopes": [], "Expires": "2026-11-20T08:00:00Z"}
    assert read(answer) == [
        Grant(
            source=SOURCE,
            estab="1234567",
            relying_party="app.example.org",
            scopes=(),
            expires="2026-11-20T08:00:00Z",
        )
    ]
