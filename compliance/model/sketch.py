"""What is left of many values: the smallest of their digests, and how far they reach."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

Digest = int


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different values there are: the k smallest digests seen.

    Exact up to ``LIMIT`` values; above it an estimate with a relative standard error of 1/sqrt(LIMIT - 2)
    (Bar-Yossef et al. 2002, "Counting distinct elements in a data stream").
    """

    smallest: tuple[Digest, ...] = ()
    """Different, in ascending order, and at most ``LIMIT`` of them: ``of`` makes them so."""

    LIMIT = 1024
    SPACE = 2**64
    """Every digest is below it."""
    _POOL = 2 * LIMIT
    """Digests that may stand together before all but the smallest are let go."""

    @classmethod
    def of(cls, digests: Iterable[Digest]) -> Distinct:
        """Sketch these digests."""
        seen = digests if isinstance(digests, set | frozenset) else set(digests)
        # Choosing the smallest of very many costs less than sorting them all.
        few = len(seen) <= 4 * cls.LIMIT
        return cls(tuple(sorted(seen)[: cls.LIMIT] if few else nsmallest(cls.LIMIT, seen)))

    @property
    def is_exact(self) -> bool:
        """Whether ``count`` is exact."""
        return len(self.smallest) < self.LIMIT

    @property
    def count(self) -> int:
        """The number of different values."""
        if self.is_exact:
            return len(self.smallest)
        return round((self.LIMIT - 1) * self.SPACE / self.smallest[-1])

    @property
    def relative_error(self) -> float:
        """Relative standard error of ``count``; 0 when it is exact."""
        return 0.0 if self.is_exact else (self.LIMIT - 2) ** -0.5

    @classmethod
    def total(cls, sketches: Iterable[Distinct]) -> Distinct:
        """Sketch everything that was sketched: of each, only what can still be among the smallest is looked at."""
        pool: list[Digest] = []
        bound = cls.SPACE
        for sketch in sketches:
            pool += sketch.smallest[: bisect_left(sketch.smallest, bound)]
            if not sketch.is_exact:
                bound = min(bound, sketch.smallest[-1])
            if len(pool) > cls._POOL:
                pool = cls._smallest_of(pool)
                bound = min(bound, pool[-1]) if len(pool) == cls.LIMIT else bound
        return cls(tuple(cls._smallest_of(pool)))

    def __or__(self, other: Distinct) -> Distinct:
        """Sketch both."""
        return Distinct.total((self, other)) if other.smallest else self

    @classmethod
    def _smallest_of(cls, pool: list[Digest]) -> list[Digest]:
        return list(dict.fromkeys(sorted(pool)))[: cls.LIMIT]


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where values reach, coarsely: calendar years of days, numbers rounded outwards to two digits.

    It is kept only of fields whose data item is of class ``ordinary`` and identifies nobody: the ends are values.
    """

    low: float
    high: float

    @classmethod
    def total(cls, parts: Iterable[Span]) -> Span:
        """Span all of them; there is at least one."""
        lows, highs = zip(*((part.low, part.high) for part in parts), strict=True)
        return cls(min(lows), max(highs))

    def __or__(self, other: Span) -> Span:
        """Span both."""
        return Span.total((self, other))
