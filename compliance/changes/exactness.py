"""How exact a value is asked for or kept, before and now."""

from __future__ import annotations

from compliance.changes.base import Kind, Sign
from compliance.model.precision import is_finer


def by_exactness(now: str, before: str) -> tuple[Kind, Sign]:
    """Return what it means that ``now`` stands in place of ``before``; words that cannot be compared break."""
    if is_finer(now, before) is False:
        return Kind.FIELD_COARSER, Sign.NARROWER
    return Kind.FIELD_FINER, Sign.BREAKING


def precision(word: str) -> str:
    """Return a declared precision as messages call it."""
    return f"the precision {word}" if word else "no limit to its precision"
