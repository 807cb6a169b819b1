"""How much care a field is given, before and now."""

from __future__ import annotations

from dataclasses import replace

from compliance.changes.base import Change, Kind, Sign
from compliance.model.vocabulary import DataClass


def class_change(before: DataClass | None, change: Change) -> Change:
    """Return ``change``, whose message is the field's name, as that of its class from ``before`` to its own."""
    now = change.data_class
    is_lower = before is not None and (now is None or now.rank < before.rank)
    was, is_now = (str(each).replace("_", " ") if each else "without a class" for each in (before, now))
    return replace(
        change,
        kind=Kind.CLASS_LOWERED if is_lower else Kind.CLASS_RAISED,
        sign=Sign.BREAKING if is_lower else Sign.NEUTRAL,
        message=f"{change.message} was {was} and is now {is_now}.",
    )
