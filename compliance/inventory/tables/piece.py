"""A table that stays where it is, and how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

Cells = Sequence[Sequence[object]]
Ask = Callable[[str], Iterator[Cells]]
"""Sends one SELECT and yields its rows some at a time, streamed; raises ``SourceError`` when it cannot."""

SMALL = 20_000
"""Rows up to which a table is read whole: one question is faster than ten."""
SAMPLE = 20_000
"""Rows in which engines without sketches count how many values differ."""


class Kind(StrEnum):
    """What may be left to the database."""

    TEXT = "text"
    INTEGER = "integer"
    FLOAT = "float"
    """Its different values can be told apart there, if minus zero is minded, but are spelled here."""
    SPELLED = "spelled"
    """Days, moments, truth values, decimals of one scale: told apart there, spelled here."""
    OPAQUE = "opaque"
    """Objects, arrays, bytes and whatever else only the kernel can tell apart: every value travels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredColumn:
    """One column of a stored table."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StoredTable:
    """One table that is asked rather than read. What it is asked with can reach personal data: it is not printed."""

    source: str
    """Display name of where it stands."""
    dataset: str
    columns: tuple[StoredColumn, ...]
    dialect: str
    """Whose SQL it understands: one of ``compiled.DIALECTS``."""
    relation: str
    """What stands behind FROM, in that SQL."""
    ask: Ask
    row: str = ""
    """Column that numbers the rows from 0 in the order of the format; empty where rows have no order."""
    rows: int = 0
    """About how many there are, for those who wait; 0 where nobody has counted."""
    in_order: bool = True
    """Whether rows that are numbered come in that order when the whole table is asked for."""

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<StoredTable {self.dataset!r}: {len(self.columns)} columns>"
