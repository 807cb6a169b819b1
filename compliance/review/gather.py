"""Reads the records of a feed or a store, and of each only what the review compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from compliance.integrators.base import Integrator
from compliance.inventory.batch import Batch, Piece, Record, Rows
from compliance.inventory.shapes import Block
from compliance.inventory.tables.piece import StoredTable
from compliance.inventory.ways import Way
from compliance.model.inventory import Notice
from compliance.sources.registry import read_source

Take = Callable[[str, int, Record], None]
"""Told of a source, the number of a row and its record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One dataset that is wanted, and what of its records."""

    dataset: str
    ways: tuple[Way, ...]
    take: Take


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was met besides records."""

    notices: tuple[Notice, ...] = ()
    met: frozenset[str] = frozenset()
    """Datasets that were there at all, in lower case."""

    def is_incomplete(self, dataset: str) -> bool:
        """Whether rows of a dataset are known to be missing."""
        return any(notice.dataset.casefold() == dataset.casefold() for notice in self.notices if notice.dataset)


def gather(
    addresses: Iterable[str], wanted: Iterable[Wanted], *, integrator: Integrator, encoding: str | None
) -> Gathered:
    """Hand every record of every wanted dataset to whoever wants it.

    Raises ``SourceError`` when an address cannot be read, and ``UsageError`` for an unknown encoding.
    """
    takers: dict[str, list[Wanted]] = {}
    for each in wanted:
        takers.setdefault(each.dataset.casefold(), []).append(each)
    notices: set[Notice] = set()
    met: set[str] = set()
    for address in addresses:
        for piece in read_source(address, integrator=integrator, encoding=encoding):
            if isinstance(piece, Notice):
                notices.add(piece)
                continue
            name = getattr(piece, "dataset", "").casefold()
            met.add(name)
            for each in takers.get(name, ()):
                for source, row, record in _records(piece, each.ways):
                    each.take(source, row, record)
    return Gathered(notices=tuple(sorted(notices)), met=frozenset(met))


def _records(piece: Piece, ways: Iterable[Way]) -> Iterator[tuple[str, int, Record]]:
    match piece:
        case Batch() | Rows() | Block():
            for number, record in enumerate(piece.records, piece.first_row):
                yield piece.source, number, record
        case StoredTable():
            row = 0
            for row, record in enumerate(_asked(piece, ways), 1):
                yield piece.source, row, record
        case _:
            return


def _asked(table: StoredTable, ways: Iterable[Way]) -> Iterator[Mapping[str, object]]:
    """Ask a table for the columns that matter and for no others."""
    from compliance.inventory.tables.expressions import Questions  # noqa: PLC0415 - Ibis costs half a second

    names = {way[0].casefold() for way in ways if way}
    columns = [each.name for each in table.columns if each.name.casefold() in names]
    if columns:
        question = Questions(table=table, prefix="", pattern="", codes=()).cells(columns)
        for cells in table.ask(question):
            for row in cells:
                yield dict(zip(columns, row, strict=True))
