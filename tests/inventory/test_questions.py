"""Questions about whole records: who answers yes, who no, and who cannot be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from compliance.inventory.batch import Batch
from compliance.inventory.digest import keyed
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.age import age_on
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


def together(kind: str, times: int) -> dict[Digest, int]:
    return {DIGEST(kind): times}


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


@pytest.mark.parametrize(
    ("record", "is_open"),
    [
        ({"left": "2026-08-31", "active": 1}, True),
        ({"left": "2026-11-22", "active": "yes"}, True),
        ({"left": "2026-08-31", "active": True, "until": "2026-11-22"}, True),
        ({"left": "2026-08-31", "active": True, "until": "2026-11-23"}, False),
        ({"left": "2026-11-23", "active": 1}, False),
        ({"left": None, "active": 1}, False),
        ({"left": "2026-08-31", "active": 0}, False),
        ({"left": "2026-08-31", "active": " Suspended"}, False),
        ({"left": "last summer", "active": 1}, None),
        ({"left": "2026-08-31"}, None),
        ({"active": 1}, None),
    ],
)
def test_accounts_of_leavers(record: dict[str, object], is_open: bool | None) -> None:  # noqa: FBT001 - drawn from the table
    found = measure([record], "account_of_leaver", "left", "active", "until")
    assert (found.looked_at, dict(found.keys)) == (
        int(is_open is not None),
        together("account_of_leaver", 1) if is_open else {},
    )


@pytest.mark.parametrize(
    ("born", "is_off"),
    [
        ("2024-11-24", True),  # is 1, and 2 tomorrow
        ("2024-11-23", False),
        ("2013-11-23", False),
        ("2012-11-24", False),  # is 13, and 14 tomorrow
        ("2012-11-23", True),
        ("2012-02-29", True),
        ("2026-11-24", None),
        ("unknown", None),
    ],
)
def test_ages_far_from_the_schools(born: str, is_off: bool | None) -> None:  # noqa: FBT001 - drawn from the table
    found = measure([{"born": born}], "age_out_of_range", "born", ages=(4, 11))
    assert (found.looked_at, dict(found.keys)) == (
        int(is_off is not None),
        together("age_out_of_range", 1) if is_off else {},
    )


def test_whoever_was_born_on_29_february_is_older_from_1_march_on() -> None:
    born = dt.date(2012, 2, 29)
    assert [age_on(dt.date(2026, month, day), born) for month, day in ((2, 28), (3, 1))] == [13, 14]
    assert age_on(dt.date(2024, 2, 29), born) == 12


@pytest.mark.parametrize(
    ("precision", "finer", "as_declared"),
    [
        ("month", ["2016-05-04", "04/05/2016", dt.date(2016, 5, 31)], ["2016-05-01", "2016-05", "May 2016"]),
        ("year", ["2016-05-04", "2016-05-01", "2016-05"], ["2016-01-01", "2016", "2016-01"]),
        ("sector", ["SW1A 1AA", "sw1a1aa"], ["SW1A 1", "SW1A", "10115"]),
        ("district", ["SW1A 1AA", "SW1A 1"], ["SW1A", "SW1"]),
        ("area", ["SW1A 1AA", "ZZ99 9", "SW1A"], ["SW", "Z"]),
    ],
)
def test_values_finer_than_declared(precision: str, finer: list[object], as_declared: list[object]) -> None:
    found = measure([{"v": each} for each in [*as_declared, None, "", *finer]], "too_precise", "v", precision=precision)
    assert found == Measure(
        looked_at=len(finer) + len(as_declared),
        keys=together("too_precise", len(finer)),
        first_row=len(as_declared) + 3,
    )


def test_retired_codes_but_those_of_history() -> None:
    records: list[dict[str, object]] = [
        {"sen": "K"}, {"sen": " s "}, {"sen": "S", "old": 1}, {"sen": None}, {"sen": "a"},
    ]  # fmt: skip
    found = measure(records, "retired_code", "sen", codes=frozenset({"S", "A"}), hold="old")
    assert found == Measure(looked_at=3, keys=together("retired_code", 2), first_row=2)


def test_temporary_numbers_of_pupils_who_joined_a_term_ago() -> None:
    records: list[dict[str, object]] = [
        {"upn": "X00180001701A", "joined": "2026-07-22"}, {"upn": "X00180001701A", "joined": "2026-07-23"},
        {"upn": "B801200005001", "joined": "2020-09-01"}, {"upn": "X00180001701A"},
        {"upn": "n/a", "joined": "2020-09-01"},
    ]  # fmt: skip
    assert measure(records, "temporary_upn", "upn", "joined") == Measure(
        looked_at=3, keys=together("temporary_upn", 1), first_row=1
    )


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Born 2016-05-04.", True),
        ("born 4/5/2016", True),
        ("04.05.16", True),
        ("4-5-2016", True),
        ("on the 4th of May 2016", True),
        ("4 MAY 2016", True),
        ("4 Sept 2016 and 04 May, 2016", True),
        ("05/04/2016", False),
        ("14/05/2016", False),
        ("104/05/2016", False),
        ("04/05/20161", False),
        ("04/05/1916", False),
        ("32/13/2016", False),
        ("May 2016", False),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_birth_in_texts(text: str | None, is_told: bool | None) -> None:  # noqa: FBT001 - drawn from the table
    found = measure([{"born": "2016-05-04", "notes": text}], "birth_date_in_text", "born", "notes")
    assert (found.looked_at, dict(found.keys)) == (
        int(is_told is not None),
        together("birth_date_in_text", 1) if is_told else {},
    )


def test_texts_are_read_in_time_linear_in_their_length() -> None:
    texts = ["4 " * 50_000, "4/5/" * 50_000, "4" * 100_000, "4 may" + " " * 100_000, "4 may," * 50_000]
    records: list[dict[str, object]] = [{"born": "2016-05-04", "notes": text} for text in texts]
    assert measure(records, "birth_date_in_text", "born", "notes") == Measure(looked_at=len(texts))
    assert measure([{"day": text} for text in texts], "no_day", "day").looked_at == len(texts)


@pytest.mark.parametrize(
    ("value", "is_none"),
    [
        ("2016-05-04", False),
        ("2016-05-04T00:00:00Z", False),
        ("4/5/2016", False),
        ("1900-01-01", False),
        ("9999-12-31", False),
        ("4 May 2016", False),
        ("May 4, 2016", False),
        ("2016-05", False),
        ("20160504", False),
        ("04.05.16", False),
        (dt.date(2016, 5, 4), False),
        ("2016-02-30", True),
        ("31/02/2016", True),
        ("1066-10-14", True),
        ("2047-01-01", True),
        ("last summer", True),
        ("n/a", True),
        ("", None),
        (None, None),
        (1462320000, None),
    ],
)
def test_what_is_no_day(value: object, is_none: bool | None) -> None:  # noqa: FBT001 - drawn from the table
    found = measure([{"day": value}], "no_day", "day")
    assert found == Measure(
        looked_at=int(is_none is not None),
        keys=together("no_day", 1) if is_none else {},
        first_row=1 if is_none else None,
    )


def test_rows_that_came_in_time() -> None:
    records: list[dict[str, object]] = [
        {"on": "2026-11-15T23:59:00"}, {"on": "2026-11-16"}, {"on": "2026-11-23 04:21:00"}, {"on": None},
    ]  # fmt: skip
    found = measure(records, "in_time", "on", within="P7D")
    assert found == Measure(looked_at=3, keys=together("in_time", 2), first_row=2)


def test_rows_that_were_written_long_ago() -> None:
    records: list[dict[str, object]] = [
        {"on": "2024-02-29"}, {"on": "2025-11-16"}, {"on": "2025-11-15"}, {"on": "2024-02-29", "hold": 1},
    ]  # fmt: skip
    year = Retention(id="year", period="P1Y", grace="P7D", trigger="record.created")
    found = measure(records, "old_record", "on", retention=year, hold="hold")
    assert found == Measure(looked_at=4, keys=rows(1, 3), first_row=1)


@pytest.mark.parametrize(
    ("round_to", "today", "is_overdue"),
    [
        ("none", "2025-03-07", False),  # 29 February and a year is 28 February; a week's grace ends on 7 March
        ("none", "2025-03-08", True),
        ("month_end", "2025-03-07", False),
        ("month_end", "2025-03-08", True),
        ("academic_year_end", "2025-09-07", False),
        ("academic_year_end", "2025-09-08", True),
    ],
)
def test_whoever_left_on_29_february(round_to: str, today: str, is_overdue: bool) -> None:  # noqa: FBT001 - drawn from the table
    retention = Retention(id="r", period="P1Y", grace="P7D", round_to=round_to, trigger="roll.leaving_date")
    found = measure([{"left": "2024-02-29T23:30:00+14:00"}], "leaver", "left", retention=retention, at=today)
    assert dict(found.keys) == (rows(1) if is_overdue else {})


@pytest.mark.parametrize(
    ("kind", "lacks"),
    [("old_record", "a retention"), ("age_out_of_range", "those that the school"), ("too_precise", "one of month")],
)
def test_questions_say_what_they_lack(kind: str, lacks: str) -> None:
    with pytest.raises(ValueError, match=lacks):
        measure([], kind, "column")


def test_every_kind_but_the_schools_own_list_is_a_question() -> None:
    assert set(KINDS) == {
        "person", "person_year", "group", "duplicate", "leaver", "year_off_age", "other_school", "past_year",
        "link", "linked", "old_record", "account_of_leaver", "age_out_of_range", "too_precise", "retired_code",
        "temporary_upn", "birth_date_in_text", "no_day", "in_time",
    }  # fmt: skip


def test_a_row_cannot_be_printed() -> None:
    assert repr(Row(values=("Zorvik",), status=None, hold=None, place="s")) == "<Row of 1 values>"
