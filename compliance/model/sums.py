"""Sums of mappings and of what may be unknown: all that an inventory is added up with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar


class _Sortable(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...  # noqa: ANN401 - as typeshed has it


K = TypeVar("K", bound=_Sortable)
S = TypeVar("S", bound=_Sortable)
Part = TypeVar("Part")


def total_counts(mappings: Iterable[Mapping[K, int]]) -> Mapping[K, int]:
    """Return the sums of mappings of counts."""
    filled = [counts for counts in mappings if counts]
    if len(filled) == 1:
        return filled[0]
    total: dict[K, int] = {}
    for counts in filled:
        if total.keys().isdisjoint(counts):
            total.update(counts)
        else:
            for key, count in counts.items():
                total[key] = total.get(key, 0) + count
    return total


def totals(mappings: Iterable[Mapping[K, Part]], total: Callable[[list[Part]], Part]) -> Mapping[K, Part]:
    """Return all mappings as one, sorted; ``total`` adds what stands in several, and nothing else is touched."""
    filled = [mapping for mapping in mappings if mapping]
    if len(filled) == 1:
        return filled[0]
    parts: defaultdict[K, list[Part]] = defaultdict(list)
    for mapping in filled:
        for key, part in mapping.items():
            parts[key].append(part)
    is_sorted = filled and len(parts) == len(filled[0])
    keys = parts if is_sorted else sorted(parts)
    return {key: total(parts[key]) if len(parts[key]) > 1 else parts[key][0] for key in keys}


def least(values: Iterable[S | None]) -> S | None:
    """Return the smallest of values, any of which may be unknown."""
    return min((value for value in values if value is not None), default=None)


def greatest(values: Iterable[S | None]) -> S | None:
    """Return the largest of values, any of which may be unknown."""
    return max((value for value in values if value is not None), default=None)
