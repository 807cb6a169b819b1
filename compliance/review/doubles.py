"""Who is held more than once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compliance.review.pairs import SURE, Pairs, Why
from compliance.review.person import Person


@dataclass(frozen=True, slots=True)
class Double:
    """A record, the one before it of the same person, and why they are taken for one."""

    number: int
    first: int
    why: Why

    @property
    def is_sure(self) -> bool:
        """Whether the two are one person by more than a likeness."""
        return self.why in SURE


@dataclass(frozen=True, slots=True)
class Doubles:
    """All of them."""

    doubles: tuple[Double, ...]
    two_identifiers: int
    """People, surely or likely one, with more than one identifier."""


def doubles(people: Sequence[Person], pairs: Pairs) -> Doubles:
    """Return as many doubles as there are records too many: sure ones first, then those that are only likely.

    A record that waits to be merged is none: somebody knows of it. What is left out does not depend on the order of
    the pairs, as only the groups that they make up are counted.
    """
    groups = _Groups(len(people))
    found = [
        Double(other, one, why)
        for is_sure in (True, False)
        for (one, other), why in sorted(pairs.why.items())
        if (why in SURE) is is_sure and not (people[one].pending or people[other].pending) and groups.join(one, other)
    ]
    return Doubles(
        doubles=tuple(found),
        two_identifiers=sum(len({people[n].key for n in group} - {""}) > 1 for group in groups.all()),
    )


class _Groups:
    """Numbers that are put together."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def join(self, one: int, other: int) -> bool:
        """Put two groups together; False when they were one already."""
        low, high = sorted((self._top(one), self._top(other)))
        self._above[high] = low
        return low != high

    def all(self) -> Iterable[list[int]]:
        """Return the groups of more than one."""
        groups: dict[int, list[int]] = {}
        for number in range(len(self._above)):
            groups.setdefault(self._top(number), []).append(number)
        return [group for group in groups.values() if len(group) > 1]

    def _top(self, number: int) -> int:
        while (above := self._above[number]) != number:
            self._above[number] = self._above[above]
            number = above
        return number
