"""Every kind of source, and the one place that opens a source by its address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from compliance.errors import UsageError
from compliance.integrators.base import Claim, Integrator
from compliance.integrators.plain import Plain
from compliance.integrators.tables import as_meant
from compliance.inventory.batch import Piece
from compliance.model.inventory import Notice
from compliance.sources import avro_records, bundles, spreadsheets, sqlite_store
from compliance.sources.arrow_tables import ARROW_MAGIC, ORC_MAGIC, read_arrow, read_orc
from compliance.sources.avro_records import read_avro
from compliance.sources.base import SourceFile, SourceKind
from compliance.sources.compressed import COMPRESSIONS, unpacked
from compliance.sources.csv_tables import read_csv
from compliance.sources.duckdb_tables import MAGIC as PARQUET_MAGIC
from compliance.sources.duckdb_tables import read_duckdb, read_parquet
from compliance.sources.feed import as_whole
from compliance.sources.folders import local_files, refused, root_of
from compliance.sources.json_documents import LINES, read_json, read_json_lines
from compliance.sources.mongodb import is_mongodb, name_of, read_mongodb
from compliance.sources.partitions import ENDINGS as PARQUET
from compliance.sources.remote import is_remote, remote_files
from compliance.sources.saved_files import begins_saved, is_saved
from compliance.sources.spreadsheets import read_spreadsheet
from compliance.sources.sql_address import is_database, shown, url_of
from compliance.sources.sqlite_store import read_sqlite
from compliance.sources.xml_records import read_xml

SOURCES: tuple[SourceKind, ...] = (
    SourceKind(name="JSON", endings=(".json",), read=read_json),
    SourceKind(name="JSON Lines", endings=LINES, read=read_json_lines),
    SourceKind(name="CSV", endings=(".csv", ".tsv"), read=read_csv),
    SourceKind(name="XML", endings=(".xml", ".ctf"), read=read_xml),
    SourceKind(
        name="spreadsheet", endings=(".xlsx", ".xlsm", ".xls", ".ods"), read=read_spreadsheet,
        magic=(spreadsheets.OLD_MAGIC,),
    ),
    SourceKind(name="Arrow", endings=(".arrow", ".feather", ".ipc"), read=read_arrow, magic=(ARROW_MAGIC,)),
    SourceKind(name="ORC", endings=(".orc",), read=read_orc, magic=(ORC_MAGIC,)),
    SourceKind(name="Avro", endings=(".avro",), read=read_avro, magic=(avro_records.MAGIC,)),
    SourceKind(
        name="SQLite", endings=(".db", ".sqlite", ".sqlite3"), read=read_sqlite, magic=(sqlite_store.MAGIC,),
        needs_path=True,
    ),
    SourceKind(
        name="Parquet", endings=PARQUET, read=read_parquet, magic=(PARQUET_MAGIC,), needs_path=True
    ),
    SourceKind(name="DuckDB", endings=(".duckdb",), read=read_duckdb, needs_path=True),
)  # fmt: skip

_ENDINGS = " ".join(
    (
        *chain.from_iterable(kind.endings for kind in SOURCES),
        bundles.ENDING,
        *(compression.ending for compression in COMPRESSIONS),
    )
)
_HEAD = max(len(magic) for kind in SOURCES for magic in (*kind.magic, *bundles.MAGIC))
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"
"""Byte-order marks and blanks: a file of these alone is empty."""
_PIECE = 64 * 1024


def read_source(address: str, *, integrator: Integrator | None, encoding: str | None = None) -> Iterator[Piece]:
    """Read everything at ``address``: a file, a folder with all that is in it, an object store, a database.

    ``integrator`` gives meaning to documents; without one they are plain records. ``encoding`` is that of text
    without a byte-order mark; without one it is UTF-8. Display names are relative to the address's parent.
    Raises ``SourceError`` when there is nothing that can be read, and ``UsageError`` for an unknown encoding or an
    address of a kind that is not read.
    """
    check_encoding(encoding)
    integrator = integrator or Plain()
    if is_elsewhere(address):
        yield from as_whole(read_elsewhere(address, integrator, encoding), display_name(address))
        return
    root = root_of(address)
    try:
        yield from as_whole(_pieces(local_files(root, integrator, encoding)), root.name)
    except OSError as error:
        raise refused(error, root) from None


def is_elsewhere(address: str) -> bool:
    """Whether an address is that of a database, an object store or the inside of a zip, and no path of this machine."""
    return bundles.is_inside(address) or is_database(address) or is_mongodb(address) or is_remote(address)


def read_elsewhere(address: str, integrator: Integrator, encoding: str | None) -> Iterator[Piece | Claim]:
    """Read all that stands in a database or an object store. Raises ``SourceError`` when it cannot be read."""
    if bundles.is_inside(address):
        yield from _pieces(map(_not_saved, bundles.files_inside(address, integrator, encoding)))
    elif is_mongodb(address):
        yield from read_mongodb(address)
    elif is_database(address):
        url_of(address)  # says what is wrong with it, or missing here, before anything else needs SQLAlchemy
        from compliance.sources.sql_database import read_database  # noqa: PLC0415 - SQLAlchemy takes its time to import

        yield from read_database(address)
    else:
        yield from _pieces(remote_files(address, integrator, encoding))


def _not_saved(file: SourceFile) -> SourceFile:
    with file.open() as stream:
        if begins_saved(stream.read(bundles.PEEK)):
            raise file.error("A saved inventory inside a zip is not read.", hint="Unpack the zip, and give the folder.")
    return file


def display_name(address: str) -> str:
    """Return what an address is called where it is spoken of as a whole."""
    if bundles.is_inside(address):
        return address.rpartition("/")[2]
    if is_mongodb(address):
        return name_of(address)
    if is_database(address):
        return shown(url_of(address))
    return address.rstrip("/").rpartition("/")[2] if is_remote(address) else root_of(address).name


def read_file(file: SourceFile) -> Iterator[Piece | Claim]:
    """Read one file, whatever it is, and all that a bundle holds.

    Raises ``SourceError`` when it cannot be read; what is of no known kind, or empty, becomes a notice.
    """
    if file.path and is_saved(file.path):
        yield Notice(file.name, "is a saved inventory, not data: `compliance merge` adds these up")
        return
    file = unpacked(file)
    with file.open() as stream:
        head = stream.read(_HEAD)
    kind = _kind(file, head)
    if kind is None and bundles.is_bundle(head):
        yield from _pieces(bundles.members(file))
    elif kind is None and file.ending == bundles.ENDING and head:
        raise file.error("It is damaged, or no zip file.", hint="Fetch or export it again.")
    elif kind is None:
        yield Notice(file.name, f"was not read: files that can be read end in {_ENDINGS}")
    elif _is_blank(file):
        yield Notice(file.name, "is empty")
    elif kind.needs_path and not file.path:
        raise file.error(
            f"{kind.name} can only be read where it stands on this machine, not compressed and not from elsewhere.",
            hint="Download and unpack it first, and give its path.",
        )
    else:
        yield from as_meant(file.integrator.tables, kind.read(file))


def _pieces(files: Iterator[SourceFile | Notice] | Iterator[SourceFile]) -> Iterator[Piece | Claim]:
    for file in files:
        if isinstance(file, Notice):
            yield file
        else:
            yield from read_file(file)


def _kind(file: SourceFile, head: bytes) -> SourceKind | None:
    """Tell a file's kind by its first bytes, then by its ending; None when no kind is known."""
    by_magic = (kind for kind in SOURCES if kind.magic and head.startswith(kind.magic))
    by_ending = (kind for kind in SOURCES if file.ending in kind.endings)
    return next(by_magic, None) or next(by_ending, None)


def _is_blank(file: SourceFile) -> bool:
    with file.open() as stream:
        return all(not piece.strip(_BLANK) for piece in iter(lambda: stream.read(_PIECE), b""))


def check_encoding(encoding: str | None) -> None:
    """Raise ``UsageError`` for an encoding that nobody knows."""
    try:
        " ".encode(encoding or "utf-8")
    except LookupError:
        raise UsageError(
            f"There is no encoding {encoding!r}.", hint="Known are, for example, utf-8, utf-16 and cp1252."
        ) from None
