"""Questions about whole records: who answers yes, who no, and who cannot be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from compliance.inventory.batch import Batch
from compliance.inventory.digest import keyed
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import Row
from compliance.inventory.questions.registry import KINDS
from compliance.inventory.take import take_inventory
from compliance.model.declarations import Retention
from compliance.model.inventory import Measure
from compliance.model.sketch import Digest
from compliance.model.vocabulary import EMPTY_VOCABULARY

DIGEST = keyed(b"key of the tests")
TODAY = "2026-11-23"


def measure(records: Sequence[Mapping[str, object]], kind: str, *columns: str, at: str = TODAY, **how: Any) -> Measure:
    asked = MeasurePlan(kind=kind, dataset="d", columns=columns, **how)
    plan = InventoryPlan(
        at=dt.datetime.fromisoformat(f"{at}T09:00:00+00:00"), key=b"key of the tests", measures=(asked,)
    )
    batch = Batch(source="s", dataset="D", records=records)
    return take_inventory([batch], plan, EMPTY_VOCABULARY).measures[asked.key]


def rows(*numbers: int) -> dict[Digest, int]:
    return {DIGEST(f"s\0D\0{number}"): 1 for number in numbers}


def keys(*texts: str) -> dict[Digest, int]:
    return {DIGEST(text): texts.count(text) for text in texts}


def test_people_by_their_key_whatever_its_spelling() -> None:
    records: list[dict[str, object]] = [
        {"Id": "X1"}, {"id": " x1 "}, {"ID": 7}, {"id": None}, {"id": ""}, {"id": ["X1"]}, {},
    ]  # fmt: skip
    assert measure(records, "person", "id") == Measure(looked_at=3, keys=keys("x1", "x1", "7"), first_row=1)


def test_columns_may_lie_inside_objects_and_hold_dots() -> None:
    records: list[dict[str, object]] = [
        {"person": {"Id": "1"}, "a.b": "x"}, {"person": "1", "a.b": "x"}, {"person": {}, "a.b": "x"},
    ]  # fmt: skip
    assert measure(records, "duplicate", "person.id", r"a\.b") == Measure(looked_at=1, keys=keys("1\x1fx"), first_row=1)


def test_a_feed_and_a_store_agree_on_year_groups() -> None:
    feed = measure([{"Id": "3116", "YearGroup": "Year  4"}], "person_year", "Id", "YearGroup")
    store = measure([{"mis_id": 3116, "year": "Y4"}], "person_year", "mis_id", "year")
    assert feed == store == Measure(looked_at=1, keys=keys("3116\x1f4"), first_row=1)


def test_groups_by_their_name() -> None:
    records = [{"name": "Year  4"}, {"name": "year 4"}, {"name": ""}]
    assert measure(records, "group", "name") == Measure(looked_at=2, keys=keys("year 4", "year 4"), first_row=1)


def test_twins_are_two_people_and_a_person_met_twice_is_one() -> None:
    records: list[dict[str, object]] = [
        {"first": "Zorvik", "last": "Snorklebeck", "born": "2015-03-02"},
        {"first": "Ærvik", "last": "Snorklebeck", "born": "2015-03-02"},
        {"first": "ZORVIK ", "last": "snorklebeck", "born": "02/03/2015"},
        {"first": "Zorvik", "last": "Snorklebeck", "born": ""},
        {"first": "Zorvik", "last": "Snorklebeck", "born": "2015-03-02", "merge": 1},
        {"first": "Zorvik", "last": "Snorklebeck", "born": "2015-03-02", "merge": 0},
    ]
    found = measure(records, "duplicate", "first", "last", "born", hold="merge")
    assert (found.looked_at, sorted(found.keys.values())) == (4, [1, 3])


RETENTION = Retention(id="leaver", period="P30D", grace="P7D", trigger="roll.leaving_date")


@pytest.mark.parametrize(
    ("record", "is_overdue"),
    [
        ({"left": "2026-07-22"}, True),
        ({"left": "22/07/2026", "status": "P"}, True),
        ({"left": "2026-10-16"}, True),
        ({"left": "2026-10-17"}, False),
        ({"left": "2027-01-01"}, False),
        ({"left": None}, False),
        ({"left": ""}, False),
        ({"left": "2026-07-22", "status": "C"}, False),
        ({"left": "2026-07-22", "status": "S"}, False),
        ({"left": "2026-07-22", "status": "g"}, False),
        ({"left": "2026-07-22", "status": "M"}, False),
        ({"left": "2026-07-22", "hold": 1}, False),
        ({"left": "2026-07-22", "hold": 0}, True),
        ({"left": "last summer"}, None),
        ({}, None),
    ],
)
def test_leavers(record: dict[str, object], is_overdue: bool | None) -> None:  # noqa: FBT001 - drawn from the table
    found = measure([record], "leaver", "left", retention=RETENTION, status="status", hold="hold")
    assert found == Measure(
        looked_at=int(is_overdue is not None),
        keys=rows(1) if is_overdue else {},
        first_row=1 if is_overdue else None,
    )


def test_leavers_cannot_be_asked_for_without_a_retention() -> None:
    with pytest.raises(ValueError, match="a question about leavers needs a retention"):
        measure([], "leaver", "left")


@pytest.mark.parametrize(
    ("year", "born", "is_off"),
    [
        ("Year 4", "2018-08-31", False),
        ("Year 4", "2018-09-01", False),
        ("Year 4", "2017-09-01", False),
        ("Year 4", "2016-09-01", False),
        ("Year 4", "2016-08-31", True),
        ("Year 4", "2019-08-31", False),
        ("Year 4", "2019-09-01", True),
        ("R", "2015-01-01", None),
        ("N1", "2015-01-01", None),
        ("X", "2015-01-01", None),
        ("12", "2015-01-01", None),
        ("4", None, None),
    ],
)
def test_year_groups_far_from_the_age(year: str, born: str | None, is_off: bool | None) -> None:  # noqa: FBT001 - drawn from the table
    found = measure([{"year": year, "born": born}], "year_off_age", "year", "born")
    assert (found.looked_at, dict(found.keys)) == (int(is_off is not None), rows(1) if is_off else {})


def test_in_august_year_groups_are_in_motion() -> None:
    assert measure([{"year": "4", "born": "2010-01-01"}], "year_off_age", "year", "born", at="2026-08-20") == Measure()


def test_other_schools() -> None:
    records: list[dict[str, object]] = [
        {"school": "1234567"}, {"school": "123/4567"}, {"school": 1234567}, {"school": "123456"}, {"school": ""},
        {"school": "999/0001"}, {"school": "9990001"}, {"school": None},
    ]  # fmt: skip
    found = measure(records, "other_school", "school", own=frozenset({"1234567", "123456"}))
    assert found == Measure(looked_at=6, keys={DIGEST("9990001"): 2}, first_row=6)


def test_groups_of_a_past_year() -> None:
    records: list[dict[str, object]] = [
        {"year": "2026/27"}, {"year": "2025/26"}, {"year": "2025-2026", "history": True}, {"year": "2024"},
        {"year": "Set 24"}, {"year": None}, {"year": "2027/28"},
    ]  # fmt: skip
    found = measure(records, "past_year", "year", hold="history")
    assert found == Measure(looked_at=4, keys=rows(2, 4), first_row=2)


@pytest.mark.parametrize(
    ("at", "looked_at"), [("2026-07-14", 1), ("2026-07-15", 0), ("2026-09-30", 0), ("2026-10-01", 1)]
)
def test_in_the_weeks_of_rollover_groups_are_in_motion(at: str, looked_at: int) -> None:
    assert measure([{"year": "2020/21"}], "past_year", "year", at=at).looked_at == looked_at


def test_every_kind_but_the_schools_own_list_is_a_question() -> None:
    assert set(KINDS) == {
        "person", "person_year", "group", "duplicate", "leaver", "year_off_age", "other_school", "past_year",
    }  # fmt: skip


def test_a_row_cannot_be_printed() -> None:
    assert repr(Row(values=("Zorvik",), status=None, hold=None, place="s")) == "<Row of 1 values>"
