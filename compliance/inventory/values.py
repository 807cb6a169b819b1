"""Values brought to one spelling, so that a feed and a store that mean the same say the same."""

from __future__ import annotations

import datetime as dt
import decimal
import re
import unicodedata

MISSING = object()
"""What stands where a record has no such key. Null stands for itself."""

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})(?: .*)?")
_YEAR_GROUP = re.compile(r"(?:(?:nc )?(?:year|yr|y)(?: group)? ?)?0*([0-9]{1,2})")
_NURSERY = re.compile(r"(?:(?:year|yr|y) ?)?(?:n|nursery) ?([12])")
_RECEPTION = re.compile(r"(?:(?:year|yr|y) ?)?(?:r|rec|reception)(?: class| year)?")
_ACADEMIC_YEAR = re.compile(r"([0-9]{4})(?: ?[/-] ?(?:[0-9]{2}|[0-9]{4}))?")
_NO = frozenset({"", "0", "f", "false", "n", "no", "none", "null", "off"})


def text_of(value: object) -> str:
    """Return a value as text without blanks at its ends; empty for what is missing and for what is no single value."""
    match value:
        case str():
            return value.strip()
        case float() if value.is_integer():
            return str(int(value))
        case int() | float() | decimal.Decimal() | dt.date():
            return str(value)
        case _:
            return ""


def key_of(value: object) -> str:
    """Return a value in the spelling that digests are made of: no needless blanks, no case, dates as ISO 8601."""
    day = date_of(value)
    if day:
        return day.isoformat()
    return " ".join(unicodedata.normalize("NFC", text_of(value)).split()).casefold()


def date_of(value: object) -> dt.date | None:
    """Return the day that a value stands for, if it does.

    Days are read from dates, from ISO 8601 dates and timestamps, and from dates with the day first (``22/07/2026``).
    A timestamp's day is the one that is written, whatever its zone.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = text_of(value)
    try:
        if match := _ISO_DATE.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(text):
            return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return None


def year_group_of(value: object) -> str:
    """Return a year group in one spelling: ``1`` to ``14``, ``r`` for Reception, ``n1`` and ``n2`` for Nursery.

    ``Year  4``, ``Y4``, ``Yr 04`` and ``4`` are one. What is none of these, such as ``X``, is left as it is.
    """
    text = key_of(value)
    if match := _YEAR_GROUP.fullmatch(text):
        return str(int(match[1])) if int(match[1]) else "r"
    if match := _NURSERY.fullmatch(text):
        return f"n{match[1]}"
    return "r" if _RECEPTION.fullmatch(text) else text


def academic_year_of(value: object) -> int | None:
    """Return the calendar year in which ``2025/26``, ``2025-2026`` or ``2025`` begins."""
    match = _ACADEMIC_YEAR.fullmatch(text_of(value))
    return int(match[1]) if match else None


def school_number_of(value: object) -> str:
    """Return a school's number in one spelling: ``123/4567`` and ``1234567`` are one."""
    return re.sub(r"[\s/-]", "", key_of(value))


def is_set(value: object) -> bool:
    """Whether a column that marks a record marks it: true, a number but 0, a date, or any word that is no "no"."""
    return text_of(value).casefold() not in _NO
