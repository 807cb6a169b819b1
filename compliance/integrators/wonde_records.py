"""Records of Wonde as the documents describe them: without the wrappers that the wire adds."""

from __future__ import annotations

from collections.abc import Mapping

_WRAPPERS = (frozenset({"data"}), frozenset({"data", "meta"}))
"""Keys of what stands where a related object was included."""
_DATE = frozenset({"date", "timezone_type", "timezone"})
_MIDNIGHT = " 00:00:00.000000"


def flat(record: Mapping[str, object]) -> dict[str, object]:
    """Return ``record`` with its included objects in their place, and its dates as texts."""
    return {name: _plain(value) for name, value in record.items()}


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _DATE:
        return _moment(value["date"])
    if value.keys() in _WRAPPERS:
        return _plain(value["data"])
    return flat(value)


def _moment(date: object) -> object:
    """Return a day where only a day was meant: a date of birth comes with the midnight that began it."""
    return date.removesuffix(_MIDNIGHT) if isinstance(date, str) else date
