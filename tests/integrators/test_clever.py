from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from compliance.errors import SourceError
from compliance.integrators.base import Document, Page, Seen
from compliance.integrators.clever import Clever
from compliance.inventory.batch import Batch, Deletions
from compliance.model.inventory import Notice

SOURCE = "feed/students.json"
CANARY = "Canary Quillfeather"

Read = Callable[..., list[object]]


def batch(dataset: str, *records: dict[str, Any]) -> Batch:
    return Batch(source=SOURCE, dataset=dataset, records=list(records))


def event(kind: str, current: dict[str, Any], **more: Any) -> dict[str, Any]:
    inner = {"id": "e1", "type": kind, "created": "2026-01-01", "data": {"object": current, **more}}
    return {"data": inner, "uri": "/v1.2/events/e1"}


@pytest.fixture(name="read")
def _read(told: Callable[..., Document]) -> Read:
    return lambda *answers: list(Clever().read(told(*map(json.dumps, answers))))


def test_what_was_and_what_is_stand_apart(read: Read) -> None:
    events = [
        event("students.created", {"id": "1", "dob": "1/2/2012"}),
        event("students.updated", {"id": "1"}, previous_attributes={"dob": "1/2/2012"}),
        event("students.deleted", {"id": "1", "dob": "1/2/2012"}),
    ]
    assert read({"data": events}) == [
        batch(
            "students",
            {"id": "1", "dob": "1/2/2012"},
            {"id": "1", "previous_attributes": {"dob": "1/2/2012"}},
            {"deleted": {"id": "1", "dob": "1/2/2012"}},
        ),
        Deletions(source=SOURCE, dataset="students", count=1),
    ]


def test_records_are_called_as_their_address_is(read: Read) -> None:
    rows = [
        {"data": {"id": "1", "data": {}}, "uri": "/v3.0/users/1"},
        {"data": {"id": "2"}, "uri": "/v3.0/sections/2", "links": []},
    ]
    assert read({"data": rows, "links": []}) == [
        batch("users", {"id": "1", "data": {}}),
        batch("sections", {"id": "2"}),
    ]


def test_what_is_about_nothing_known_is_counted_and_not_named(read: Read) -> None:
    rows = [event(f"{CANARY}.created", {}), event("students.merged", {}), {"data": {"id": "1"}, "uri": f"/{CANARY}"}]
    what = "holds records or events that are about no known dataset and were not read (3)"
    assert read({"data": rows}) == [Notice(SOURCE, what)]


def test_a_page_that_is_missing_may_be_about_any_dataset(read: Read) -> None:
    events = [event("students.created", {"id": "1"}), event("teachers.created", {"id": "2"})]
    paging = {"current": 1, "total": 6, "count": 12}
    assert read({"data": events, "links": [{"rel": "next", "uri": "x"}], "paging": paging})[2:] == [
        Page(source=SOURCE, dataset="students", number=1, count=6, rows=2, all_rows=12),
        Page(source=SOURCE, dataset="teachers", number=1, count=6, rows=2, all_rows=12),
    ]


def test_a_link_to_another_page_is_no_proof_that_it_came(read: Read) -> None:
    what = "says that another page follows and not how many there are: whether it came is not known"
    links = [{"rel": "self", "uri": "x"}, {"rel": "next", "uri": "x"}]
    assert read({"data": [event("students.created", {"id": "1"})], "links": links})[1:] == [
        Notice(SOURCE, what, "students")
    ]
    assert read({"data": [], "links": links, "paging": {"current": "first"}}) == [Notice(SOURCE, what, "events")]


def test_the_last_page_says_nothing(read: Read) -> None:
    assert read({"data": [], "links": [{"rel": "self", "uri": "x"}]}) == []


@pytest.mark.parametrize(
    "answer",
    [
        [{"data": {"id": CANARY}, "uri": "/v3.0/users/1"}],
        {},
        {"data": [{"id": "A1", "forename": CANARY}], "meta": {}},
        {"data": [CANARY]},
        {"data": {"mode": CANARY, "ids": []}},
        {"Students": [{"Id": "1"}]},
        {"error": CANARY},
    ],
)
def test_what_is_no_answer_is_refused(read: Read, answer: Any) -> None:
    with pytest.raises(SourceError) as caught:
        read(answer)
    assert str(caught.value) == (
        "feed/students.json: This is no answer of Clever: it is not an object that holds wrapped records under `data`. "
        "If the data comes from somewhere else, say `--integrator plain`."
    )


@pytest.mark.parametrize(
    ("members", "keys", "why"),
    [
        ({"data", "links", "paging"}, {"data", "uri"}, "has 'data' and 'uri' around each record under 'data'"),
        ({"data", "links", "paging"}, set(), "has 'links' and 'paging' beside 'data'"),
        ({"data", "links"}, set(), None),
        ({"links", "paging"}, {"data", "uri"}, None),
        ({"data", "meta"}, {"upi", "mis_id"}, None),
    ],
)
def test_an_answer_is_known_by_its_wrapper(members: set[str], keys: set[str], why: str | None) -> None:
    assert Clever().recognise(Seen(path="x.json", members=frozenset(members), keys=frozenset(keys))) == why
