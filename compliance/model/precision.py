"""How exact a value is, in words that can be compared."""

from __future__ import annotations

SCALES = (("day", "month", "year"), ("reason", "flag"), ("postcode", "sector", "district", "area"))
"""Words for how exact a value is, the most exact first. Words of two scales cannot be compared."""


def is_finer(now: str, before: str) -> bool | None:
    """Whether ``now`` is more exact than ``before``; None when the words stand on no common scale.

    An empty word sets no limit, so that it is more exact than any other.
    """
    if now == before:
        return False
    if not now or not before:
        return not now
    scale = next((each for each in SCALES if {now, before} <= set(each)), None)
    return scale.index(now) < scale.index(before) if scale else None
