"""OneRoster's REST answers, saved as pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from compliance.errors import SourceError
from compliance.integrators.base import Document
from compliance.integrators.oneroster import OneRoster
from compliance.inventory.batch import Batch, Deletions
from compliance.model.inventory import Notice

SOURCE = "feed/students.json"
CANARY = "Quillfeather"

Read = Callable[..., list[object]]


def batch(dataset: str, *records: dict[str, Any]) -> Batch:
    return Batch(source=SOURCE, dataset=dataset, records=list(records))


def user(number: str, **more: Any) -> dict[str, Any]:
    org = {"href": "https://example.org/orgs/s1", "sourcedId": "s1", "type": "org"}
    return {"sourcedId": number, "status": "active", "dateLastModified": "2026-09-01T00:00:00Z", "orgs": [org], **more}


@pytest.fixture(name="read")
def _read(told: Callable[..., Document]) -> Read:
    return lambda *answers: list(OneRoster().read(told(*map(json.dumps, answers))))


def test_a_list_is_called_like_its_table(read: Read) -> None:
    assert read({"users": [user("1"), user("2")]}) == [batch("users", user("1"), user("2"))]


@pytest.mark.parametrize(
    ("member", "dataset"),
    [
        ("user", "users"),
        ("class", "classes"),
        ("academicSession", "academicSessions"),
        ("category", "categories"),
        ("demographics", "demographics"),
    ],
)
def test_a_record_alone_is_one_of_its_table(read: Read, member: str, dataset: str) -> None:
    assert read({member: user("1")}) == [batch(dataset, user("1"))]


def test_an_empty_list_says_that_the_table_is_there(read: Read) -> None:
    assert read({"orgs": []}) == [batch("orgs")]


def test_what_is_gone_is_counted_and_stands_apart(read: Read) -> None:
    gone = user("2", status="tobedeleted")
    assert read({"users": [user("1"), gone]}) == [
        batch("users", user("1"), {"deleted": gone}),
        Deletions(source=SOURCE, dataset="users", count=1),
    ]


def test_an_error_answer_is_named_and_not_quoted(read: Read) -> None:
    error = {"statusInfoSet": [{"imsx_codeMajor": "failure", "imsx_description": CANARY}]}
    what = "is an error answer of the integrator: "
    assert read(error) == [Notice(SOURCE, f"{what}there is no data in it")]
    assert read({"users": [user("1")], **error})[1:] == [Notice(SOURCE, f"{what}records may be missing")]


def test_values_of_no_known_kind_are_counted(read: Read) -> None:
    what = "holds 3 values that are no records of a known kind and were not read"
    assert read({"users": [user("1"), CANARY], CANARY: [{"a": 1}, {}]})[1:] == [Notice(SOURCE, what)]


@pytest.mark.parametrize(
    "answer", [[user("1")], {}, {"data": [user("1")]}, {"users": CANARY}, {"manifest": [user("1")]}, {"Students": []}]
)
def test_what_is_no_answer_is_refused(read: Read, answer: Any) -> None:
    with pytest.raises(SourceError) as caught:
        read(answer)
    assert str(caught.value) == (
        "feed/students.json: This is no answer of OneRoster: it is not an object that holds a list of records of a "
        "known kind. If the data comes from somewhere else, say `--integrator plain`."
    )
