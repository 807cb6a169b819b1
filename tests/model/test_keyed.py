"""Objects keyed by people: however few, their keys never stand in a path, and fields of records stay."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.inventory import fields as growing
from compliance.inventory.batch import Batch, Rows
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.take import take_inventory
from compliance.model import maps
from compliance.model.inventory import DatasetProfile, Inventory, total_of
from compliance.model.keyed import finished
from compliance.model.vocabulary import EMPTY_VOCABULARY

PLAN = InventoryPlan(at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), key=b"key of the tests")
FORENAMES = ("Blenthy", "Zorvik", "Quamble", "Óengus", "Mo-Anne", "D'Arth")
SURNAMES = ("Zorvik", "Quill", "Ffoulkes", "Tarn", "Umber")
PEOPLE = [f"{forename} {surname}" for surname in SURNAMES for forename in FORENAMES]


def take(*batches: Batch | Rows) -> Inventory:
    return take_inventory(batches, PLAN, EMPTY_VOCABULARY)


def taken(records: Sequence[dict[str, Any]], first_row: int = 1) -> Inventory:
    return take(Batch(source="a.json", dataset="d", records=records, first_row=first_row))


def names(inventory: Inventory) -> list[str]:
    return [path.field for dataset in inventory.datasets.values() for path in dataset.fields]


def found(*records: dict[str, Any]) -> list[str]:
    return names(finished(taken(records)))


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"m": {name: {"mark": 1} for name in PEOPLE[:10]}}, ["m", "m.<key>", "m.<key>.mark"]),
        ({"m": {name: [{"mark": 1}] for name in PEOPLE}}, ["m", "m.<key>", "m.<key>[]", "m.<key>[].mark"]),
        ({"m": {name: {"mark": 1} for name in PEOPLE} | {PEOPLE[3]: None}}, ["m", "m.<key>", "m.<key>.mark"]),
        (
            {"m": {name: {"mark": 1, "note": "x"} for name in PEOPLE} | {PEOPLE[3]: {"mark": 2}}},
            ["m", "m.<key>", "m.<key>.mark", "m.<key>.note"],
        ),
        (
            {"m": {form: {name: {"mark": 1} for name in PEOPLE[:12]} for form in map("Form {}".format, range(10))}},
            ["m", "m.<key>", "m.<key>.<key>", "m.<key>.<key>.mark"],
        ),
        ({"m": json.dumps({name: {"mark": 1} for name in PEOPLE})}, ["m", "m.<key>", "m.<key>.mark"]),
        ({"m": dict.fromkeys(PEOPLE, 7)}, ["m", "m.<key>"]),
        ({"m": {f"{a}, {b}": "present" for a in SURNAMES for b in FORENAMES}}, ["m", "m.<key>"]),
        ({name: {"mark": 1} for name in PEOPLE}, ["<key>", "<key>.mark"]),
        (
            {"m": {f"{name[:3]}@example.org": {"mark": 1} for name in PEOPLE} | {name: {"mark": 1} for name in PEOPLE}},
            ["m", "m.<key>", "m.<key>.mark"],
        ),
    ],
)
def test_a_small_map_hides_its_keys(record: dict[str, Any], expected: list[str]) -> None:
    assert found(record) == expected


WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EXPORT = (
    "First Name", "Last Name", "Date of Birth", "SEN Status", "Year Group", "Reg Group", "Home Address", "Post Code",
    "First Language", "Medical Notes", "Free Meals", "House Name", "Admission Number", "Leaving Date", "Ethnic Origin",
    "Telephone Number", "Tutor Name", "Legal Surname", "Middle Names", "Preferred Forename", "Pupil Premium",
)  # fmt: skip
SUBJECTS = (
    "Religious Studies", "Computer Science", "Physical Education", "Design Technology", "English Language", "Art",
    "English Literature", "Further Maths", "Business Studies", "Health Care", "Food Technology", "Maths", "Physics",
    "Biology", "Chemistry", "History", "Geography", "French", "German", "Spanish", "Drama", "Media Studies",
)  # fmt: skip


@pytest.mark.parametrize(
    "member",
    [
        {name: {"mark": 1} for name in PEOPLE[:9]},
        {day: {"am": "/", "pm": "/"} for day in WEEK},
        dict.fromkeys(EXPORT, "x"),
        dict.fromkeys(SUBJECTS, 7),
        {f"field{number}": number for number in range(300)},
        {f"ref{number}": {"Id": 1, f"own{number}": 2} for number in range(30)},
        {f"plain{number}": 1 for number in range(20)} | {f"ref{number}": {"Id": 1} for number in range(12)},
    ],
)
def test_the_fields_of_a_record_stay(member: dict[str, Any]) -> None:
    records: list[dict[str, Any]] = [{"m": member}, {"m": member, "n": 1}]
    assert {name.split(".")[1] for name in found(*records) if "." in name} == set(member)
    assert set(found(member, member)) >= set(member)


def test_columns_of_a_table_are_no_keys() -> None:
    """Whatever they are called, and where several of them hold JSON of one make beside others."""
    held = json.dumps({"mark": 1})
    plain = Rows(source="a.csv", dataset="d", columns=tuple(PEOPLE), cells=[["7"] * len(PEOPLE)] * 2)
    columns = ("id", "form", *PEOPLE[:12])
    rows = Rows(source="a.csv", dataset="d", columns=columns, cells=[["1", "7A", *[held] * 12]] * 2)
    assert {*names(finished(take(plain)))} == {*PEOPLE}
    assert {*columns} < {*names(finished(take(rows)))}


def test_every_record_may_have_the_same_keys() -> None:
    record = {name: {"mark": 1} for name in PEOPLE}
    assert found(record, record) == ["<key>", "<key>.mark"]


def test_what_stands_under_the_keys_is_added() -> None:
    (name, below), *_ = [
        (path.field, profile)
        for path, profile in finished(taken([{"m": dict.fromkeys(PEOPLE, 7)}])).datasets["d"].fields.items()
        if path.field != "m"
    ]
    assert (name, below.present, below.types, below.distinct.count) == ("m.<key>", 30, {"integer": 30}, 1)


members = st.fixed_dictionaries({"mark": st.integers(0, 9), "note": st.text(max_size=2)})
people = st.dictionaries(st.sampled_from(PEOPLE), members, max_size=20)
classes = st.fixed_dictionaries(
    {
        "Id": st.integers(),
        "people": people,
        "marks": st.dictionaries(st.sampled_from(PEOPLE), st.integers(), max_size=9),
    }
)


@given(st.lists(classes, max_size=6), st.integers(0, 6))
@settings(max_examples=60)
def test_finished_parts_finish_to_what_the_finished_whole_is(records: list[dict[str, Any]], cut: int) -> None:
    parts = [taken(records[:cut]), taken(records[cut:], cut + 1)]
    whole = finished(total_of(parts))
    assert whole == finished(total_of(map(finished, parts)))
    assert whole == finished(whole)


keys = st.sampled_from(["a", "b", "c", "d", "e", "f.g", "x@example.org", "y@example.org", "12345678"]) | st.text(
    max_size=2
)
values = st.recursive(
    st.none() | st.integers(0, 3) | st.sampled_from(["", "x", '{"a": {"b": 1}, "c": {}}', '{"d": 1}']),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=25,
)


def growing_without_maps(records: list[dict[str, Any]]) -> Inventory:
    """Take the inventory with every key as a field."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (maps, growing):
            patch.setattr(module, "MANY_KEYS", 10**6)
        return taken(records)


