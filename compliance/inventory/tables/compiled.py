"""Expressions in the words of one engine. Ibis writes the SQL; nothing here needs an engine's driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import sqlglot as sg
from ibis.backends.sql import compilers
from ibis.expr import types as ir

STORED = "stored_table"
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

IN_THIS_PROCESS = frozenset({"duckdb"})
"""Engines that read a table in the memory of this process, and each column by itself."""

FLOATS_AS_HERE = frozenset({"duckdb"})
"""Engines that write a float as Python does, shortest and with a point, as long as it needs no exponent."""


def compiled(expression: ir.Table, dialect: str) -> str:
    """Return the SELECT that asks ``expression``; ``STORED`` stands in it where the table belongs."""
    if dialect == "pyspark":
        _ = ibis.pyspark  # its options are made when it is first named
    compiler: Any = DIALECTS[dialect]()
    return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect))


def about(select: str, dialect: str, relation: str) -> str:
    """Return the SELECT with ``relation`` in the place of ``STORED``."""
    return select.replace(quoted(STORED, dialect), relation)


def quoted(name: str, dialect: str) -> str:
    """Return a name as the engine quotes it."""
    return str(sg.to_identifier(name, quoted=True).sql(dialect=DIALECTS[dialect].dialect))


def _builtin(name: str, takes: str = "string", gives: str = "string") -> Callable[..., Any]:
    """Return a function of one argument that every engine that we call it on has."""

    def never_run(_: Any) -> None:  # noqa: ANN401 - it only lends its name
        raise NotImplementedError

    return _named(never_run, name, (takes,), gives)


def _named(never_run: Callable[..., None], name: str, takes: tuple[str, ...], gives: str) -> Callable[..., Any]:
    never_run.__name__ = name
    function: Callable[..., Any] = ibis.udf.scalar.builtin(never_run, name=name, signature=(takes, gives))
    return function


def _never_searched(_text: Any, _pattern: Any) -> None:  # noqa: ANN401 - as above
    raise NotImplementedError


_md5 = _builtin("md5")
_md5_bytes = _builtin("md5", gives="binary")
_md5_of_bytes = _builtin("md5", takes="binary", gives="binary")
_to_hex = _builtin("to_hex", takes="binary")
_to_utf8 = _builtin("to_utf8", gives="binary")
_regexp_instr = _named(_never_searched, "regexp_instr", ("string", "string"), "int64")


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
