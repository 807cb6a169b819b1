"""CSV and its relatives: one table, whose first row names the columns."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TextIO

from compliance.errors import SourceError
from compliance.integrators.batches import Row, batches
from compliance.inventory.batch import Batch
from compliance.sources.base import SourceFile

DELIMITERS = ",;\t|"
SAMPLE = 20
"""Rows by which the delimiter is found out."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NUMBER_OR_DATE = re.compile(r"[-+]?\d[\d\s.,:/TZ+%-]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}/\d{1,2}/\d{4}")
_SOMEBODYS = re.compile(r".+@.+\..+|[A-Z]\d{11}[\dA-Z]")
"""An e-mail address or a UPN: no column is called that, nor after a day."""
_HEAD = 4096


def read_csv(file: SourceFile) -> Iterator[Batch]:
    """Read one table; its dataset is called like the file.

    Raises ``SourceError`` when it is no text, lacks a proper header row, or has a row of another width.
    """
    encoding = _encoding(file)
    try:
        delimiter = max(DELIMITERS, key=lambda mark: _fit(file, encoding, mark))
        with file.path.open(encoding=encoding, newline="") as text:
            rows = _rows(file, text, delimiter)
            columns = _columns(file, *next(rows, (1, [])))
            yield from batches(file.name, _records(file, rows, columns), columns=columns)
    except UnicodeError:
        raise _undecodable(file, encoding) from None


def _rows(file: SourceFile, text: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank, with the line on which it begins."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise file.error(
            f"A cell is not closed by its quote, has a quote inside, or is longer than {csv.field_size_limit():,}"
            " characters.",
            hint="Export it again with every quote inside a cell doubled.",
            line=line,
        ) from None


def _fit(file: SourceFile, encoding: str, delimiter: str) -> tuple[bool, int]:
    """Say how well a delimiter fits: whether the first rows that can be split are equally wide, and how wide."""
    widths: list[int] = []
    with file.path.open(encoding=encoding, newline="") as text, suppress(SourceError):
        widths.extend(len(cells) for _, cells in islice(_rows(file, text, delimiter), SAMPLE))
    return len(set(widths)) == 1 and widths[0] > 1, next(iter(widths), 0)


def _columns(file: SourceFile, line: int, header: list[str]) -> tuple[str, ...]:
    """Return the names of the columns. A header that is none may be somebody's record, so it is never quoted."""
    names = tuple(cell.strip() for cell in header)
    filled = [name for name in names if name]
    is_record = any(_SOMEBODYS.fullmatch(name) or _DATE.fullmatch(name) for name in filled)
    if is_record or all(_NUMBER_OR_DATE.fullmatch(name) for name in filled):
        raise file.error(
            "The first row holds values: the header row is missing.",
            hint="Export it again with the names of the columns in the first row.",
            line=line,
        )
    for number, name in enumerate(names, start=1):
        if not name:
            raise file.error(f"Column {number} has no name.", hint="Name it in the header row.", line=line)
        if (first := names.index(name) + 1) < number:
            raise file.error(
                f"Columns {first} and {number} have the same name.", hint="Rename one in the header row.", line=line
            )
    return names


def _records(file: SourceFile, rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]) -> Iterator[Row]:
    yield Row(file.stem)
    for line, cells in rows:
        if len(cells) != len(columns):
            raise file.error(
                f"The row has {len(cells)} cells, the header {len(columns)}.",
                hint="Put cells that hold the delimiter in quotes, or export it again.",
                line=line,
            )
        yield Row(file.stem, dict(zip(columns, cells, strict=True)))


def _encoding(file: SourceFile) -> str:
    """Return the encoding that the byte-order mark names, or the one that was given, or UTF-8."""
    with file.path.open("rb") as stream:
        head = stream.read(_HEAD)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    encoding = file.encoding or "utf-8"
    if b"\0" in head and _keeps_line_ends(encoding):
        raise file.error("It holds zero bytes: it is no text.", hint="Export it again as CSV in UTF-8.", line=1)
    return encoding


def _undecodable(file: SourceFile, encoding: str) -> SourceError:
    """Find the first character that is not in ``encoding``."""
    message = f"It holds bytes that are not {encoding}."
    hint = "Name its encoding, such as `--encoding cp1252`, or export it again in UTF-8."
    if _keeps_line_ends(encoding):
        with file.path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    line.decode(encoding)
                except UnicodeDecodeError as error:
                    column = len(line[: error.start].decode(encoding)) + 1
                    return file.error(message, hint=hint, line=number, column=column)
    return file.error(message, hint=hint)


def _keeps_line_ends(encoding: str) -> bool:
    """Whether lines can be told apart before they are decoded, as they cannot in UTF-16."""
    return b"\n".decode(encoding, errors="ignore") == "\n"
