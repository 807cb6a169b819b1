"""SQLite: every table of a database, opened so that it can only be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from compliance.errors import SourceError
from compliance.integrators.batches import Row, batches
from compliance.inventory.batch import Batch
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile

MAGIC = b"SQLite format 3\0"
_HEAD, _MODE, _WRITE_AHEAD = 100, 19, b"\2"
"""Bytes of the header; which of them says how to read it; what it says in write-ahead mode. Source: SQLite's
description of its file format, section 1.3.3."""
PATIENCE = 2.0
"""Seconds to wait for another program's lock."""


def read_sqlite(file: SourceFile) -> Iterator[Batch | Notice]:
    """Read every table, of an empty one its columns; views show what the tables hold and are left out.

    Raises ``SourceError`` when it is locked, damaged or no database.
    """
    if file.path is None:
        raise file.error("It has no place on this machine.", hint="Download and unpack it first, and give its path.")
    try:
        with closing(sqlite3.connect(_address(file.path), uri=True, timeout=PATIENCE)) as base:
            base.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
            tables = _tables(base)
            if not tables:
                yield Notice(file.name, "holds no tables")
            for name, kind in tables:
                if kind == "view":
                    yield Notice(
                        file.name, f"holds the view {name!r}, which was left out: its rows are those of tables"
                    )
                else:
                    yield from _readable(file, base, name)
    except (sqlite3.Error, UnicodeError) as error:
        raise _unreadable(file, error) from None


def _address(path: Path) -> str:
    """Return the address that opens a database so that nothing is written, not even beside it.

    SQLite leaves two files beside a database in write-ahead mode, unless it is told that nobody writes to it.
    """
    with path.open("rb") as stream:
        is_ahead = stream.read(_HEAD)[_MODE : _MODE + 1] == _WRITE_AHEAD
    log = path.with_name(f"{path.name}-wal")
    is_quiet = is_ahead and not (log.exists() and log.stat().st_size)
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_quiet else ''}"


def _readable(file: SourceFile, base: sqlite3.Connection, name: str) -> Iterator[Batch | Notice]:
    """Read a table; one that needs a module of its own app is told instead."""
    try:
        yield from _table(file, base, name)
    except sqlite3.OperationalError as error:
        if "no such module" not in str(error):
            raise
        yield Notice(file.name, f"holds the table {name!r} of a kind that SQLite alone cannot read", name)


def _tables(base: sqlite3.Connection) -> list[tuple[str, str]]:
    return base.execute(
        r"SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') "
        r"AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name"
    ).fetchall()


def _table(file: SourceFile, base: sqlite3.Connection, name: str) -> Iterator[Batch]:
    quoted = name.replace('"', '""')
    with closing(base.execute(f'SELECT * FROM "{quoted}"')) as rows:  # noqa: S608 - a table's name is no parameter
        columns = tuple(column[0] for column in rows.description)
        yield from batches(file.name, _records(name, columns, rows), columns=columns)


def _records(table: str, columns: tuple[str, ...], rows: sqlite3.Cursor) -> Iterator[Row]:
    yield Row(table)
    for row in rows:
        yield Row(table, dict(zip(columns, row, strict=True)))


def _unreadable(file: SourceFile, error: Exception) -> SourceError:
    match getattr(error, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return file.error(
                "Another program is writing to it.", hint="Wait until it has finished, or give a copy of the file."
            )
        case ["SQLITE", "NOTADB"]:
            return file.error("It is not an SQLite database, or it is encrypted.", hint="Give an unencrypted copy.")
        case ["SQLITE", "CORRUPT"]:
            return file.error("The database is damaged.", hint="Give a copy that `PRAGMA integrity_check` accepts.")
        case _:
            return file.error("SQLite cannot read it.", hint="Give a copy, made with `VACUUM INTO`.")
