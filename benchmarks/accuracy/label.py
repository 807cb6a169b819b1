"""What must be said, what was said, and how right that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One place, and the rules that must speak of it, once for each time they stand here."""

    place: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was said of a place."""

    rule: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How right one rule or detector is."""

    name: str
    planted: int
    found: int
    false: int

    @property
    def recall(self) -> float | None:
        """Share of what was planted that was found; None when nothing was planted."""
        return self.found / self.planted if self.planted else None

    @property
    def precision(self) -> float | None:
        """Share of what was said that is right; None when nothing was said."""
        spoken = self.found + self.false
        return self.found / spoken if spoken else None


def scores(labels: Iterable[Label], said: Iterable[Said]) -> Iterator[Score]:
    """Yield the score of every rule that should have spoken or did."""
    wanted = Counter((rule, label.place) for label in labels for rule in label.rules)
    spoken = Counter((each.rule, each.place) for each in said)
    for name in sorted({rule for rule, _ in (*wanted, *spoken)}):
        of = [key for key in {*wanted, *spoken} if key[0] == name]
        yield Score(
            name=name,
            planted=sum(wanted[key] for key in of),
            found=sum(min(wanted[key], spoken[key]) for key in of),
            false=sum(max(0, spoken[key] - wanted[key]) for key in of),
        )
