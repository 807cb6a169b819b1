"""Expressions in the words of one engine. Ibis writes the SQL; nothing here needs an engine's driver."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import ibis
import sqlglot as sg
from ibis.backends.sql import compilers
from ibis.expr import types as ir

STORED = "stored"
"""Name by which expressions call the table that they are about."""

DIALECTS = {
    "bigquery": compilers.BigQueryCompiler,
    "databricks": compilers.DatabricksCompiler,
    "duckdb": compilers.DuckDBCompiler,
    "mysql": compilers.MySQLCompiler,
    "postgres": compilers.PostgresCompiler,
    "pyspark": compilers.PySparkCompiler,
    "snowflake": compilers.SnowflakeCompiler,
    "sqlite": compilers.SQLiteCompiler,
    "trino": compilers.TrinoCompiler,
}

SKETCHING = frozenset({"bigquery", "databricks", "duckdb", "pyspark", "snowflake", "trino"})
"""Engines that estimate how many values differ in one pass and a little memory; the others would sort them all."""

FLOATS_AS_HERE = frozenset({"duckdb"})
"""Engines that write a float as Python does, shortest and with a point, as long as it needs no exponent."""


def compiled(expression: ir.Table, dialect: str, relation: str) -> str:
    """Return the SELECT that asks ``expression`` of ``relation``."""
    if dialect == "pyspark":
        _ = ibis.pyspark  # its options are made when it is first named
    compiler: Any = DIALECTS[dialect]()
    parsed = _parsed(relation, compiler.dialect)
    query = compiler.to_sqlglot(expression).transform(
        lambda node: _aliased(parsed, node) if isinstance(node, sg.exp.Table) and node.name == STORED else node
    )
    return str(query.sql(dialect=compiler.dialect))


@cache
def _parsed(text: str, dialect: Any) -> sg.exp.Expression:  # noqa: ANN401 - a name or a class
    select: Any = sg.parse_one(f"SELECT * FROM {text}", read=dialect)  # noqa: S608 - the relation is SQL
    relation: sg.exp.Expression = select.find(sg.exp.From).this
    return relation


def _aliased(relation: sg.exp.Expression, stored: sg.exp.Table) -> sg.exp.Expression:
    copied = relation.copy()
    copied.set("alias", stored.args.get("alias"))
    return copied


def _builtin(name: str, *takes: str, gives: str) -> Callable[..., Any]:
    """Return a function that every engine that we call it on has."""

    def never_run(*_: Any) -> None:  # noqa: ANN401 - it only lends its name
        raise NotImplementedError

    never_run.__name__ = name
    function: Callable[..., Any] = ibis.udf.scalar.builtin(never_run, name=name, signature=(takes, gives))
    return function


_md5 = _builtin("md5", "string", gives="string")
_md5_bytes = _builtin("md5", "string", gives="binary")
_md5_of_bytes = _builtin("md5", "binary", gives="binary")
_to_hex = _builtin("to_hex", "binary", gives="string")
_to_utf8 = _builtin("to_utf8", "string", gives="binary")
_regexp_instr = _builtin("regexp_instr", "string", "string", gives="int64")


def md5_of(text: ir.StringValue, dialect: str) -> ir.StringValue:
    """Return the MD5 of ``text`` in small hexadecimal digits."""
    match dialect:
        case "bigquery":
            digest = _to_hex(_md5_bytes(text))
        case "trino":
            digest = _to_hex(_md5_of_bytes(_to_utf8(text))).lower()
        case _:
            digest = _md5(text)
    return digest


def matches(text: ir.StringValue, pattern: str, dialect: str) -> ir.BooleanValue:
    """Whether ``pattern`` matches somewhere in ``text``."""
    if dialect == "snowflake":  # its REGEXP_LIKE takes no match behind the end of a line
        return _regexp_instr(text, pattern) > 0
    return text.re_search(pattern)
