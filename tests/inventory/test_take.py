"""The whole inventory: it adds up, misses nothing, keeps nothing and stays small."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.inventory.batch import Batch, Deletions, Exclusions, Piece
from compliance.inventory.digest import keyed
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.take import take_inventory
from compliance.model.declarations import Retention
from compliance.model.inventory import (
    EMPTY_INVENTORY,
    DatasetProfile,
    Grant,
    Inventory,
    Measure,
    MeasureKey,
    Notice,
)
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import EMPTY_VOCABULARY, Code, CodeSet, Vocabulary

KEY = b"key of the tests"
DIGEST = keyed(KEY)
PLAN = InventoryPlan(
    at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    key=KEY,
    measures=(
        MeasurePlan(kind="person", dataset="pupil", columns=("id",), basis="Students.Id"),
        MeasurePlan(kind="person_year", dataset="pupil", columns=("id", "year")),
        MeasurePlan(kind="duplicate", dataset="pupil", columns=("upn",), hold="hold"),
        MeasurePlan(
            kind="leaver",
            dataset="pupil",
            columns=("left",),
            retention=Retention(id="r", period="P30D"),
            hold="hold",
        ),
        MeasurePlan(kind="other_school", dataset="pupil", columns=("school",), own=frozenset({"1234567"})),
        MeasurePlan(kind="group", dataset="class", columns=("name",)),
    ),
)
VOCABULARY = Vocabulary(
    id="test",
    version="1",
    groups={},
    items={},
    code_sets={
        "sen": CodeSet(
            id="sen",
            label="SEN",
            authority="test",
            version="1",
            reveals=True,
            codes=(Code(code="K", label="k"), Code(code="E", label="e")),
        )
    },
)

texts = st.sampled_from(
    ["", " ", "Zorvik", "B801200005001", "Q207000016049", "NHS 943 476 5919", "x@example.org", "K", "e ", "SEN Maths",
     '{"a": [1, null, "x"]}', "[]", "{", "2026-07-22", "Year  4", "1234567", "7654321"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.text(max_size=5) | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
records = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "ID", "year", "upn", "left", "hold", "school", "name", "a"), texts | values)
)
datasets = st.sampled_from(["pupil", "class", "Pupil"])


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    return Batch(
        source=draw(st.sampled_from(["a.json", "b.json"])),
        dataset=draw(datasets),
        records=draw(st.lists(records, max_size=5)),
        first_row=draw(st.integers(1, 50)),
        columns=draw(st.sampled_from([(), ("id", "upn")])),
        bare=draw(st.integers(0, 2)),
    )


pieces: st.SearchStrategy[Piece] = st.one_of(
    batches(),
    st.builds(Deletions, source=st.just("a.json"), dataset=datasets, count=st.integers(1, 3)),
    st.builds(
        Exclusions,
        source=st.just("a.json"),
        ids=st.dictionaries(st.sampled_from(["pupil", "staff"]), st.frozensets(st.sampled_from(["1", "2", "3"]))),
        opt_in=st.booleans(),
    ),
    st.builds(Notice, st.just("a.json"), st.sampled_from(["x", "y"])),
    st.builds(
        Grant,
        source=st.just("a.json"),
        estab=st.just("1234567"),
        relying_party=st.just("a.example"),
        scopes=st.just(("Student",)),
    ),
)
feeds = st.lists(pieces, max_size=4)


def take(given_pieces: Sequence[Piece], plan: InventoryPlan = PLAN) -> Inventory:
    return take_inventory(given_pieces, plan, VOCABULARY)


@given(feeds, feeds)
@settings(deadline=None)
def test_two_inventories_add_up_to_the_inventory_of_both(one: list[Piece], other: list[Piece]) -> None:
    assert take(one) + take(other) == take([*one, *other])


@given(st.lists(records, max_size=12), st.lists(st.integers(0, 12), max_size=3))
@settings(deadline=None)
def test_it_does_not_matter_how_records_are_cut_into_batches(rows: list[dict[str, Any]], cuts: list[int]) -> None:
    ends = sorted({0, len(rows), *(cut for cut in cuts if cut < len(rows))})
    parts = [
        Batch(source="a.json", dataset="pupil", records=rows[start:end], first_row=start + 1)
        for start, end in zip(ends, [*ends[1:], len(rows)], strict=True)
    ]
    assert take(parts) == take([Batch(source="a.json", dataset="pupil", records=rows)])


@given(feeds, feeds, feeds)
@settings(deadline=None, max_examples=50)
def test_adding_is_commutative_associative_and_has_a_neutral_element(
    one: list[Piece], other: list[Piece], third: list[Piece]
) -> None:
    a, b, c = take(one), take(other), take(third)
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + EMPTY_INVENTORY == a == EMPTY_INVENTORY + a
    assert take([]) == EMPTY_INVENTORY


def test_a_whole_inventory() -> None:
    inventory = take(
        [
            Batch(source="b.json", dataset="class", records=[{"name": "4  Ash"}, {"name": None}], bare=3),
            Deletions(source="a.json", dataset="class", count=2),
            Deletions(source="a.json", dataset="Contacts", count=1),
            Exclusions(source="gdpr.json", ids={"pupil": frozenset({"3001", " X1 "}), "staff": frozenset()}),
            Exclusions(source="gdpr.json", ids={"contact": frozenset({"7"})}, opt_in=True),
            Grant(source="token.json", estab="1234567", relying_party="a.example", scopes=("Student",)),
            Notice("z.txt", "not read"),
            Notice("z.txt", "not read"),
        ]
    )
    assert inventory.sources == ("a.json", "b.json", "gdpr.json", "token.json", "z.txt")
    assert inventory.notices == (Notice("z.txt", "not read"),)
    assert [grant.scopes for grant in inventory.grants] == [("Student",)]
    assert {name: (d.rows, d.deleted, d.bare) for name, d in inventory.datasets.items()} == {
        "Contacts": (0, 1, 0),
        "class": (2, 2, 3),
    }
    assert inventory.measures == {
        MeasureKey("excluded", "pupil"): Measure(looked_at=2, keys={DIGEST("3001"): 1, DIGEST("x1"): 1}),
        MeasureKey("excluded", "staff"): Measure(),
        MeasureKey("group", "class", "name"): Measure(looked_at=1, keys={DIGEST("4 ash"): 1}, first_row=1),
        MeasureKey("included_only", "contact"): Measure(looked_at=1, keys={DIGEST("7"): 1}),
    }
    assert inventory.taken_at is None


def test_an_excluded_person_who_is_held_is_met_under_the_same_key() -> None:
    excluded = take([Exclusions(source="gdpr.json", ids={"pupil": frozenset({"3001"})})]).measure("excluded", "pupil")
    held = take([Batch(source="app.db", dataset="pupil", records=[{"id": 3001}, {"id": "3002"}])])
    person = held.measure("person", "pupil", "Students.Id")
    assert excluded
    assert person
    assert excluded.keys.keys() & person.keys.keys() == {DIGEST("3001")}


def test_a_measure_is_there_once_its_dataset_was_met() -> None:
    assert take([Batch(source="a", dataset="pupil", records=[])]).measure("duplicate", "pupil", "upn") == Measure()
    assert take([Batch(source="a", dataset="staff", records=[])]).measures == {}


def test_two_runs_have_digests_that_cannot_be_matched() -> None:
    batch = Batch(source="a", dataset="pupil", records=[{"id": "3001", "name": "Zorvik"}])
    one, other = take([batch]), take([batch], InventoryPlan(at=PLAN.at, key=b"another", measures=PLAN.measures))
    path = FieldPath.parse("pupil.name")
    assert one.datasets["pupil"].fields[path].distinct != other.datasets["pupil"].fields[path].distinct
    assert one.measure("person", "pupil", "Students.Id") != other.measure("person", "pupil", "Students.Id")


def generated(rows: int) -> Iterator[Batch]:
    """Invent rows with as many different texts, and one key that stands in the middle row only."""
    size = 2_000
    for start in range(0, rows, size):
        numbers = range(start, min(start + size, rows))
        yield Batch(
            source="a.jsonl",
            dataset="pupil",
            records=[
                {"id": f"x{n}", "note": "Prefers paper."} | ({"phone": "07700 900123"} if n == rows // 2 else {})
                for n in numbers
            ],
            first_row=start + 1,
        )


def test_a_key_that_stands_in_one_row_of_a_hundred_thousand_is_found() -> None:
    plan = InventoryPlan(at=PLAN.at, key=KEY)
    rows = 100_000
    pupil = take_inventory(generated(rows), plan, EMPTY_VOCABULARY).datasets["pupil"]
    found = pupil.fields[FieldPath.parse("pupil.phone")]
    assert isinstance(pupil, DatasetProfile)
    assert (pupil.rows, found.present, found.first_row) == (rows, 1, rows // 2 + 1)
    assert found.detections["phone"].reserved == 1
    different = pupil.fields[FieldPath.parse("pupil.id")].distinct
    assert abs(different.count - rows) < 4 * different.relative_error * rows


def test_memory_does_not_grow_with_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.inventory.texts.REMEMBERED", 500)

    def peak(rows: int) -> int:
        tracemalloc.start()
        take_inventory(generated(rows), InventoryPlan(at=PLAN.at, key=KEY), EMPTY_VOCABULARY)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(30_000) < 1.2 * peak(6_000)


CANARY = "Wobblethwaite"
CANARY_NUMBER = 918273645


def test_nothing_of_a_value_is_left() -> None:
    record = {
        "id": CANARY,
        "upn": f"{CANARY} B801200005001",
        "year": CANARY,
        "school": CANARY,
        "a": [CANARY, {"b": CANARY}, CANARY_NUMBER],
        "c": f'{{"d": "{CANARY}", "e": {CANARY_NUMBER}}}',
        "f": CANARY.encode(),
        "g": f"{CANARY}@example.org",
        "h": {f"{CANARY}@example.org": CANARY},
        "left": CANARY,
        "hold": CANARY,
    }
    batch = Batch(source="a", dataset="pupil", records=[record])
    exclusions = Exclusions(source="a", ids={"pupil": frozenset({CANARY})})
    inventory = take([batch, Batch(source="a", dataset="class", records=[{"name": CANARY}]), exclusions])
    assert inventory.rows == 2
    for written in map(repr, (inventory, batch, exclusions)):
        assert CANARY.casefold() not in written.casefold()
        assert CANARY.encode().hex() not in written
        assert str(CANARY_NUMBER) not in written
