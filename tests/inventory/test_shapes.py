"""Records decoded by a learned shape count like records decoded as mappings, whatever surprises come."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.inventory.batch import Batch
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.shapes import Block, Learning
from compliance.inventory.take import take_inventory
from compliance.inventory.twins import has_twins, members_in
from compliance.model.inventory import Inventory
from compliance.model.paths import FieldPath
from compliance.model.sketch import Span
from compliance.model.vocabulary import EMPTY_VOCABULARY

PLAN = InventoryPlan(
    at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC),
    key=b"key of the tests",
    measures=(MeasurePlan(kind="person", dataset="pupil", columns=("id",)),),
    spans=frozenset({FieldPath("pupil", "year"), FieldPath("pupil", "born")}),
)
KEYS = st.sampled_from(["id", "year", "born", "name", "a.b", "c", "é", 'quo"te', "back\\slash"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", " ", "Zorvik", "x@example.org", '{"a": [1]}', '[{"a": 1}]', "2026-07-22", "9276308686"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=6)


def taken(pieces: list[Any]) -> Inventory:
    return take_inventory(pieces, PLAN, EMPTY_VOCABULARY)


def blocks(records: list[dict[str, Any]], size: int, learning: Learning) -> list[Block]:
    made = []
    for start in range(0, len(records), size):
        raw = json.dumps(records[start : start + size]).encode()
        made.append(Block(source="s", dataset="pupil", raw=raw, decoded=learning.decode(raw), first_row=start + 1))
    return made


@given(st.lists(RECORDS, max_size=4), st.lists(RECORDS, max_size=12), st.integers(1, 4))
def test_learned_records_count_like_mappings(
    earlier: list[dict[str, Any]], records: list[dict[str, Any]], size: int
) -> None:
    learning = Learning()
    blocks(earlier, 1, learning)
    whole = [Batch(source="s", dataset="pupil", records=records)] if records else []
    assert taken(list(blocks(records, size, learning))) == taken(whole)


def test_what_is_always_there_is_decoded_by_its_class_and_a_surprise_is_not_lost() -> None:
    learning = Learning()
    usual = [{"id": number, "name": {"first": "Zorvik"}, "notes": [{"text": "x"}]} for number in range(50)]
    first, second = (learning.decode(json.dumps(usual).encode()) for _ in range(2))
    assert (type(first[0]), type(second[0]).__name__) == (dict, "Record")
    rare = [*usual, {"id": 1, "name": {"first": "Zorvik", "only_once": True}, "notes": []}]
    assert learning.decode(json.dumps(rare).encode())[-1]["name"] == {"first": "Zorvik", "only_once": True}


def test_spans_are_coarse_and_kept_only_where_they_may() -> None:
    records = [{"year": year, "born": born, "id": year} for year, born in ((7, "2014-03-09"), (1134, "2009-12-31"))]
    fields = taken([Batch(source="s", dataset="pupil", records=records)]).datasets["pupil"].fields
    assert {path.field: dict(profile.spans) for path, profile in fields.items()} == {
        "born": {"year": Span(2009.0, 2014.0)},
        "id": {},
        "year": {"number": Span(7.0, 1200.0)},
    }


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("[]", 0),
        ('[{"a": 1, "b": {"c": "d\\":"}}]', 3),
        ('[{"a" : 1, "b" : [{"c" : 2}]}]', 3),
    ],
)
def test_members_are_counted_in_the_text(text: str, members: int) -> None:
    assert members_in(text.encode()) == members
    assert not has_twins(text.encode())


@given(st.lists(RECORDS, max_size=6), st.booleans())
def test_every_member_is_counted_or_looked_at_closely(records: list[dict[str, Any]], is_tight: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    def count(value: object) -> int:
        below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return (len(value) if isinstance(value, dict) else 0) + sum(map(count, below))

    raw = json.dumps(records, separators=(",", ":") if is_tight else None).encode()
    assert members_in(raw) == count(records) or b"\\\\" in raw


def test_a_member_that_stands_twice_is_seen() -> None:
    assert has_twins(b'[{"a": {"b": 1, "b": 1}}]')
    assert members_in(b'[{"a": {"b": 1, "b": 1}}]') == 3
