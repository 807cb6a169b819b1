"""What is asked of a table, as Ibis expressions over one unbound table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis
from ibis.expr import types as ir

from compliance.inventory.digest import HEX_DIGITS
from compliance.inventory.tables.compiled import FLOATS_AS_HERE, SKETCHING, STORED, compiled, matches, md5_of
from compliance.inventory.tables.piece import SAMPLE, Kind, StoredColumn, StoredTable

_TYPES = {Kind.TEXT: "string", Kind.INTEGER: "int64", Kind.FLOAT: "float64"}
_UNTOUCHED = "date"
"""Type of all other columns, whatever they are: one that Ibis neither casts nor converts on the way out."""
SUSPECT, REST = "s", ""
"""Keys that no digest has."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Questions:
    """The questions of one run to one table, each a SELECT."""

    table: StoredTable
    prefix: str
    """What stands before every value that is digested; nobody may learn it."""
    pattern: str
    codes: Sequence[str]

    @property
    def _stored(self) -> ir.Table:
        schema = {column.name: _TYPES.get(column.kind, _UNTOUCHED) for column in self.table.columns}
        return ibis.table(schema | ({self.table.row: "int64"} if self.table.row else {}), name=STORED)

    def _sql(self, expression: ir.Table) -> str:
        return compiled(expression, self.table.dialect, self.table.relation)

    def overview(self, columns: Iterable[StoredColumn]) -> str:
        """Ask for one row: how many rows, and of each column how many are not null and how many about differ."""
        stored = self._stored
        asked = {"rows": stored.count()}
        for number, column in enumerate(columns):
            asked[f"filled_{number}"] = stored[column.name].count()
            if self.table.dialect in SKETCHING and column.kind is not Kind.OPAQUE:
                asked[f"differ_{number}"] = stored[column.name].approx_nunique()
        return self._sql(stored.aggregate(**asked))

    def sample(self, columns: Iterable[StoredColumn]) -> str:
        """Ask for one row: how many values of each column differ in some rows."""
        stored = self._stored.limit(SAMPLE)
        return self._sql(stored.aggregate(
            **{f"differ_{number}": stored[column.name].nunique() for number, column in enumerate(columns)}
        ))  # fmt: skip

    def groups(self, column: StoredColumn, *, only_suspects: bool = False) -> str:
        """Ask for each different value with how often it stands there, and the first row of it."""
        stored = self._filled(column)
        if only_suspects:
            stored = stored.filter(self._is_suspect(column, stored[column.name]))
        value = stored[column.name]
        keys = {"value": value}
        if column.kind is Kind.FLOAT:
            # Engines take minus zero for zero; only zeros are spelled out to see.
            keys["minus"] = ibis.cases((value != 0, 0), (value.cast("string").startswith("-"), 1), else_=0)
        counts = {"n": stored.count()}
        if self.table.row:
            counts["first_row"] = stored[self.table.row].min()
        return self._sql(stored.group_by(**keys).aggregate(**counts))

    def is_spelled_there(self, column: StoredColumn) -> bool:
        """Whether the engine writes the column's values as Python does, suspects apart."""
        if column.kind is Kind.FLOAT:
            return self.table.dialect in FLOATS_AS_HERE
        return column.kind in {Kind.TEXT, Kind.INTEGER}

    def plain(self, column: StoredColumn, below: int) -> str:
        """Ask for the digests of plain values that are smaller than ``below``, the number of suspects, and the rest.

        Every row of the answer has a key, how many rows of the table fall under it, and, of texts, the shortest and
        the longest length.
        """
        stored = self._filled(column)
        value = stored[column.name]
        text = value if column.kind is Kind.TEXT else value.cast("string")
        digest = md5_of(ibis.literal(self.prefix) + text, self.table.dialect).left(HEX_DIGITS)
        kept = digest < f"{below:0{HEX_DIGITS}x}" if below < 16**HEX_DIGITS else ibis.literal(True)  # noqa: FBT003
        key = ibis.cases((self._is_suspect(column, value), SUSPECT), (kept, digest), else_=REST)
        keyed = stored.select(key=key, length=text.length())
        lengths = {"shortest": keyed.length.min(), "longest": keyed.length.max()} if column.kind is Kind.TEXT else {}
        return self._sql(keyed.group_by("key").aggregate(n=keyed.count(), **lengths))

    def suspects(self, column: StoredColumn) -> str:
        """Ask for every suspect value, one for one, with its row."""
        stored = self._filled(column)
        picked = stored.filter(self._is_suspect(column, stored[column.name]))
        return self._sql(picked.select(column.name, *self._row))

    def values(self, column: StoredColumn) -> str:
        """Ask for every value that is not null, one for one, with its row."""
        return self._sql(self._filled(column).select(column.name, *self._row))

    def cells(self, columns: Sequence[str]) -> str:
        """Ask for these columns of all rows."""
        return self._sql(self._stored.select(*columns))

    @property
    def _row(self) -> tuple[str, ...]:
        return (self.table.row,) if self.table.row else ()

    def _filled(self, column: StoredColumn) -> ir.Table:
        stored = self._stored
        stored = stored.select(column.name, *self._row)
        return stored.filter(stored[column.name].notnull())

    def _is_suspect(self, column: StoredColumn, value: ir.Value) -> ir.BooleanValue:
        if column.kind is Kind.INTEGER:
            return value.between(10**9, 10**10 - 1)
        if column.kind is Kind.FLOAT:  # minus zero, and what is written with an exponent or in letters
            return ~value.abs().between(1e-3, 1e15)
        is_suspect = matches(value, self.pattern, self.table.dialect)
        return is_suspect | value.lower().isin(self.codes) if self.codes else is_suspect
