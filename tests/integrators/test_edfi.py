from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from compliance.errors import SourceError
from compliance.integrators.base import Seen
from compliance.integrators.edfi import EdFi
from compliance.inventory.batch import Batch, Deletions


def landed(document: Any, stem: str, source: str = "feed/x.json") -> Any:
    return replace(document, stem=stem, source=source)


def read(document: Any) -> list[object]:
    return list(EdFi().read(document))


RECORD: dict[str, Any] = {
    "id": "0a",
    "schoolReference": {"schoolId": 1, "link": {"rel": "School", "href": "/ed-fi/schools/0b"}},
    "entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Sixth grade",
    "_ext": {"tpdm": {}},
    "_etag": "5",
    "_lastModifiedDate": "2026-09-01T00:00:00Z",
}
TEXT = (
    '{"id": "0a", "schoolReference": {"schoolId": 1, "link": {"rel": "School", "href": "/ed-fi/schools/0b"}},'
    '"entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Sixth grade", "_ext": {"tpdm": {}},'
    '"_etag": "5", "_lastModifiedDate": "2026-09-01T00:00:00Z"}'
)


@pytest.mark.parametrize(
    ("stem", "dataset"),
    [
        ("students_upserts_2022-07-14_data_074e9183", "students"),
        ("students_upserts", "students"),
        ("students", "students"),
        ("our_students", "our_students"),
    ],
)
def test_a_file_s_name_names_its_resource(told: Callable[..., Any], stem: str, dataset: str) -> None:
    source = f"feed/{stem}.json"
    assert read(landed(told(TEXT), stem, source)) == [Batch(source=source, dataset=dataset, records=[RECORD])]


@pytest.mark.parametrize(
    ("stem", "source"),
    [
        ("students_deletes_2022-07-14_data_a0dc25cc", "feed/x.json"),
        ("students_deletes", "feed/x.json"),
        ("deletes", "feed/students/deletes.json"),
    ],
)
@pytest.mark.parametrize(
    "texts",
    [
        ('{"Id": "0a", "ChangeVersion": "7"}', '{"Id": "0b", "ChangeVersion": "8"}'),
        ('[{"id": "0a", "changeVersion": 7, "keyValues": {"x": "1"}}, {"id": "0b", "changeVersion": 8}]',),
    ],
)
def test_deletes_are_counted_and_are_no_records(
    told: Callable[..., Any], stem: str, source: str, texts: tuple[str, ...]
) -> None:
    assert read(landed(told(*texts), stem, source)) == [Deletions(source=source, dataset="students", count=2)]


def test_a_file_of_deletes_with_records_in_it_is_refused_without_a_value(told: Callable[..., Any]) -> None:
    with pytest.raises(SourceError) as caught:
        read(landed(told(TEXT), "students_deletes", "feed/students_deletes.json"))
    assert str(caught.value) == (
        "feed/students_deletes.json: Its name says that it holds deletes, and it holds records with more than ids. "
        "Give it the name of its resource, or say `--integrator plain`."
    )


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (RECORD.keys(), "has '_etag' and 'id' in its records"),
        ({"Id", "ChangeVersion"}, "has nothing but an id and a change version in its records"),
        ({"id", "changeVersion", "keyValues"}, "has nothing but an id and a change version in its records"),
        ({"id", "changeVersion", "name"}, None),
        ({"id", "name"}, None),
        (set(), None),
    ],
)
def test_it_knows_its_own_by_the_keys_of_the_first_record(keys: set[str], why: str | None) -> None:
    assert EdFi().recognise(Seen(path="x.json", keys=frozenset(keys))) == why
