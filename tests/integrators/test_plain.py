from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compliance.integrators.base import Document
from compliance.integrators.plain import Plain
from compliance.inventory.batch import Batch
from compliance.model.inventory import Notice

SOURCE = "feed/students.json"


def batch(dataset: str, *records: dict[str, Any]) -> Batch:
    return Batch(source=SOURCE, dataset=dataset, records=list(records))


def read(document: Document) -> list[object]:
    return list(Plain().read(document))


def test_an_array_is_called_like_its_file(told: Callable[..., Document]) -> None:
    assert read(told('[{"Id": "1"}, {"Id": "2"}]')) == [batch("students", {"Id": "1"}, {"Id": "2"})]


def test_an_empty_array_is_known(told: Callable[..., Document]) -> None:
    assert read(told("[]")) == [batch("students")]


def test_records_one_after_the_other_are_called_like_their_file(told: Callable[..., Document]) -> None:
    assert read(told('{"Id": "1", "Groups": [{"Id": "g"}]}', '{"Id": "2"}')) == [
        batch("students", {"Id": "1", "Groups": [{"Id": "g"}]}, {"Id": "2"})
    ]


def test_one_record_alone_is_no_envelope(told: Callable[..., Document]) -> None:
    assert read(told('{"Id": "1", "Groups": [{"Id": "g"}]}')) == [
        batch("students", {"Id": "1", "Groups": [{"Id": "g"}]})
    ]


def test_members_are_datasets_and_the_rest_is_named(told: Callable[..., Document]) -> None:
    envelope = '{"pupils": [{"Id": "1"}], "staff": [], "school": {"Name": "x"}, "year": 9, "tags": ["a", "b"]}'
    assert read(told(envelope)) == [
        batch("pupils", {"Id": "1"}),
        batch("staff"),
        batch("school", {"Name": "x"}),
        Notice(SOURCE, "holds 3 other values that were not read as records: in 'tags', 'year'"),
    ]


def test_values_that_are_no_records_are_counted(told: Callable[..., Document]) -> None:
    assert read(told('[7, [], {"Id": "1"}]')) == [
        batch("students", {"Id": "1"}),
        Notice(SOURCE, "holds 2 other values that were not read as records: in 'students'"),
    ]


def test_a_notice_names_five_members_at_most(told: Callable[..., Document]) -> None:
    envelope = '{"pupils": [], ' + ", ".join(f'"{name}": 0' for name in "abcdefg") + "}"
    assert read(told(envelope))[1:] == [
        Notice(SOURCE, "holds 7 other values that were not read as records: in 'a', 'b', 'c', 'd', 'e' and 2 more")
    ]


def test_a_key_that_is_somebody_s_id_names_no_dataset(told: Callable[..., Document]) -> None:
    keyed = '{"3116": {"Mark": 5}, "ann@example.org": {"Mark": 6}, "A01000000000B": [{"Mark": 7}], "77": 8}'
    assert read(told(keyed)) == [
        batch("students", {"Mark": 5}, {"Mark": 6}, {"Mark": 7}),
        Notice(SOURCE, "holds 1 other value that was not read as records: in 'students'"),
    ]
