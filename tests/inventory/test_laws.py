"""Inventories add up: the laws, over anything that an inventory can hold and over any records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import reduce
from itertools import pairwise
from operator import add, or_
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.inventory.batch import Batch
from compliance.inventory.key_mark import Saved, mark_of
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.registry import KINDS
from compliance.inventory.saved import dump, load
from compliance.inventory.take import take_inventory
from compliance.model import inventory as model
from compliance.model.declarations import Retention
from compliance.model.inventory import (
    EMPTY_INVENTORY,
    CodeSetHits,
    DatasetProfile,
    Detection,
    FieldProfile,
    Grant,
    Inventory,
    Measure,
    MeasureKey,
    Notice,
    total_of,
)
from compliance.model.paths import FieldPath, escape
from compliance.model.sketch import Distinct, Span
from compliance.model.vocabulary import EMPTY_VOCABULARY

COLUMNS = {
    "person_year": 2, "year_off_age": 2, "temporary_upn": 2, "birth_date_in_text": 2, "account_of_leaver": 3,
}  # fmt: skip
"""How many columns a kind of question has, where they are more than one."""
MARK = mark_of(b"key of the tests")
PLAN = InventoryPlan(
    at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    key=b"key of the tests",
    measures=(
        MeasurePlan(kind="person", dataset="pupil", columns=("id",)),
        MeasurePlan(kind="duplicate", dataset="pupil", columns=("id", "year")),
        *(
            MeasurePlan(
                kind=kind,
                dataset="pupil",
                columns=("id", "year", "c[]")[: COLUMNS.get(kind, 1)],
                retention=Retention(id="r", period="P1Y", trigger="record.created"),
                own=frozenset({"1234567"}),
                ages=(4, 11),
                precision="month",
                codes=frozenset({"7"}),
                within="P7D",
            )
            for kind in KINDS
            if kind not in {"person", "duplicate"}
        ),
    ),
)
"""Every kind of question."""

counts = st.integers(0, 10**12)
rows = st.none() | st.integers(1, 10**9)
names = st.text(st.characters(), max_size=4)  # half surrogate pairs among them, as JSON may hold
digests = st.integers(0, 2**64 - 1) | st.integers(0, 3)
moments = st.none() | st.datetimes(
    min_value=dt.datetime(1, 1, 2),  # noqa: DTZ001 - the zone is drawn; a day later, as a law looks from another zone
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5))]),
)
sketches = st.frozensets(digests, max_size=4).map(Distinct.of)
detections = st.builds(
    Detection,
    matches=counts, near=counts, in_context=counts, reserved=counts, matching=sketches, shaped=sketches, first_row=rows,
)  # fmt: skip
code_sets = st.builds(CodeSetHits, rows=counts, codes=st.frozensets(digests, max_size=3))
spans = st.tuples(*[st.integers(-9000, 9000) | st.floats(allow_nan=False, allow_infinity=False)] * 2).map(
    lambda ends: Span(min(ends), max(ends))
)
profiles = st.builds(
    FieldProfile,
    present=counts, null=counts, empty=counts, shortest=rows, longest=rows, distinct=sketches, first_row=rows,
    types=st.dictionaries(st.sampled_from(["string", "integer"]), counts),
    detections=st.dictionaries(st.sampled_from(["upn", "group:sen"]), detections),
    code_sets=st.dictionaries(st.sampled_from(["sen", "gender"]), code_sets),
    spans=st.dictionaries(st.sampled_from(["number", "year"]), spans),
)  # fmt: skip
measures = st.builds(
    Measure, looked_at=counts, keys=st.dictionaries(digests, st.integers(1, 3), max_size=5), first_row=rows
)


@st.composite
def datasets(draw: st.DrawFn, name: str) -> DatasetProfile:
    fields = draw(st.dictionaries(st.sampled_from(["a", "b.c"]) | names.map(escape), profiles, max_size=3))
    return DatasetProfile(
        rows=draw(counts),
        deleted=draw(counts),
        bare=draw(counts),
        fields={FieldPath(name, field): profile for field, profile in fields.items()},
    )


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    of = draw(st.lists(st.sampled_from(["pupil", ""]) | names, max_size=2, unique=True))
    return Inventory(
        sources=tuple(sorted(draw(st.frozensets(names, max_size=2)))),
        datasets={name: draw(datasets(name)) for name in of},
        measures=draw(
            st.dictionaries(
                st.builds(MeasureKey, st.sampled_from(["person", "group"]), st.just("pupil"), names),
                measures,
                max_size=2,
            )
        ),
        grants=tuple(sorted(draw(st.frozensets(st.builds(
            Grant, source=names, estab=names, relying_party=names, scopes=st.tuples(names), paused=st.booleans()
        ), max_size=2)))),
        notices=tuple(sorted(draw(st.frozensets(st.builds(Notice, names, names, names), max_size=2)))),
        taken_at=draw(moments),
    )  # fmt: skip


MONOIDS: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any, Any], Any], Any]] = {
    "Distinct": (sketches, or_, Distinct()),
    "Detection": (detections, add, Detection()),
    "CodeSetHits": (code_sets, add, CodeSetHits()),
    "FieldProfile": (profiles, add, FieldProfile()),
    "Measure": (measures, add, Measure()),
    "DatasetProfile": (datasets("pupil"), add, DatasetProfile()),
    "Inventory": (inventories(), add, EMPTY_INVENTORY),
}


@pytest.mark.parametrize("name", MONOIDS)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_each_part_is_a_commutative_monoid(name: str, data: st.DataObject) -> None:
    values, combine, neutral = MONOIDS[name]
    a, b, c = data.draw(values), data.draw(values), data.draw(values)
    assert combine(a, b) == combine(b, a)
    assert combine(combine(a, b), c) == combine(a, combine(b, c)) == type(a).total((a, b, c))
    assert combine(a, neutral) == a == combine(neutral, a)


@given(spans, spans, spans)
def test_a_span_of_spans_reaches_as_far_as_all(a: Span, b: Span, c: Span) -> None:
    assert a | b == b | a
    assert (a | b) | c == a | (b | c) == Span.total((a, b, c))
    assert a | a == a


@given(st.lists(st.tuples(st.integers(0, 6_000), st.integers(1, 3_000)), max_size=5), st.randoms())
@settings(deadline=None, max_examples=30)
def test_a_sketch_of_parts_is_the_sketch_of_the_whole(parts: list[tuple[int, int]], chance: Any) -> None:
    salt = chance.getrandbits(64)
    sets = [{(number * 0x9E3779B97F4A7C15 ^ salt) % 2**64 for number in range(at, at + many)} for at, many in parts]
    whole = Distinct.of(set().union(*sets))
    assert reduce(or_, map(Distinct.of, sets), Distinct()) == whole
    assert Distinct.total(map(Distinct.of, sets)) == whole
    assert all(one < other for one, other in pairwise(whole.smallest))
    assert len(whole.smallest) <= Distinct.LIMIT


@given(st.lists(inventories(), max_size=5), st.randoms())
@settings(deadline=None, max_examples=50)
def test_many_add_up_in_any_order_and_to_the_same_bytes(parts: list[Inventory], chance: Any) -> None:
    together = total_of(parts)
    assert together == reduce(add, parts, EMPTY_INVENTORY)
    shuffled = chance.sample(parts, len(parts))
    reread = [load(dump(Saved(part, MARK)), "a.inventory.json").inventory for part in shuffled]
    assert dump(Saved(total_of(reread), MARK)) == dump(Saved(together, MARK))


def test_more_than_stand_in_memory_at_once_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "TOGETHER", 3)
    parts = [Inventory(sources=(f"{n}.json",), datasets={"pupil": DatasetProfile(rows=n)}) for n in range(10)]
    assert total_of(parts).rows == sum(range(10))
    assert len(total_of(parts).sources) == 10
    assert total_of(()) == EMPTY_INVENTORY


@given(inventories())
@settings(deadline=None, max_examples=100)
def test_a_saved_inventory_is_read_as_it_was_written(taken: Inventory) -> None:
    saved = Saved(taken, MARK)
    text = dump(saved)
    assert text.isascii()
    assert load(text, "a.inventory.json") == saved
    assert dump(load(text, "a.inventory.json")) == text


@given(inventories())
@settings(deadline=None, max_examples=50)
def test_equal_inventories_are_written_alike_whatever_their_order(taken: Inventory) -> None:
    turned = Inventory(
        sources=taken.sources,
        datasets={
            name: DatasetProfile(
                rows=dataset.rows,
                deleted=dataset.deleted,
                bare=dataset.bare,
                fields=dict(reversed([*dataset.fields.items()])),
            )
            for name, dataset in reversed([*taken.datasets.items()])
        },
        measures={
            key: Measure(
                looked_at=measure.looked_at, keys=dict(reversed([*measure.keys.items()])), first_row=measure.first_row
            )
            for key, measure in reversed([*taken.measures.items()])
        },
        grants=taken.grants,
        notices=taken.notices,
        taken_at=taken.taken_at and taken.taken_at.astimezone(dt.timezone(dt.timedelta(hours=-3))),
    )
    assert turned == taken
    assert dump(Saved(turned, MARK)) == dump(Saved(taken, MARK))


keys = st.sampled_from(["id", "year", "a.b", "c[]", "d\\", "", "é", "x@example.org", "12345"]) | st.text(max_size=2)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["7", '{"a": [1]}', "2016-05-04", "on 4 May 2016", "2025-11-01", "X00180001701A", "9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
records = st.dictionaries(keys, values, max_size=4)


def take(batches: Sequence[Batch]) -> Inventory:
    return take_inventory(batches, PLAN, EMPTY_VOCABULARY)


@given(st.lists(records, max_size=10), st.lists(st.integers(0, 2), min_size=10, max_size=10), st.randoms())
@settings(deadline=None, max_examples=100)
def test_records_dealt_to_any_parts_add_up_to_the_whole(
    dealt: list[dict[str, Any]], hands: list[int], chance: Any
) -> None:
    """Row by row, in any order, by three machines whose files meet afterwards."""
    whole = take([Batch(source="a.json", dataset="pupil", records=dealt)]) if dealt else EMPTY_INVENTORY
    singles = [
        (hand, Batch(source="a.json", dataset="pupil", records=[record], first_row=row))
        for row, (hand, record) in enumerate(zip(hands, dealt, strict=False), start=1)
    ]
    chance.shuffle(singles)
    parts = [take([batch for hand, batch in singles if hand == machine]) for machine in range(3)]
    files = [dump(Saved(part, MARK)) for part in parts]
    chance.shuffle(files)
    merged = total_of(load(text, "a.inventory.json").inventory for text in files)
    assert merged == whole
    assert dump(Saved(merged, MARK)) == dump(Saved(whole, MARK))
