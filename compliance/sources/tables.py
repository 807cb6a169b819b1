"""What all tables have in common: a header row that names the columns, and rows that travel together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from compliance.inventory.batch import Rows
from compliance.sources.base import SourceFile

ROWS_AT_ONCE = 1_000
"""Enough that the work per piece does not count, few enough that a piece fits into memory."""

_NUMBER_OR_DATE = re.compile(r"[-+]?\d[\d\s.,:/TZ+%-]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}/\d{1,2}/\d{4}")
_SOMEBODYS = re.compile(r".+@.+\..+|[A-Z]\d{11}[\dA-Z]")
"""An e-mail address or a UPN: no column is called that, nor after a day."""


def columns_of(file: SourceFile, line: int, header: Sequence[str], *, where: str = "") -> tuple[str, ...]:
    """Return the names of the columns. A header that is none may be somebody's record, so it is never quoted.

    ``where`` begins the message when the line alone does not say where the header stands.
    Raises ``SourceError`` for a header that holds values, and for columns without a name or with the same one;
    names that differ in case alone are different.
    """
    names = tuple(cell.strip() for cell in header)
    filled = [name for name in names if name]
    is_record = any(_SOMEBODYS.fullmatch(name) or _DATE.fullmatch(name) for name in filled)
    if is_record or all(_NUMBER_OR_DATE.fullmatch(name) for name in filled):
        raise file.error(
            f"{where}The first row holds values: the header row is missing.",
            hint="Export it again with the names of the columns in the first row.",
            line=line,
        )
    for number, name in enumerate(names, start=1):
        if not name:
            raise file.error(f"{where}Column {number} has no name.", hint="Name it in the header row.", line=line)
        if (first := names.index(name) + 1) < number:
            raise file.error(
                f"{where}Columns {first} and {number} have the same name.",
                hint="Rename one in the header row.",
                line=line,
            )
    return names


def pieces_of(
    file: SourceFile, dataset: str, columns: tuple[str, ...], rows: Iterable[Sequence[object]]
) -> Iterator[Rows]:
    """Yield the rows of one table, of an empty one its columns."""
    rows, first_row = iter(rows), 1
    chunk = list(islice(rows, ROWS_AT_ONCE))
    while True:
        yield Rows(source=file.name, dataset=dataset, columns=columns, cells=chunk, first_row=first_row)
        first_row += len(chunk)
        chunk = list(islice(rows, ROWS_AT_ONCE))
        if not chunk:
            return
