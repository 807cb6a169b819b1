"""What a source hands to the kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from compliance.inventory.shapes import Block
from compliance.model.inventory import Grant, Notice

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Batch:
    """Some records of one dataset. It holds personal data, so it cannot be printed."""

    source: str
    """Display name of where it was read."""
    dataset: str
    records: Sequence[Record]
    first_row: int = 1
    """Row of the first record within its dataset and source, from 1."""
    columns: tuple[str, ...] = ()
    """Columns that stand in the source even when no record has them."""
    bare: int = 0
    """Records of a delta that say only "unchanged"; they are not among ``records``."""

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.records)

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Batch of {len(self.records)} records of {self.dataset!r}>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Rows:
    """Some rows of one table, each a sequence of cells in the order of ``columns``: every row has every column.

    It holds personal data, so it cannot be printed.
    """

    source: str
    """Display name of where it was read."""
    dataset: str
    columns: tuple[str, ...]
    cells: Sequence[Sequence[object]]
    first_row: int = 1
    """Row of the first of them within its dataset and source, from 1."""

    @property
    def records(self) -> Sequence[Record]:
        """The same rows as records."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.cells]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.cells)

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Rows: {len(self.cells)} of {self.dataset!r}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletions:
    """How many records of a dataset the feed says are gone."""

    source: str
    dataset: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Exclusions:
    """The people whom a school excluded from this app, by the ids that the feed uses for them."""

    source: str
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Subject (``pupil``, ``staff``, ``contact``) to ids."""
    opt_in: bool = False
    """True when the ids are the only people included."""

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Exclusions from {self.source!r}>"


Piece = Batch | Rows | Block | Deletions | Exclusions | Grant | Notice
"""Everything that can come out of a source."""
