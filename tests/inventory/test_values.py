"""One spelling for what means the same."""

from __future__ import annotations

import datetime as dt
import decimal

import pytest

from compliance.inventory.values import (
    MISSING,
    academic_year_of,
    date_of,
    is_set,
    key_of,
    school_number_of,
    text_of,
    year_group_of,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Zorvik ", "Zorvik"),
        (3001, "3001"),
        (3001.0, "3001"),
        (1.5, "1.5"),
        (float("inf"), "inf"),
        (decimal.Decimal("3.50"), "3.50"),
        (dt.date(2015, 3, 2), "2015-03-02"),
        (None, ""),
        (MISSING, ""),
        ([1], ""),
        ({"a": 1}, ""),
        (b"1", ""),
    ],
)
def test_text_of(value: object, text: str) -> None:
    assert text_of(value) == text


def test_keys_ignore_case_blanks_and_composition() -> None:
    assert key_of(" ÉLOQUIP  Ash") == key_of("éloquip ash") == key_of("e\u0301loquip Ash") == "éloquip ash"


@pytest.mark.parametrize(
    "value",
    [
        "2015-03-02",
        "2015-03-02T23:30:00Z",
        "2015-03-02 00:00:00",
        "02/03/2015",
        "2/3/2015 00:00",
        dt.date(2015, 3, 2),
        dt.datetime(2015, 3, 2, 5, tzinfo=dt.UTC),
    ],
)
def test_dates_in_every_spelling(value: object) -> None:
    assert date_of(value) == dt.date(2015, 3, 2)
    assert key_of(value) == "2015-03-02"


@pytest.mark.parametrize("value", [None, "", "soon", "2015-02-30", "31/02/2015", "2015", 20150302, MISSING])
def test_what_is_no_date(value: object) -> None:
    assert date_of(value) is None


@pytest.mark.parametrize(
    ("spellings", "year"),
    [
        (("Year  4", "Year 4", "Y4", "4", "Yr 04", "year4", "NC Year 4", "Year Group 4", 4, 4.0), "4"),
        (("Year 13", "13"), "13"),
        (("R", "Reception", "Year R", "YR", "Rec", "Year 0", "0"), "r"),
        (("N2", "Nursery 2", "Year  N2"), "n2"),
        (("X", "x"), "x"),
        (("4 Ash",), "4 ash"),
        (("", None, MISSING), ""),
    ],
)
def test_year_groups(spellings: tuple[object, ...], year: str) -> None:
    assert {year_group_of(spelling) for spelling in spellings} == {year}


@pytest.mark.parametrize(
    ("value", "year"),
    [("2025/26", 2025), ("2025-2026", 2025), ("2025", 2025), (2025, 2025), ("25/26", None), ("Set 24", None)],
)
def test_academic_years(value: object, year: int | None) -> None:
    assert academic_year_of(value) == year


def test_school_numbers() -> None:
    assert {school_number_of(value) for value in ("123/4567", "1234567", 1234567, "123 4567")} == {"1234567"}


@pytest.mark.parametrize("value", [True, 1, "1", "yes", "Y", "2026-01-01", "under review"])
def test_set(value: object) -> None:
    assert is_set(value)


@pytest.mark.parametrize("value", [False, 0, 0.0, "0", "", " ", "No", "FALSE", "n", "off", "none", None, MISSING])
def test_not_set(value: object) -> None:
    assert not is_set(value)
