"""Dates, periods, lists and numbers as readers expect them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from compliance.model.periods import Period


def day(date: dt.date | None) -> str:
    """Write a date as 23 November 2026; nothing for none."""
    return f"{date.day} {date:%B %Y}" if date else ""


def moment(at: dt.datetime) -> str:
    """Write a moment as 23 November 2026, 09:30 UTC."""
    return f"{day(at.date())}, {at:%H:%M} {at.tzname() or ''}".rstrip()


def counted(count: int, one: str, many: str = "") -> str:
    """Write a number with its noun: 1 item, 2 items."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Write words as a list: a, b and c."""
    *most, last = [word for word in words if word] or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last


def period(text: str | None) -> str:
    """Write an ISO 8601 duration in words; what is none, as it stands."""
    try:
        parts = Period.parse(text or "")
    except ValueError:
        return text or ""
    units = ((parts.years, "year"), (parts.months, "month"), (parts.days, "day"))
    return listed(counted(number, unit) for number, unit in units if number) or "0 days"


def sentence(text: str) -> str:
    """Write words as a sentence: a capital first, a stop last."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def named(key: str) -> str:
    """Write a key as words: ``legal_hold`` is legal hold."""
    return key.replace("_", " ").replace("-", " ")


def inside(label: str) -> str:
    """Write a label as it stands inside a sentence: without its capital, unless it is an abbreviation."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label
