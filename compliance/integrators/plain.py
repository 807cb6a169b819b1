"""Data that no integrator's rules apply to: an array of records, JSON Lines, or an object of arrays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from compliance.integrators.base import AS_THEY_STAND, Document, Seen
from compliance.integrators.batches import Row, batches
from compliance.inventory.batch import Piece
from compliance.model.inventory import Notice

NAMES_IN_A_NOTICE = 5

_KEY = re.compile(r"\d+|.*(\d{5}|@).*")
"""A name that is somebody's id or address: such an object is keyed by person, and its names are values."""


class Plain:
    """Records as they stand. A document's file name names its dataset, unless its members have names of their own."""

    name = "plain"
    tables = AS_THEY_STAND

    def recognise(self, seen: Seen) -> None:
        """Know nothing as its own: it reads what no other integrator knows."""

    def read(self, document: Document) -> Iterator[Piece]:
        """Read every object as a record; say of everything else that it was not read."""
        rest = yield from document.blocks()
        if rest is None:
            return
        named = rest.members() if rest.shape in {"members", "map"} else ((None, value) for value in rest.values())
        others: Counter[str] = Counter()
        yield from batches(document.source, _rows(rest, named, others), first_row=rest.first_row)
        if others:
            yield Notice(document.source, _not_read(others))


def _rows(document: Document, named: Iterator[tuple[str | None, object]], others: Counter[str]) -> Iterator[Row]:
    if document.shape == "array":
        yield Row(document.stem)
    for name, value in named:
        own = name is not None and document.shape != "map" and not _KEY.fullmatch(name)
        dataset = name if name is not None and own else document.stem
        if isinstance(value, dict):
            yield Row(dataset, value)
        elif value == [] and name is not None:
            yield Row(dataset)
        else:
            others[dataset] += 1


def _not_read(others: Counter[str]) -> str:
    names = [repr(name) for name in sorted(others)]
    more = f" and {len(names) - NAMES_IN_A_NOTICE} more" if len(names) > NAMES_IN_A_NOTICE else ""
    count = others.total()
    return (
        f"holds {count} other {'value' if count == 1 else 'values'} that {'was' if count == 1 else 'were'} "
        f"not read as records: in {', '.join(names[:NAMES_IN_A_NOTICE])}{more}"
    )
