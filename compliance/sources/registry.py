"""Every kind of source, and the one place that opens a source by its address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from compliance.errors import Place, SourceError, UsageError
from compliance.integrators.base import Integrator, Page
from compliance.integrators.plain import Plain
from compliance.inventory.batch import Piece
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile, SourceKind
from compliance.sources.csv_tables import read_csv
from compliance.sources.duckdb_tables import MAGIC as PARQUET_MAGIC
from compliance.sources.duckdb_tables import read_duckdb, read_parquet
from compliance.sources.feed import as_whole
from compliance.sources.json_documents import read_json, read_json_lines
from compliance.sources.sql_address import is_database, shown, url_of
from compliance.sources.sqlite_store import MAGIC, read_sqlite

SOURCES: tuple[SourceKind, ...] = (
    SourceKind(name="JSON", endings=(".json",), read=read_json),
    SourceKind(name="JSON Lines", endings=(".jsonl", ".ndjson"), read=read_json_lines),
    SourceKind(name="CSV", endings=(".csv", ".tsv"), read=read_csv),
    SourceKind(name="SQLite", endings=(".db", ".sqlite", ".sqlite3"), read=read_sqlite, magic=MAGIC),
    SourceKind(name="Parquet", endings=(".parquet", ".pq"), read=read_parquet, magic=PARQUET_MAGIC),
    SourceKind(name="DuckDB", endings=(".duckdb",), read=read_duckdb),
)

_ENDINGS = " ".join(ending for kind in SOURCES for ending in kind.endings)
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"
"""Byte-order marks and blanks: a file of these alone is empty."""
_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database: parts of it, read with it."""
_PIECE = 64 * 1024


def read_source(address: str, *, integrator: Integrator | None, encoding: str | None = None) -> Iterator[Piece]:
    """Read everything at ``address``: a file, a folder with all that is in it, or a database.

    ``integrator`` gives meaning to documents; without one they are plain records. ``encoding`` is that of text
    without a byte-order mark; without one it is UTF-8. Display names are relative to the address's parent.
    Raises ``SourceError`` when there is nothing that can be read, and ``UsageError`` for an unknown encoding.
    """
    _check(encoding)
    if is_database(address):
        from compliance.sources.sql_database import read_database  # noqa: PLC0415 - SQLAlchemy costs a fifth of a second

        yield from as_whole(read_database(address), shown(url_of(address)))
        return
    root = Path(os.path.abspath(address))  # noqa: PTH100 - resolve() would follow links, and the name is the user's
    try:
        if not address or not root.exists():
            raise SourceError("There is no such file or folder.", hint="Check its spelling.", place=Place(address))
        yield from as_whole(_pieces(root, integrator or Plain(), encoding), root.name)
    except OSError as error:
        raise _refused(error, root) from None


def _pieces(root: Path, integrator: Integrator, encoding: str | None) -> Iterator[Piece | Page]:
    for path in _files(root):
        file = SourceFile(path=path, name=_name(path, root), integrator=integrator, encoding=encoding)
        kind = _kind(path)
        if kind is None:
            yield Notice(file.name, f"was not read: files that can be read end in {_ENDINGS}")
        elif _is_blank(path):
            yield Notice(file.name, "is empty")
        else:
            yield from kind.read(file)


def _files(path: Path) -> Iterator[Path]:
    """Yield every file in order, but for hidden ones; links to folders are not followed, they may lead in circles."""
    if not path.is_dir():
        yield path
        return
    for entry in sorted(path.iterdir()):
        if entry.name.startswith(".") or entry.name.endswith(_BESIDE):
            continue
        if entry.is_symlink() and entry.is_dir():
            yield entry
        else:
            yield from _files(entry)


def _kind(path: Path) -> SourceKind | None:
    """Tell a file's kind by its first bytes, then by its ending; None when no kind is known, or it is no file."""
    if not path.is_file():
        return None
    ending = path.suffix.casefold()
    with path.open("rb") as stream:
        head = stream.read(max(len(kind.magic) for kind in SOURCES))
    by_magic = (kind for kind in SOURCES if kind.magic and head.startswith(kind.magic))
    by_ending = (kind for kind in SOURCES if ending in kind.endings)
    return next(by_magic, None) or next(by_ending, None)


def _is_blank(path: Path) -> bool:
    with path.open("rb") as stream:
        return all(not piece.strip(_BLANK) for piece in iter(lambda: stream.read(_PIECE), b""))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root.parent).as_posix()


def _check(encoding: str | None) -> None:
    try:
        " ".encode(encoding or "utf-8")
    except LookupError:
        raise UsageError(
            f"There is no encoding {encoding!r}.", hint="Known are, for example, utf-8, utf-16 and cp1252."
        ) from None


def _refused(error: OSError, root: Path) -> SourceError:
    path = Path(error.filename) if error.filename else root
    name = _name(path, root) if path.is_relative_to(root.parent) else root.name
    reason = error.strerror or "the system refused"
    return SourceError(
        f"It cannot be read: {reason}.", hint="Check that you may read it and that it is not in use.", place=Place(name)
    )
