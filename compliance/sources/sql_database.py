"""Databases by address: every table, one at a time, each on a connection of its own that can only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql

from compliance.errors import SourceError
from compliance.inventory.batch import Piece, Rows
from compliance.inventory.tables.piece import SMALL, Kind, StoredColumn, StoredTable
from compliance.model.inventory import Notice
from compliance.sources.sql_address import shown, url_of
from compliance.sources.sql_session import asking, engine_of, family, refused, session

DIALECTS = {
    "bigquery": "bigquery",
    "databricks": "databricks",
    "mariadb": "mysql",
    "mysql": "mysql",
    "postgresql": "postgres",
    "snowflake": "snowflake",
    "trino": "trino",
}
"""Databases whose large tables are asked, and whose SQL they understand; those of all others are read row by row."""
_NO_PAD = {"mysql": "utf8mb4_0900_bin", "mariadb": "utf8mb4_nopad_bin"}
"""Collations that tell apart all texts that differ, also by capitals and by blanks at the end."""
_SYSTEM = ("information_schema", "pg_")

_PARTITIONS = """
SELECT n.nspname, c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
"""
"""Tables of PostgreSQL whose rows stand in another table too."""


def read_database(address: str) -> Iterator[Piece]:
    """Read every table at ``address``; views show what the tables hold and are left out, system tables too.

    A table that cannot be read is told, and the others are read. Raises ``UsageError`` for an address that cannot
    be, and ``SourceError`` when the database cannot be reached.
    """
    url = url_of(address)
    name = shown(url)
    engine = engine_of(url)
    with session(engine, name) as connection, refused(name):
        inspector = sa.inspect(connection)
        found = list(_tables(connection, inspector))
        home = inspector.default_schema_name
    if not found:
        yield Notice(name, "holds no tables")
    for schema, table, is_view in found:
        dataset = table if schema == home else f"{schema}.{table}"
        if is_view:
            yield Notice(name, f"holds the view {dataset!r}, which was left out: its rows are those of tables")
            continue
        try:
            with session(engine, name) as connection:
                yield from _table(connection, schema, table, name=name, dataset=dataset)
        except SourceError as error:
            yield Notice(name, f"holds the table {dataset!r}, which was not read to its end: {error.reason}", dataset)


def _tables(connection: sa.Connection, inspector: sa.Inspector) -> Iterator[tuple[str | None, str, bool]]:
    """Yield schema, name, and whether it is a view, of all that stands in the database."""
    backend = family(connection.engine)
    schemas: list[str | None] = [inspector.default_schema_name]
    parts: set[tuple[str, str]] = set()
    if backend == "postgresql":
        schemas = [each for each in sorted(inspector.get_schema_names()) if not each.startswith(_SYSTEM)]
        parts = {(schema, table) for schema, table in connection.exec_driver_sql(_PARTITIONS)}
    for schema in schemas:
        for table in sorted(inspector.get_table_names(schema)):
            if (schema, table) not in parts:
                yield schema, table, False
        views = {*inspector.get_view_names(schema)}
        if backend == "postgresql":
            views |= {*inspector.get_materialized_view_names(schema)}
        for view in sorted(views):
            yield schema, view, True


def _table(connection: sa.Connection, schema: str | None, table: str, *, name: str, dataset: str) -> Iterator[Piece]:
    """Yield the table's rows if they are few or its database can only be read, and else the table to be asked."""
    backend, quote = family(connection.engine), _quoting(connection)
    with refused(name):
        described = sa.inspect(connection).get_columns(table, schema)
    names = tuple(str(column["name"]) for column in described)
    plain = f"{quote(schema)}.{quote(table)}" if schema else quote(table)
    if backend in DIALECTS and _is_large(connection, plain, name):
        yield StoredTable(
            source=name,
            dataset=dataset,
            columns=tuple(StoredColumn(name=each["name"], kind=_kind(each["type"], backend)) for each in described),
            dialect=DIALECTS[backend],
            relation=_told_apart(plain, described, backend, quote),
            ask=lambda question: asking(connection, name, question),
        )
        return
    first_row = 1
    question = f"SELECT {', '.join(map(quote, names))} FROM {plain}"  # noqa: S608 - names are quoted
    for cells in asking(connection, name, question):
        yield Rows(source=name, dataset=dataset, columns=names, cells=cells, first_row=first_row)
        first_row += len(cells)
    if first_row == 1:
        yield Rows(source=name, dataset=dataset, columns=names, cells=())


def _quoting(connection: sa.Connection) -> Callable[[str], str]:
    """Return what quotes a name. SQLAlchemy's own doubles every percent sign, for parameters that we never have."""
    marks = connection.dialect.identifier_preparer
    opening, closing = marks.initial_quote, marks.final_quote
    return lambda name: f"{opening}{name.replace(closing, closing * 2)}{closing}"


def _is_large(connection: sa.Connection, table: str, name: str) -> bool:
    """Whether it has more rows than are read whole, found out without counting the others."""
    question = f"SELECT count(*) FROM (SELECT 1 AS one FROM {table} LIMIT {SMALL + 1}) AS few"  # noqa: S608 - quoted
    ((count,),) = [row for cells in asking(connection, name, question) for row in cells]
    return int(str(count)) > SMALL


def _told_apart(table: str, described: Any, backend: str, quote: Callable[[str], str]) -> str:  # noqa: ANN401 - SQLAlchemy's
    """Return what stands behind FROM. MySQL takes texts for equal that are not, unless it is told otherwise."""
    if backend not in _NO_PAD:
        return table
    columns = (
        f"CONVERT({quote(each['name'])} USING utf8mb4) COLLATE {_NO_PAD[backend]} AS {quote(each['name'])}"
        if _kind(each["type"], backend) is Kind.TEXT
        else quote(each["name"])
        for each in described
    )
    return f"(SELECT {', '.join(columns)} FROM {table})"  # noqa: S608 - names are quoted


def _kind(of: Any, backend: str) -> Kind:  # noqa: ANN401 - SQLAlchemy's types are generic in many ways
    """Return what may be left to the database of a column of this type; what is not known is looked into here."""
    match of:
        case sa.JSON() | postgresql.CITEXT() | mysql.SET():
            return Kind.OPAQUE
        case sa.CHAR() if backend == "postgresql":  # it ignores blanks at the end, Python does not
            return Kind.OPAQUE
        case sa.Enum() | sa.Boolean() | sa.Uuid() | sa.Date() | sa.DateTime() | sa.Time():
            return Kind.SPELLED
        case sa.String():
            return Kind.TEXT
        case sa.Integer():
            return Kind.INTEGER
        case sa.Float():
            return Kind.FLOAT
        case sa.Numeric() if of.scale is not None:
            return Kind.SPELLED
        case _:
            return Kind.OPAQUE
