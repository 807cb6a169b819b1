"""Tables as their integrator means them: called by their documented names, and with what is gone set apart.

A row that says of its record that it is gone becomes a record with all that it still carries below ``deleted``, and is
counted as deleted. No value is ever part of a message, and no header either: it may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from compliance.errors import Place, SourceError
from compliance.integrators.base import AS_THEY_STAND, Beside, Claim, Tables
from compliance.integrators.spelling import respelt
from compliance.inventory.batch import Batch, Deletions, Piece, Rows
from compliance.inventory.tables.piece import StoredTable
from compliance.model.inventory import Notice

DELETED = "deleted"
"""The step below which stands what a record that is gone still carries."""


def as_meant(tables: Tables, pieces: Iterable[Piece | Claim]) -> Iterator[Piece | Claim]:
    """Read the tables among the pieces of one file as ``tables`` says; what is no table is passed on.

    A table that is asked where it lives is passed on as it stands, with a notice. Raises ``SourceError`` when a table
    is none of the integrator's.
    """
    if tables is AS_THEY_STAND:
        yield from pieces
        return
    known: dict[str, _Table] = {}
    for piece in pieces:
        if isinstance(piece, StoredTable):
            yield Notice(piece.source, "was read as it stands: whether rows say that they are gone was not looked at")
        if not isinstance(piece, Rows):
            yield piece
            continue
        if piece.dataset not in known:
            known[piece.dataset] = _Table.of(tables, piece)
            yield from known[piece.dataset].remarks(piece)
        table = known[piece.dataset]
        yield from table.read(replace(piece, dataset=table.name, columns=table.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One table, once its header is known."""

    tables: Tables
    name: str
    columns: tuple[str, ...]
    """As they are documented."""
    misspelt: tuple[int, ...]
    """Which of them were spelt otherwise, from 1."""

    @classmethod
    def of(cls, tables: Tables, first: Rows) -> _Table:
        """Tell by name and header. Raises ``SourceError`` when it is none of the integrator's tables."""
        name = {known.casefold(): known for known in tables.columns}.get(first.dataset.casefold())
        documented = tables.columns[name] if name else tuple(tables.marks)
        named = [column for column in first.columns if not column.startswith(tables.added)]
        meant = respelt(named, documented)
        columns = tuple(meant.get(column, column) for column in first.columns)
        if {*documented}.isdisjoint({*columns} - ({tables.status} if name else set())):
            raise _no_table(tables, first)
        misspelt = tuple(number for number, column in enumerate(first.columns, start=1) if column in meant)
        return cls(tables=tables, name=name or first.dataset, columns=columns, misspelt=misspelt)

    def remarks(self, first: Rows) -> Iterator[Notice | Beside]:
        """Say what is odd about the table, and what should stand beside it."""
        if self.misspelt:
            read = ", ".join(f"column {number} was read as {self.columns[number - 1]!r}" for number in self.misspelt)
            yield Notice(first.source, f"has names of columns that are not spelt as documented: {read}")
        if self.tables.control and self.name != self.tables.control:
            control = f"{self.tables.control}.csv"
            what = f"came without {control}: whether it holds all rows or changes alone is not known"
            yield Beside(source=first.source, file=beside(first.source, control), otherwise=Notice(first.source, what))

    def read(self, rows: Rows) -> Iterator[Piece | Claim]:
        """Read some rows of it."""
        if self.name == self.tables.control and self.tables.told:
            yield from self.tables.told(rows.source, rows.records)
            return
        at = rows.columns.index(self.tables.status) if self.tables.status in rows.columns else None
        is_gone = [at is not None and str(row[at]).strip().casefold() in self.tables.gone for row in rows.cells]
        if not any(is_gone):
            yield rows
            return
        yield Batch(
            source=rows.source,
            dataset=rows.dataset,
            records=[{DELETED: each} if gone else each for each, gone in zip(rows.records, is_gone, strict=True)],
            first_row=rows.first_row,
            columns=rows.columns,
        )
        yield Deletions(source=rows.source, dataset=rows.dataset, count=sum(is_gone))


def beside(source: str, file: str) -> str:
    """Return the display name of a file in the same folder or bundle."""
    return PurePosixPath(source).with_name(file).as_posix()


def _no_table(tables: Tables, first: Rows) -> SourceError:
    return SourceError(
        f"This is no table of {tables.label}: neither its name nor its columns are documented.",
        hint="If the data comes from somewhere else, say `--integrator plain`.",
        place=Place(first.source),
    )
