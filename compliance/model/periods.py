"""Calendar periods and the day on which a retention ends (LAW.md 8.3). Standard library only."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

from compliance.model.declarations import Retention

MONTHS = 12
SEPTEMBER = 9
"""The month with which an academic year begins in England."""

_PERIOD = re.compile(r"P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """An ISO 8601 duration of whole days, such as ``P1Y6M`` or ``P30D``. A week is seven days."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``PnYnMnWnD``, of which at least one part must stand.

        Raises ``ValueError`` when the text is no such duration.
        """
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a period: write it as P30D, P2W, P6M or P1Y")
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        return cls(years=years, months=months, days=7 * weeks + days)

    def __str__(self) -> str:
        """Write the period as declarations do."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")


def add(day: dt.date, period: Period) -> dt.date:
    """Return the day that lies ``period`` after ``day``.

    Years come first, then months, then days; a day that its month lacks becomes the month's last, so that
    29 February and a year is 28 February. A day after the calendar's end becomes the calendar's last.
    """
    try:
        moved = _in_month(day.year + period.years, day.month, day.day)
        years, month = divmod(moved.month - 1 + period.months, MONTHS)
        return _in_month(moved.year + years, month + 1, moved.day) + dt.timedelta(days=period.days)
    except (ValueError, OverflowError):
        return dt.date.max


def is_longer(one: str, other: str) -> bool:
    """Whether one period lasts longer than the other. Raises ``ValueError`` as ``Period.parse`` does."""
    start = dt.date(2001, 1, 1)
    return add(start, Period.parse(one)) > add(start, Period.parse(other))


def expiry(start: dt.date, retention: Retention) -> dt.date:
    """Return the last day on which a record may be kept: start, period, rounding, then grace.

    Raises ``ValueError`` when the retention has no period, or one that cannot be read.
    """
    if retention.period is None:
        raise ValueError(f"the retention {retention.id!r} has no period")
    end = _rounded(add(start, Period.parse(retention.period)), retention.round_to)
    return add(end, Period.parse(retention.grace))


def academic_year(day: dt.date) -> int:
    """Return the calendar year in which the academic year of ``day`` began, on 1 September."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def _rounded(day: dt.date, to: str) -> dt.date:
    """Return the first day from ``day`` on that ends a month or an academic year."""
    match to:
        case "month_end":
            return _in_month(day.year, day.month, 31)
        case "academic_year_end":
            year = academic_year(day) + 1
            return dt.date(year, SEPTEMBER - 1, 31) if year <= dt.MAXYEAR else dt.date.max
        case _:
            return day


def _in_month(year: int, month: int, day: int) -> dt.date:
    """Return the day, or the month's last when the month is shorter."""
    return dt.date(year, month, min(day, monthrange(year, month)[1]))
