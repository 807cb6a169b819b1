"""One connection to a database that only reads, waits for nobody and gives up in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from compliance.errors import Place, SourceError
from compliance.inventory.tables.piece import Cells

STATEMENT_SECONDS = 900
"""How long one question may take."""
LOCK_SECONDS = 5
"""How long a question may wait for somebody who changes a table."""
CONNECT_SECONDS = 10
ROWS_AT_A_TIME = 2_000

_SETTINGS = {
    "postgresql": (
        f"SET statement_timeout = '{STATEMENT_SECONDS}s'",
        f"SET lock_timeout = '{LOCK_SECONDS}s'",
        "SET TIME ZONE 'UTC'",
    ),
    "mysql": (
        f"SET SESSION max_execution_time = {STATEMENT_SECONDS * 1000}",
        f"SET SESSION lock_wait_timeout = {LOCK_SECONDS}",
        "SET SESSION time_zone = '+00:00'",
    ),
    "mariadb": (
        f"SET SESSION max_statement_time = {STATEMENT_SECONDS}",
        f"SET SESSION lock_wait_timeout = {LOCK_SECONDS}",
        "SET SESSION time_zone = '+00:00'",
    ),
}
_SNAPSHOTS: Mapping[str, Mapping[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    "mysql": {"isolation_level": "REPEATABLE READ"},
    "mariadb": {"isolation_level": "REPEATABLE READ"},
}
"""What makes every question about one table see the same rows, and nothing change them."""
_SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
"""Says so to MySQL and MariaDB, whose driver has no word for it."""

_STREAMED: Mapping[str, Any] = {"stream_results": True, "max_row_buffer": ROWS_AT_A_TIME, "no_parameters": True}

_REASONS = {
    "permission": ("the user may not read it", "Grant the user SELECT on it."),
    "time": (f"a question took longer than {STATEMENT_SECONDS} seconds", "Try again when fewer people work."),
    "lock": ("another program is changing it", "Wait until that program has finished."),
    "gone": ("the connection was lost", "Check that the database runs, then try again."),
    "login": (
        "the database cannot be reached, or it refused the log-in",
        "Check host, user and database, and where the password is kept.",
    ),
    "other": ("the database refused a question", "Check that the user may read it, and try again."),
}
_CODES = {
    "42501": "permission", "1142": "permission", "1143": "permission", "1044": "permission",
    "57014": "time", "3024": "time", "1969": "time",
    "55P03": "lock", "1205": "lock",
    "57P01": "gone", "2006": "gone", "2013": "gone",
    "28P01": "login", "28000": "login", "3D000": "login", "1045": "login", "1049": "login", "1698": "login",
}  # fmt: skip
"""SQLSTATE codes of PostgreSQL and error numbers of MySQL and MariaDB (1969 is MariaDB's 3024)."""


def engine_of(url: sa.URL) -> sa.Engine:
    """Return what connects to ``url``, a fresh connection each time.

    Raises ``SourceError`` when its driver is not installed.
    """
    options: dict[str, Any] = {"poolclass": sa.NullPool}
    match url.get_backend_name():
        case "postgresql":
            # A JSON column is looked into by the kernel, as in every other source.
            options |= {"json_deserializer": _as_text, "connect_args": {"connect_timeout": CONNECT_SECONDS}}
        case "mysql" | "mariadb":
            own = Path("~/.my.cnf").expanduser()
            options["connect_args"] = {"connect_timeout": CONNECT_SECONDS, "charset": "utf8mb4"} | (
                {"read_default_file": str(own)} if own.is_file() else {}
            )
    try:
        return sa.create_engine(url, **options)
    except (ImportError, exc.NoSuchModuleError):
        raise SourceError(
            f"The driver for {url.drivername} is not installed.",
            hint="Install it beside this program; docs/sources/databases.md names the package.",
        ) from None


@contextmanager
def session(engine: sa.Engine, name: str) -> Iterator[sa.Connection]:
    """Open a connection for as long as one table is asked; ``name`` is what the database is called.

    Raises ``SourceError`` when there is none to be had.
    """
    with refused(name), engine.connect() as connection:
        backend = family(engine)  # known once connected
        connection.execution_options(**_SNAPSHOTS.get(backend, {}))
        for setting in _SETTINGS.get(backend, ()):
            connection.exec_driver_sql(setting)
        if backend in {"mysql", "mariadb"}:
            connection.exec_driver_sql(_SNAPSHOT)
        yield connection


def asking(connection: sa.Connection, name: str, question: str) -> Iterator[Cells]:
    """Ask one question and stream the answer."""
    with refused(name):
        answer = connection.exec_driver_sql(question, execution_options=_STREAMED)
        with closing(answer):
            yield from answer.partitions(ROWS_AT_A_TIME)


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Turn a driver's error into ours: its own words may quote what stands in the table."""
    try:
        yield
    except exc.DBAPIError as error:
        reason = "gone" if error.connection_invalidated else _CODES.get(_code(error.orig), "")
        if not reason:
            reason = "login" if isinstance(error, exc.OperationalError) and not error.statement else "other"
        what, hint = _REASONS[reason]
    except (exc.SQLAlchemyError, OSError, UnicodeError):
        what, hint = _REASONS["other"]
    else:
        return
    raise SourceError(f"{what[0].upper()}{what[1:]}.", hint=hint, place=Place(name)) from None


def _code(error: BaseException | None) -> str:
    """Return what the driver calls the error by: a SQLSTATE or a number."""
    state = getattr(error, "sqlstate", None)
    if state:
        return str(state)
    number = error.args[0] if error and error.args else ""
    return str(number) if isinstance(number, int) else ""


def family(engine: sa.Engine) -> str:
    """Return the database's family; MariaDB is one of its own, even where it is addressed as MySQL."""
    return "mariadb" if getattr(engine.dialect, "is_mariadb", False) else engine.dialect.name


def _as_text(raw: bytes | str) -> str:
    return raw.decode() if isinstance(raw, bytes) else raw
