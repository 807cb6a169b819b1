"""What a part of the review comes to: counts for everybody, and entries for the school alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from compliance.model.held import DatasetReview, Standing, Untidy
from compliance.review.person import Person, SchoolClass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Entry:
    """One line of the school's list. It holds personal data, so it cannot be printed."""

    dataset: str
    what: Standing | Untidy
    subject: Person | SchoolClass
    other: Person | None = None
    """Whom the subject resembles, or is matched with."""
    why: str = ""

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Entry of {self.what}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One dataset, reviewed."""

    counts: DatasetReview
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
