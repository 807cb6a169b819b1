"""What is asked of a table, as Ibis expressions over one unbound table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ibis
from ibis.expr import types as ir

from compliance.inventory.digest import HEX_DIGITS
from compliance.inventory.tables.compiled import (
    FLOATS_AS_HERE,
    SKETCHING,
    STORED,
    about,
    compiled,
    matches,
    md5_of,
    quoted,
)
from compliance.inventory.tables.piece import SAMPLE, Kind, StoredColumn, StoredTable

_TYPES = {Kind.TEXT: "string", Kind.INTEGER: "int64", Kind.FLOAT: "float64"}
_UNTOUCHED = "date"
"""Type of all other columns, whatever they are: one that Ibis neither casts nor converts on the way out."""
SUSPECT, REST = "s", ""
"""Keys that no digest has."""


_VALUE, _ROW = "value", "row_number"
"""What a question about one column calls it, and the column that numbers the rows."""
_BOUND = "below"
"""Stands in a question where the bound of digests belongs."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Questions:
    """The questions of one run to one table, each a SELECT.

    A question about one column is written once for each kind of column, as Ibis takes its time.
    """

    table: StoredTable
    prefix: str
    """What stands before every value that is digested; nobody may learn it."""
    pattern: str
    codes: tuple[str, ...]

    def is_spelled_there(self, column: StoredColumn) -> bool:
        """Whether the engine writes the column's values as Python does, suspects apart."""
        if column.kind is Kind.FLOAT:
            return self.table.dialect in FLOATS_AS_HERE
        return column.kind in {Kind.TEXT, Kind.INTEGER}

    def overview(self, columns: Iterable[StoredColumn]) -> str:
        """Ask for one row: how many rows, and of each column how many are not null and how many about differ."""
        stored = self._stored
        asked = {"rows": stored.count()}
        for number, column in enumerate(columns):
            asked[f"filled_{number}"] = stored[column.name].count()
            if self.table.dialect in SKETCHING and column.kind is not Kind.OPAQUE:
                asked[f"differ_{number}"] = stored[column.name].approx_nunique()
        return self._of_table(stored.aggregate(**asked))

    def sample(self, columns: Iterable[StoredColumn]) -> str:
        """Ask for one row: how many values of each column differ in some rows."""
        stored = self._stored.limit(SAMPLE)
        return self._of_table(stored.aggregate(
            **{f"differ_{number}": stored[column.name].nunique() for number, column in enumerate(columns)}
        ))  # fmt: skip

    def cells(self, columns: Sequence[str]) -> str:
        """Ask for these columns of all rows."""
        return self._of_table(self._stored.select(*columns))

    def groups(self, column: StoredColumn, *, only_suspects: bool = False) -> str:
        """Ask for each different value with how often it stands there, and the first row of it."""
        return self._of_column(column, _suspect_groups if only_suspects else _groups)

    def plain(self, column: StoredColumn, below: int) -> str:
        """Ask for the digests of plain values that are smaller than ``below``, the number of suspects, and the rest.

        Every row of the answer has a key, how many rows of the table fall under it, and, of texts, the shortest and
        the longest length.
        """
        bound = f"{below:0{HEX_DIGITS}x}" if below < 16**HEX_DIGITS else "g"  # which is more than any digit
        return self._of_column(column, _plain).replace(f"'{_BOUND}'", f"'{bound}'")

    def suspects(self, column: StoredColumn) -> str:
        """Ask for every suspect value, one for one, with its row."""
        return self._of_column(column, _suspects)

    def values(self, column: StoredColumn) -> str:
        """Ask for every value that is not null, one for one, with its row."""
        return self._of_column(column, _values)

    @property
    def _stored(self) -> ir.Table:
        schema = {column.name: _TYPES.get(column.kind, _UNTOUCHED) for column in self.table.columns}
        return ibis.table(schema | ({self.table.row: "int64"} if self.table.row else {}), name=STORED)

    def _of_table(self, expression: ir.Table) -> str:
        return about(compiled(expression, self.table.dialect), self.table.dialect, self.table.relation)

    def _of_column(self, column: StoredColumn, question: Callable[[_About], ir.Table]) -> str:
        dialect, row = self.table.dialect, self.table.row
        asked = _About(column.kind, dialect, bool(row), self.prefix, self.pattern, self.codes)
        picked = f"{quoted(column.name, dialect)} AS {quoted(_VALUE, dialect)}"
        if row:
            picked += f", {quoted(row, dialect)} AS {quoted(_ROW, dialect)}"
        relation = f"(SELECT {picked} FROM {self.table.relation} AS whole)"  # noqa: S608 - names are quoted
        return about(_written(question, asked), dialect, relation)


class _About(NamedTuple):
    """All that a question about one column hangs on but its name."""

    kind: Kind
    dialect: str
    has_rows: bool
    prefix: str
    pattern: str
    codes: tuple[str, ...]

    @property
    def filled(self) -> ir.Table:
        """The column, where it is not null."""
        rows = {_ROW: "int64"} if self.has_rows else {}
        stored = ibis.table({_VALUE: _TYPES.get(self.kind, _UNTOUCHED)} | rows, name=STORED)
        return stored.filter(stored[_VALUE].notnull())

    def is_suspect(self, value: ir.Value) -> ir.BooleanValue:
        """Whether only the kernel has the last word on a value."""
        if self.kind is Kind.INTEGER:
            return value.between(10**9, 10**10 - 1)
        if self.kind is Kind.FLOAT:  # minus zero, and what is written with an exponent or in letters
            return ~value.abs().between(1e-3, 1e15)
        is_suspect = matches(value, self.pattern, self.dialect)
        return is_suspect | value.lower().isin(self.codes) if self.codes else is_suspect


@lru_cache(256)
def _written(question: Callable[[_About], ir.Table], about_what: _About) -> str:
    return compiled(question(about_what), about_what.dialect)


def _values(asked: _About) -> ir.Table:
    return asked.filled


def _suspects(asked: _About) -> ir.Table:
    filled = asked.filled
    return filled.filter(asked.is_suspect(filled[_VALUE]))


def _groups(asked: _About) -> ir.Table:
    return _grouped(asked, asked.filled)


def _suspect_groups(asked: _About) -> ir.Table:
    return _grouped(asked, _suspects(asked))


def _grouped(asked: _About, filled: ir.Table) -> ir.Table:
    value = filled[_VALUE]
    keys = {_VALUE: value}
    if asked.kind is Kind.FLOAT:
        # Engines take minus zero for zero; only zeros are spelled out to see.
        keys["minus"] = ibis.cases((value != 0, 0), (value.cast("string").startswith("-"), 1), else_=0)
    counts = {"n": filled.count()}
    if asked.has_rows:
        counts["first_row"] = filled[_ROW].min()
    return filled.group_by(**keys).aggregate(**counts)


def _plain(asked: _About) -> ir.Table:
    filled = asked.filled
    value = filled[_VALUE]
    text = value if asked.kind is Kind.TEXT else value.cast("string")
    digest = md5_of(ibis.literal(asked.prefix) + text, asked.dialect).left(HEX_DIGITS)
    key = ibis.cases((asked.is_suspect(value), SUSPECT), (digest < _BOUND, digest), else_=REST)
    keyed = filled.select(key=key, length=text.length())
    lengths = {"shortest": keyed.length.min(), "longest": keyed.length.max()} if asked.kind is Kind.TEXT else {}
    return keyed.group_by("key").aggregate(n=keyed.count(), **lengths)
