"""Addresses of databases: which there are, what may stand in one, and how it is shown."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from compliance.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

PASSWORD = "COMPLIANCE_DB_PASSWORD"  # noqa: S105 - the name of a variable
"""Environment variable that holds the password, for drivers that have no place of their own for it."""

DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
    "mssql": "mssql+pyodbc",
    "oracle": "oracle+oracledb",
}
"""The driver of an address that names none."""
OTHERS = frozenset({"bigquery", "cockroachdb", "databricks", "redshift", "snowflake", "teradatasql", "trino"})
"""Databases whose package brings its own driver."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9]*)(\+[A-Za-z0-9_]+)?://")
_SECRETS = ("password", "passwd", "pwd", "token", "private_key", "access_token", "sslpassword")


def is_database(address: str) -> bool:
    """Whether it is the address of a database: ``postgresql://…``, or any that names a driver (``db2+ibm_db://…``)."""
    match = _SCHEME.match(address)
    return bool(match and (match[2] or match[1].casefold() in {*DRIVERS, *OTHERS}))


def url_of(address: str) -> URL:
    """Read an address, with its driver and the password that the environment holds.

    Raises ``UsageError`` when it is none, or holds a secret: command lines are seen by others and kept.
    """
    try:
        from sqlalchemy.engine import make_url  # noqa: PLC0415 - few runs ask a database
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415 - likewise
    except ImportError:
        raise UsageError(
            "Asking a database needs SQLAlchemy.", hint='Install it: pip install "compliance-for-schools[sql]".'
        ) from None
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise UsageError(
            "The address of a database cannot be read.", hint="Write it as postgresql://user@host:5432/database."
        ) from None
    if url.password is not None or any(name.casefold() in _SECRETS for name in url.query):
        raise UsageError(
            "The address of a database holds a password.",
            hint=f"Take it out, and put it into the variable {PASSWORD} or the driver's own file (~/.pgpass, "
            "~/.my.cnf).",
        )
    url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
    return url.set(password=os.environ.get(PASSWORD)) if os.environ.get(PASSWORD) else url


def shown(url: URL) -> str:
    """Return what may be printed of it: neither user nor password nor options."""
    return url.create(url.get_backend_name(), host=url.host, port=url.port, database=url.database).render_as_string()
