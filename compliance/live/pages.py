"""What makes pages one whole: none repeats another, and none of the rows moved while they came.

Where pages are cut by their place in a list, a record that goes moves those behind it, and one of them slips from a
page that is still to come to one that was read. So after each page the record before it is asked for once more: where
it still stands in its place, nothing slipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from compliance.errors import SourceError
from compliance.live.connection import Call, Connection


class Pages:
    """The pages of one endpoint as they come."""

    def __init__(self, connection: Connection, call: Call) -> None:
        self._connection = connection
        self._call = call
        self._met: set[object] = set()
        self.rows = 0
        """Rows on all pages so far."""
        self.number = 0
        """Pages so far."""
        self.last: object = None
        """Id of the last row so far."""

    def add(self, ids: Iterable[object], *, of: int | None = None) -> None:
        """Take in the ids of the next page's rows; ``of`` is how many pages there are, where that is known.

        Raises ``SourceError`` when another page had one of them, or there are more pages than any school has.
        """
        self.number += 1
        ids = [*ids]
        pages = max(of or 0, self.number)
        if pages > self._connection.limits.pages:
            raise self._connection.error(
                self._call, f"It has {pages:,} pages.", hint="No school has so many: ask the integrator."
            )
        if self._met.intersection(ids) or len(set(ids)) < len(ids):
            number = f"Page {self.number} of {of}" if of else f"Page {self.number}"
            raise repeated(self._connection, self._call, number)
        self._met.update(ids)
        self.rows += len(ids)
        self.last = ids[-1] if ids else self.last

    def check(self, *, is_so: bool) -> None:
        """Raise ``SourceError`` unless what came is still what is there."""
        if not is_so:
            raise changed(self._connection, self._call)


def rows_in(found: Mapping[str, Any], member: str, key: str) -> list[object] | None:
    """Return the ids of the records under ``member``; None when there is no list of records with ids."""
    rows = found.get(member)
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get(key) for row in rows):
        return None
    return [row[key] for row in rows]


def repeated(connection: Connection, call: Call, page: str) -> SourceError:
    """Say that a page came again."""
    return connection.error(
        call,
        f"{page} repeats what another page holds.",
        hint="Nothing was kept. Pull again; if it stays so, ask the integrator.",
    )


def changed(connection: Connection, call: Call) -> SourceError:
    """Say that pages are of different moments, or that rows are missing."""
    return connection.error(
        call,
        "The school's data changed between two pages, or rows are missing.",
        hint="Nothing was kept. Pull again.",
    )


def no_records(connection: Connection, call: Call) -> SourceError:
    """Say that an answer is none."""
    return connection.error(
        call,
        "It is an error answer of the integrator, sent as if nothing had happened.",
        hint="Nothing was kept. Try again later, or ask the integrator.",
    )
