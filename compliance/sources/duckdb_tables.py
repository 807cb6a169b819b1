"""Parquet files and DuckDB databases, asked through DuckDB: nothing is written, not even to a temporary file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.errors import SourceError
from compliance.inventory.batch import Piece, Rows
from compliance.inventory.tables.piece import SMALL, Ask, Cells, Kind, StoredColumn, StoredTable
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile
from compliance.sources.partitions import Standing, value_of

if TYPE_CHECKING:
    import duckdb

MEMORY = "100MB"
"""What DuckDB may hold at once. It is never given a folder to spill to: a temporary file would hold personal data."""
THREADS = 1
"""Threads of one job; jobs run side by side."""
ROWS_AT_A_TIME = 2_000
MAGIC = b"PAR1"
_ROW = "file_row_number"
"""Column that DuckDB numbers the rows of a file in; where a file has one of that name, its rows have no numbers."""

_KINDS: Mapping[str, Kind] = {
    "VARCHAR": Kind.TEXT,
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), Kind.INTEGER),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), Kind.INTEGER),
    "DOUBLE": Kind.FLOAT,  # a float of 32 bits is written there as it is not here
    **dict.fromkeys(("BOOLEAN", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "UUID"), Kind.SPELLED),
    **dict.fromkeys(("TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), Kind.SPELLED),
}


def read_parquet(file: SourceFile) -> Iterator[Piece]:
    """Read one file, with the partition columns that its folders are.

    Raises ``SourceError`` when it cannot be read, or has a column that is called like such a folder.
    """
    standing = Standing.of(file.name)
    scan = f"read_parquet({_text(str(file.path))}, hive_partitioning = false"
    with closing(_opened(file, None)) as base:
        held = [str(name) for name, *_ in _asked(file, base, f"DESCRIBE SELECT * FROM {scan})")]  # noqa: S608 - as below
        standing.check(held)
        row = "" if _ROW in map(str.casefold, held) else _ROW  # DuckDB has no other name for it
        constants = "".join(f", {_constant(each)} AS {_quoted(name)}" for name, each in standing.partitions.items())
        relation = f"(SELECT *{constants} FROM {scan}{f', {row} = true' if row else ''}))"  # noqa: S608 - a file and its folders, quoted
        described = _asked(file, base, f"DESCRIBE SELECT * FROM {relation}")  # noqa: S608 - a relation is no parameter
        columns = tuple(_column(name, of) for name, of, *_ in described if name != row)
        ((rows,),) = _asked(file, base, f"SELECT count(*) FROM {relation}")  # noqa: S608 - a relation is no parameter
        yield from _table(
            partial(_ask, file, base), source=standing.source, dataset=standing.dataset, columns=columns, rows=rows,
            row=row, relation=relation,
        )  # fmt: skip


def read_duckdb(file: SourceFile) -> Iterator[Piece]:
    """Read every table of a database; views show what the tables hold and are left out.

    Raises ``SourceError`` when it is in use, damaged, or of a version that this DuckDB does not read.
    """
    with closing(_opened(file, file.path)) as base:
        tables = _asked(
            file,
            base,
            "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE NOT internal UNION ALL "
            "SELECT schema_name, view_name, NULL FROM duckdb_views() WHERE NOT internal ORDER BY 1, 2",
        )
        columns: defaultdict[tuple[object, object], list[StoredColumn]] = defaultdict(list)
        for schema, table, name, of in _asked(
            file,
            base,
            "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal "
            "ORDER BY 1, 2, column_index",
        ):
            columns[schema, table].append(_column(name, of))
        if not tables:
            yield Notice(file.name, "holds no tables")
        for schema, table, rows in tables:
            name = str(table) if schema == "main" else f"{schema}.{table}"
            if rows is None:
                yield Notice(file.name, f"holds the view {name!r}, which was left out: its rows are those of tables")
            else:
                relation = f"{_quoted(str(schema))}.{_quoted(str(table))}"
                yield from _table(
                    partial(_ask, file, base), source=file.name, dataset=name, columns=tuple(columns[schema, table]),
                    rows=rows, row="", relation=relation,
                )  # fmt: skip


def _table(
    ask: Ask, *, source: str, dataset: str, columns: tuple[StoredColumn, ...], rows: object, row: str, relation: str
) -> Iterator[Piece]:
    """Yield the table's rows if they are few, and else the table to be asked; ``rows`` is about how many they are."""
    if int(str(rows)) > SMALL:
        yield StoredTable(
            source=source,
            dataset=dataset,
            columns=columns,
            dialect="duckdb",
            relation=relation,
            row=row,
            rows=int(str(rows)),
            ask=ask,
        )
        return
    names = tuple(column.name for column in columns)
    first_row = 1
    for cells in ask(f"SELECT {', '.join(map(_quoted, names))} FROM {relation}"):  # noqa: S608 - as above
        yield Rows(source=source, dataset=dataset, columns=names, cells=cells, first_row=first_row)
        first_row += len(cells)
    if first_row == 1:
        yield Rows(source=source, dataset=dataset, columns=names, cells=())


def _opened(file: SourceFile, path: Path | None) -> duckdb.DuckDBPyConnection:
    try:
        import duckdb  # noqa: PLC0415 - costs a tenth of a second, and few sources need it
    except ImportError:
        raise file.error(
            "Reading it needs DuckDB.", hint='Install it: pip install "compliance-for-schools[tables]".'
        ) from None
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": "",
        "threads": THREADS,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        base = duckdb.connect(str(path) if path else ":memory:", read_only=path is not None, config=config)
        base.execute("SET TimeZone = 'UTC'")
    except duckdb.Error as error:
        raise _refused(file, error) from None
    return base


def _asked(file: SourceFile, base: duckdb.DuckDBPyConnection, question: str) -> list[tuple[object, ...]]:
    return [tuple(cell) for cells in _ask(file, base, question) for cell in cells]


def _ask(file: SourceFile, base: duckdb.DuckDBPyConnection, question: str) -> Iterator[Cells]:
    import duckdb  # noqa: PLC0415 - as above

    try:
        with base.cursor() as answer:
            answer.execute(question)
            while cells := answer.fetchmany(ROWS_AT_A_TIME):
                yield cells
    except duckdb.Error as error:
        raise _refused(file, error) from None


def _refused(file: SourceFile, error: Exception) -> SourceError:
    """Say why, in our words: DuckDB's may quote what stands in the file."""
    match type(error).__name__:
        case "OutOfMemoryException":
            return file.error(
                f"DuckDB would need more than {MEMORY} of memory for it.", hint="Export it again in smaller files."
            )
        case "IOException" if "lock" in str(error):
            return file.error("Another program has it open.", hint="Wait until it has finished, or give a copy.")
        case "SerializationException" | "FatalException" | "InternalException" | "InvalidInputException":
            return file.error("It is damaged.", hint="Export it again.")
        case _:
            return file.error("DuckDB cannot read it.", hint="Export it again, with a current version of its writer.")


def _column(name: object, of: object) -> StoredColumn:
    return StoredColumn(name=str(name), kind=_kind(str(of)))


def _kind(of: str) -> Kind:
    """Return the kind of a column by the name of its type; JSON, structs, lists and blobs are looked into."""
    if of.startswith("DECIMAL("):
        return Kind.SPELLED
    return _KINDS.get(of, Kind.OPAQUE)


def _constant(folder: str) -> str:
    value = value_of(folder)
    return "NULL" if value is None else _text(value)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