def merged(dataset: DatasetProfile) -> DatasetProfile:
    """Find the maps of a dataset afterwards."""
    return replace(dataset, fields=maps.with_maps(dataset.fields))


@given(st.lists(st.dictionaries(keys, values, max_size=6), max_size=8), st.lists(st.integers(0, 2), min_size=8))
@settings(max_examples=150)
def test_with_few_keys_allowed_parts_add_up_to_the_whole(records: list[dict[str, Any]], hands: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (maps, growing):
            patch.setattr(module, "MANY_KEYS", 3)
        whole = taken(records)
        singles = [
            (hand, taken([record], row)) for row, (hand, record) in enumerate(zip(hands, records, strict=False), 1)
        ]
        parts = [total_of(single for hand, single in singles if hand == machine) for machine in range(3)]
        if records:
            assert total_of(parts) == whole
        assert finished(finished(whole)) == finished(whole)
        naive = growing_without_maps(records)
        assert whole == replace(whole, datasets={name: merged(each) for name, each in naive.datasets.items()})


@pytest.mark.parametrize("many", [1, 1_000])
def test_any_number_of_keys_is_one_field(many: int) -> None:
    """Two hundred thousand keys, in one object or in as many records as there are keys."""
    count = 200_000
    each = count // many
    batches = (
        Batch(
            source="a.json", dataset="d", first_row=row + 1,
            records=[{"m": {f"Zorvik {row * each + number}": {"mark": 1} for number in range(each)}}],
        )
        for row in range(many)
    )  # fmt: skip
    profile = {path.field: each.present for path, each in take(*batches).datasets["d"].fields.items()}
    assert profile == {"m": many, "m.<key>": count, "m.<key>.mark": count}
