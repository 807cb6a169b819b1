"""Database servers that live for one test session, on a socket or a port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs. ``owner`` may do everything, ``reader`` only what it was granted."""

    owner: str
    reader: str


@contextmanager
def postgres() -> Iterator[Server]:
    """Start PostgreSQL (Debian: postgresql)."""
    if not POSTGRES:
        _lacking("PostgreSQL (apt-get install postgresql)")
    with _folder("postgres") as (folder, run_as):
        port = _free_port()
        binaries = POSTGRES[-1]
        create: list[str | Path] = [binaries / "initdb", "-D", folder / "data", "-U", "owner", "-A", "trust"]
        _run([*run_as, *create, "-E", "UTF8", "--locale=C.UTF-8"])
        server: list[str | Path] = [
            binaries / "postgres",
            "-D",
            folder / "data",
            "-p",
            str(port),
            "-k",
            folder,
            "-h",
            "127.0.0.1",
            "-F",
        ]
        is_ready: list[str | Path] = [binaries / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
        with _running([*run_as, *server]):
            _until(lambda: _runs(is_ready))
            psql: list[str | Path] = [
                binaries / "psql",
                "-h",
                "127.0.0.1",
                "-p",
                str(port),
                "-U",
                "owner",
                "-d",
                "postgres",
                "-c",
            ]
            _run([*psql, "CREATE ROLE reader LOGIN"])
            where = f"127.0.0.1:{port}/postgres"
            yield Server(owner=f"postgresql://owner@{where}", reader=f"postgresql://reader@{where}")


@contextmanager
def mariadb() -> Iterator[Server]:
    """Start MariaDB (Debian: mariadb-server)."""
    if not shutil.which("mariadbd"):
        _lacking("MariaDB (apt-get install mariadb-server)")
    with _folder("mysql") as (folder, run_as):
        port = _free_port()
        data = f"--datadir={folder / 'data'}"
        _run([*run_as, "mariadb-install-db", "--no-defaults", data, "--auth-root-authentication-method=normal"])
        users = folder / "users.sql"
        users.write_text(
            "CREATE USER owner@'127.0.0.1';\nGRANT ALL ON *.* TO owner@'127.0.0.1' WITH GRANT OPTION;\n"
            "CREATE USER reader@'127.0.0.1';\nCREATE DATABASE school CHARACTER SET utf8mb4;\n",
            encoding="utf-8",
        )
        users.chmod(0o644)
        server = ["mariadbd", "--no-defaults", data, f"--port={port}", "--bind-address=127.0.0.1",
                  "--skip-name-resolve", f"--socket={folder / 's'}",
                  f"--init-file={users}", f"--pid-file={folder / 'pid'}"]  # fmt: skip
        with _running([*run_as, *server]):
            _until(lambda: _answers(port))
            where = f"127.0.0.1:{port}/school"
            yield Server(owner=f"mariadb://owner@{where}", reader=f"mariadb://reader@{where}")


def _lacking(what: str) -> None:
    message = f"{what} is not installed"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def _folder(user: str) -> Iterator[tuple[Path, list[str]]]:
    """Make a folder for a server, and say how to run as somebody who may not do everything: servers insist on it."""
    with tempfile.TemporaryDirectory(prefix="compliance-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid():
            yield folder, []
            return
        shutil.chown(folder, user)
        yield folder, ["runuser", "-u", user, "--"]


@contextmanager
def _running(command: Sequence[str | Path]) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own
        try:
            yield
        finally:
            process.terminate()
            process.wait(SECONDS)


def _run(command: Sequence[str | Path]) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own


def _runs(command: Sequence[str | Path]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - our own


def _answers(port: int) -> bool:
    import pymysql  # noqa: PLC0415 - only this server needs it

    try:
        pymysql.connect(host="127.0.0.1", port=port, user="reader").close()
    except pymysql.Error:
        return False
    return True


def _until(is_ready: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_ready():
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
