"""CSV and its relatives: one table, whose first row names the columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple, TextIO

from compliance.errors import SourceError
from compliance.inventory.batch import Rows
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile
from compliance.sources.tables import ROWS_AT_ONCE, columns_of
from compliance.sources.text import encoding_of, lines_of, open_text, undecodable

if TYPE_CHECKING:
    from _csv import Reader  # the type alone lives there

DELIMITERS = ",;\t|"
ESCAPES = (None, "\\")
"""What stands before a quote inside a quoted cell, besides another quote."""
SAMPLE = 100
"""Rows by which delimiter and escape are found out."""

_SEPARATOR = re.compile(r'"?sep=(?P<mark>[^\r\n"])"?[\r\n]*', re.IGNORECASE)
"""The line by which Excel is told the delimiter."""


class _Dialect(NamedTuple):
    """How the cells of one file are told apart."""

    encoding: str
    delimiter: str
    escape: str | None
    skipped: int
    """Lines before the header that are none of the table's."""


class _Table(NamedTuple):
    """The header of one file."""

    columns: tuple[str, ...]
    width: int
    """Cells of the header row: more than columns when it ends in delimiters."""


def read_csv(file: SourceFile) -> Iterator[Rows | Notice]:
    """Read one table; its dataset is called like the file.

    Raises ``SourceError`` when it is no text, lacks a proper header row, or has a row of another width.
    """
    encoding, notice = encoding_of(file)
    try:
        dialect = _dialect(file, encoding)
        yield from _pieces(file, dialect)
    except UnicodeError:
        raise undecodable(file, encoding) from None
    except csv.Error:
        raise _unparsed(file, dialect) from None
    if notice:
        yield notice


def _pieces(file: SourceFile, dialect: _Dialect) -> Iterator[Rows]:
    with open_text(file, dialect.encoding) as text:
        reader = _reader(text, dialect)
        table = _header(file, reader, dialect)
        first_row = 1
        while chunk := list(islice(reader, ROWS_AT_ONCE)):
            cells = _cells(chunk, table)
            if cells is None:
                raise _ragged(file, dialect, table)
            if cells:
                yield _rows(file, table, cells, first_row)
            first_row += len(cells)
        if first_row == 1:
            yield _rows(file, table, [], first_row)


def _rows(file: SourceFile, table: _Table, cells: list[list[str]], first_row: int) -> Rows:
    return Rows(source=file.name, dataset=file.stem, columns=table.columns, cells=cells, first_row=first_row)


def _cells(chunk: list[list[str]], table: _Table) -> list[list[str]] | None:
    """Return the rows that are not blank, each as wide as the columns; None when one is not."""
    columns, width = len(table.columns), table.width
    widths = set(map(len, chunk))
    if widths == {columns}:
        return chunk
    if not widths <= {0, columns, width} or any(any(cells[columns:]) for cells in chunk):
        return None
    return [cells[:columns] for cells in chunk if cells]


def _reader(text: TextIO, dialect: _Dialect) -> Reader:
    lines = islice(lines_of(text), dialect.skipped, None)
    return csv.reader(lines, delimiter=dialect.delimiter, escapechar=dialect.escape, strict=True)


def _header(file: SourceFile, reader: Iterator[list[str]], dialect: _Dialect) -> _Table:
    """Take the header from the front of the rows; columns without a name at its end are those of an extra delimiter."""
    line, header = dialect.skipped + 1, list[str]()
    for header in reader:
        if header:
            break
        line += 1
    width = len(header)
    named = next((number for number in range(width, 0, -1) if header[number - 1].strip()), width)
    return _Table(columns_of(file, line, header[:named]), width)


def _dialect(file: SourceFile, encoding: str) -> _Dialect:
    """Find out the dialect: the one in which the first rows are equally wide."""
    with open_text(file, encoding) as text:
        told = _SEPARATOR.fullmatch(next(lines_of(text), ""))
    marks = told["mark"] if told else DELIMITERS
    candidates = [_Dialect(encoding, mark, escape, 1 if told else 0) for escape, mark in product(ESCAPES, marks)]
    return max(candidates, key=lambda dialect: _fit(file, dialect))


def _fit(file: SourceFile, dialect: _Dialect) -> tuple[bool, bool, int]:
    """Say how well a dialect fits: whether the first rows are equally wide, can all be split, and how wide."""
    widths: list[int] = []
    is_whole = True
    try:
        widths.extend(len(cells) for _, cells in islice(_numbered(file, dialect), SAMPLE))
    except (csv.Error, SourceError):
        is_whole = False
    return len(set(widths)) == 1 and widths[0] > 1, is_whole, next(iter(widths), 0)


def _numbered(file: SourceFile, dialect: _Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank, with the line on which it begins."""
    with open_text(file, dialect.encoding) as text:
        reader = _reader(text, dialect)
        line = dialect.skipped + 1
        for cells in reader:
            if cells:
                yield line, cells
            line = dialect.skipped + reader.line_num + 1


def _ragged(file: SourceFile, dialect: _Dialect, table: _Table) -> SourceError:
    """Find the first row of another width."""
    for line, cells in islice(_numbered(file, dialect), 1, None):
        if _cells([cells], table) is None:
            return file.error(
                f"The row has {len(cells)} cells, the header {table.width}.",
                hint="Put cells that hold the delimiter in quotes, or export it again.",
                line=line,
            )
    return file.error("It changed while it was read.", hint="Give a copy that nobody writes to.")


def _unparsed(file: SourceFile, dialect: _Dialect) -> SourceError:
    """Find the line on which the row begins that cannot be split."""
    line = dialect.skipped + 1
    with open_text(file, dialect.encoding) as text:
        reader = _reader(text, dialect)
        try:
            for _ in reader:
                line = dialect.skipped + reader.line_num + 1
        except csv.Error:
            pass
    return file.error(
        f"A cell is not closed by its quote, has a quote inside, or is longer than {csv.field_size_limit():,}"
        " characters.",
        hint="Export it again with every quote inside a cell doubled.",
        line=line,
    )
