"""What grows while an inventory is taken, and what it is in the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from compliance.inventory.detectors.base import Verdict
from compliance.inventory.digest import Digests
from compliance.inventory.watch import Kind, Seen
from compliance.model.inventory import CodeSetHits, Detection
from compliance.model.sketch import Digest, Distinct
from compliance.model.sums import least

_SPARE = 4
"""How many times ``Distinct.LIMIT`` digests are kept before the larger ones are thrown away."""


class GrowingDistinct:
    """A sketch of different values that is still growing."""

    __slots__ = ("_kept", "below")

    def __init__(self) -> None:
        self._kept: set[Digest] = set()
        self.below: Digest = Distinct.SPACE
        """Only digests below this one can still change the sketch."""

    def update(self, digests: Iterable[Digest]) -> None:
        """Take these digests in."""
        self._kept.update(digests)
        if len(self._kept) > _SPARE * Distinct.LIMIT:
            self._kept = set(sorted(self._kept)[: Distinct.LIMIT])
            self.below = max(self._kept)

    def distinct(self) -> Distinct:
        """Return the sketch."""
        return Distinct.of(self._kept)


@dataclass(slots=True)
class GrowingDetection:
    """What one detector met in one field so far."""

    rows: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    in_context: int = 0
    matching: GrowingDistinct = field(default_factory=GrowingDistinct)
    shaped: GrowingDistinct = field(default_factory=GrowingDistinct)
    first_row: int | None = None

    def count(self, kind: Kind, rows: int) -> None:
        """Count the rows of texts of which the detector says the same."""
        self.rows[kind.verdict] += rows
        self.in_context += rows * kind.in_context

    def take_in(self, seen: Seen, digests: Digests) -> None:
        """Take in the values that were seen."""
        if seen.matching:
            matching = digests(seen.matching, max(self.matching.below, self.shaped.below))
            self.matching.update(matching.values())
            self.shaped.update(matching.values())
        if seen.others:
            self.shaped.update(digests(seen.others, self.shaped.below).values())

    def met_in(self, row: int | None) -> None:
        """Remember the first row."""
        self.first_row = least((self.first_row, row))

    def detection(self) -> Detection:
        """Return what was met."""
        return Detection(
            matches=self.rows[Verdict.MATCH],
            near=self.rows[Verdict.NEAR],
            reserved=self.rows[Verdict.RESERVED],
            in_context=self.in_context,
            matching=self.matching.distinct(),
            shaped=self.shaped.distinct(),
            first_row=self.first_row,
        )


@dataclass(slots=True)
class GrowingCodes:
    """How much of one field fitted one code set so far."""

    rows: int = 0
    codes: set[Digest] = field(default_factory=set)

    def add(self, code: Digest, count: int) -> None:
        """Count one code that was met ``count`` times."""
        self.rows += count
        self.codes.add(code)

    def hits(self) -> CodeSetHits:
        """Return how much fitted."""
        return CodeSetHits(rows=self.rows, codes=frozenset(self.codes))
