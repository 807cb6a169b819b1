"""Calendar periods and the day on which a retention ends."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.declarations import Retention
from compliance.model.periods import Period, academic_year, add, expiry

numbers = st.integers(0, 400)
periods = st.builds(Period, years=numbers, months=numbers, days=numbers)
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P30D", Period(days=30)),
        ("P2W", Period(days=14)),
        ("P1Y6M2W3D", Period(years=1, months=6, days=17)),
        ("P0D", Period()),
    ],
)
def test_parse(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize("text", ["", "P", "30D", "P1D1Y", "PT72H", "P-1D", "P1.5D", "p1d", "P1D ", "P٣D"])
def test_what_is_no_period_says_so(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period: write it as P30D, P2W, P6M or P1Y"):
        Period.parse(text)


@given(periods)
def test_a_written_period_reads_as_itself(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-01-31", "P1M1D", "2026-03-01"),
        ("2026-11-30", "P14M", "2028-01-30"),
        ("2026-12-15", "P12M", "2027-12-15"),
        ("2024-02-29", "P1Y1M", "2025-03-28"),
        ("2026-07-22", "P30D", "2026-08-21"),
        ("2026-07-22", "P9999Y", "9999-12-31"),
        ("2026-07-22", "P99999999999D", "9999-12-31"),
        ("2026-07-22", "P999999M", "9999-12-31"),
    ],
)
def test_add(start: str, period: str, end: str) -> None:
    assert add(day(start), Period.parse(period)) == day(end)


@given(days, periods)
def test_adding_never_goes_back(start: dt.date, period: Period) -> None:
    assert add(start, period) >= start


@given(days, numbers, numbers)
def test_days_add_up(start: dt.date, one: int, other: int) -> None:
    assert add(add(start, Period(days=one)), Period(days=other)) == add(start, Period(days=one + other))


@given(days, numbers)
def test_twelve_months_are_a_year(start: dt.date, years: int) -> None:
    assert add(start, Period(months=12 * years)) == add(start, Period(years=years))


@given(days, days, periods)
def test_who_left_earlier_is_erased_no_later(one: dt.date, other: dt.date, period: Period) -> None:
    earlier, later = sorted((one, other))
    assert add(earlier, Period(years=period.years, days=period.days)) <= add(
        later, Period(years=period.years, days=period.days)
    )


@pytest.mark.parametrize(
    ("round_to", "end"), [("none", "2026-08-28"), ("month_end", "2026-09-07"), ("academic_year_end", "2026-09-07")]
)
def test_expiry_is_period_then_rounding_then_grace(round_to: str, end: str) -> None:
    retention = Retention(id="leaver", period="P30D", grace="P7D", round_to=round_to)
    assert expiry(day("2026-07-22"), retention) == day(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-08-31", "2026-08-31"), ("2026-09-01", "2027-08-31"), ("9999-10-01", "9999-12-31")],
)
def test_the_end_of_an_academic_year_is_31_august(start: str, end: str) -> None:
    assert expiry(day(start), Retention(id="r", period="P0D", round_to="academic_year_end")) == day(end)


def test_a_retention_by_criteria_has_no_expiry() -> None:
    with pytest.raises(ValueError, match="the retention 'r' has no period"):
        expiry(day("2026-07-22"), Retention(id="r", criteria="while the case is open"))


def test_academic_years_begin_in_september() -> None:
    assert (academic_year(day("2026-08-31")), academic_year(day("2026-09-01"))) == (2025, 2026)
