"""A table for spreadsheets, and its CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Cell = str | int | dt.date
"""Dates stay dates and numbers stay numbers, so that a spreadsheet can sort and filter them."""

T = TypeVar("T")

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
                     "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""What makes a spreadsheet read a text as a formula when it opens a CSV file (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a table whose rows are made of ``T``."""

    title: str
    cell: Callable[[T], Cell]
    width: int = 24
    """In characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with what stands above it."""

    title: str
    author: str
    at: dt.datetime
    preamble: tuple[tuple[Cell, ...], ...]
    """Rows above the table: whose record it is."""
    titles: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_text(sheet: Sheet) -> str:
    """Return the table alone, its titles first: RFC 4180, with dates as in ISO 8601.

    A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(map(_plain, sheet.titles))
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return target.getvalue()


def one_line(text: str) -> str:
    """Return a text without line breaks and without characters that steer or hide."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _plain(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    return f"'{one_line(cell)}" if cell.lstrip(" ").startswith(_STARTS_A_FORMULA) else one_line(cell)
