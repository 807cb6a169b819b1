"""The ledger: one line a field, six columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from compliance.model.declarations import RequestedField, RequestedScope, StoredField
from compliance.model.inventory import FieldProfile
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem


class State(StrEnum):
    """What a cell says. ``not_looked_at`` and ``cannot_tell`` are never read as ``no``."""

    YES = "yes"
    NO = "no"
    NOT_LOOKED_AT = "not_looked_at"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One answer, why it is so, and what it rests on."""

    state: State
    why: str
    """A short plain sentence or phrase: the evidence, or what was missing."""
    profile: FieldProfile | None = None

    @property
    def yes(self) -> bool:
        """Whether the answer is yes."""
        return self.state is State.YES

    @property
    def no(self) -> bool:
        """Whether somebody looked and the answer is no."""
        return self.state is State.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One field of personal data for one app at one school.

    A field of the feed that is stored in two places has two lines, alike in their first four cells.
    """

    source_path: FieldPath | None
    """The integrator's field, in its documented spelling."""
    stored_path: FieldPath | None
    """Where the app keeps it."""
    item: DataItem | None
    data_class: DataClass | None
    """The stored field's own class, or the data item's; None when nobody classed it."""
    scopes: tuple[str, ...]
    """The scopes the app asks for that unlock it."""
    asked: Cell
    unlocked: Cell
    granted: Cell
    received: Cell
    declared: Cell
    held: Cell
    request: RequestedField | None = None
    requested_scope: RequestedScope | None = None
    stored: StoredField | None = None

    @property
    def path(self) -> FieldPath:
        """The field's name for people who look it up: the stored one if nothing was received under it."""
        path = self.source_path or self.stored_path
        if path is None:
            raise ValueError("a ledger line stands for a field")
        return path

    @property
    def label(self) -> str:
        """The plain-English name of the field, or its path when nobody gave it one."""
        return self.item.label if self.item else str(self.path)

    @property
    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Yield column name and cell, in the ledger's order."""
        return ((name, getattr(self, name)) for name in COLUMNS)


COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(LedgerLine) if f.name in {
    "asked", "unlocked", "granted", "received", "declared", "held",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The whole ledger of one app at one school, sorted by path."""

    lines: tuple[LedgerLine, ...] = ()

    def __iter__(self) -> Iterator[LedgerLine]:
        """Iterate over the lines."""
        return iter(self.lines)

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.lines)

    def count(self, column: str) -> int:
        """Count the different fields with a yes in ``column``."""
        of_the_store = column in {"declared", "held"}
        return len({
            (line.stored_path if of_the_store else line.source_path)
            for line in self.lines
            if getattr(line, column).yes
        })  # fmt: skip
