"""One table in every format that is asked rather than read: one inventory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import md5
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from compliance.errors import SourceError
from compliance.inventory.batch import Rows
from compliance.inventory.tables.piece import Cells, Kind, StoredColumn, StoredTable
from compliance.model.inventory import Inventory
from compliance.model.paths import FieldPath
from compliance.sources.registry import read_source
from tests.tables import invented
from tests.tables.servers import Server
from tests.tables.taking import taken, without_rows

NAMES = tuple(invented.COLUMNS)


@pytest.fixture(name="rows", scope="module")
def _rows() -> list[tuple[Any, ...]]:
    return list(invented.rows())


@pytest.fixture(name="by_records", scope="module")
def _by_records(rows: list[tuple[Any, ...]]) -> Inventory:
    """Return the inventory that the records kernel takes, to which all others are held."""
    return taken([Rows(source="s", dataset="pupil", columns=NAMES, cells=rows)])


@pytest.fixture(name="arrow", scope="module")
def _arrow(rows: list[tuple[Any, ...]]) -> pa.Table:
    schema = pa.schema([
        ("id", pa.int64()), ("name", pa.string()), ("note", pa.string()), ("ethnicity", pa.string()),
        ("email", pa.string()), ("learner", pa.int64()), ("score", pa.float64()), ("weight", pa.float64()),
        ("born", pa.date32()), ("seen_at", pa.timestamp("us")), ("fee", pa.decimal128(6, 2)), ("present", pa.bool_()),
        ("extra", pa.string()), ("blank", pa.string()), ("nothing", pa.string()),
    ])  # fmt: skip
    return pa.Table.from_arrays([pa.array(each, of.type) for each, of in zip(zip(*rows), schema)], schema=schema)  # noqa: B905 - 25,000 rows, 15 columns


def inventory_of(address: Path | str) -> Inventory:
    inventory = taken(read_source(str(address), integrator=None))
    assert inventory.notices == ()
    return replace(inventory, sources=("s",))


def test_parquet_knows_every_row(arrow: pa.Table, by_records: Inventory, tmp_path: Path) -> None:
    pq.write_table(arrow, tmp_path / "pupil.parquet", row_group_size=4000)
    assert inventory_of(tmp_path / "pupil.parquet") == by_records


def test_folders_are_partition_columns(arrow: pa.Table, by_records: Inventory, tmp_path: Path) -> None:
    for folder, part in (
        ("year=2025", arrow.slice(0, 23_000)),
        ("year=__HIVE_DEFAULT_PARTITION__", arrow.slice(23_000)),
    ):
        (tmp_path / "pupil" / folder).mkdir(parents=True)
        pq.write_table(part, tmp_path / "pupil" / folder / "part-0.parquet")
    inventory = taken(read_source(str(tmp_path / "pupil"), integrator=None))
    assert inventory.sources == ("pupil/year=…/part-0.parquet",)
    fields = dict(inventory.datasets["pupil"].fields)
    year = fields.pop(FieldPath("pupil", "year"))
    assert (year.present, year.null, dict(year.types), year.distinct.count) == (25_000, 2_000, {"string": 23_000}, 1)
    alike = Inventory(sources=("s",), datasets={"pupil": replace(inventory.datasets["pupil"], fields=fields)})
    assert without_rows(alike) == replace(without_rows(by_records), measures={})


def test_a_column_that_is_called_as_duckdb_numbers_rows(arrow: pa.Table, by_records: Inventory, tmp_path: Path) -> None:
    path = tmp_path / "pupil.parquet"
    pq.write_table(arrow.append_column("File_Row_Number", arrow["nothing"]), path)
    inventory = inventory_of(path)
    fields = dict(inventory.datasets["pupil"].fields)
    assert fields.pop(FieldPath("pupil", "File_Row_Number")).null == invented.ROWS
    assert replace(inventory, datasets={"pupil": replace(inventory.datasets["pupil"], fields=fields)}) == (
        without_rows(by_records)
    )


def test_a_folder_called_like_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Name=Blenthy").mkdir()
    pq.write_table(pa.table({"name": ["Zorvik"]}), tmp_path / "Name=Blenthy" / "pupil.parquet")
    with pytest.raises(SourceError) as caught:
        list(read_source(str(tmp_path), integrator=None))
    assert str(caught.value) == (
        f"{tmp_path.name}/Name=…/pupil.parquet: A folder above it and a column in it are both called 'Name'. "
        "Rename one, or move the file out of that folder."
    )


def test_duckdb(arrow: pa.Table, by_records: Inventory, tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with closing(duckdb.connect(str(path))) as base:
        base.register("arrow", arrow)
        base.execute("CREATE TABLE pupil AS SELECT * FROM arrow")
    before = path.read_bytes()
    assert inventory_of(path) == without_rows(by_records)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_sqlite_is_read(rows: list[tuple[Any, ...]], tmp_path: Path) -> None:
    held = [tuple(map(_in_sqlite, cells)) for cells in rows]
    assert inventory_of(_sqlite(tmp_path / "a.db", held)) == taken(
        [Rows(source="s", dataset="pupil", columns=NAMES, cells=held)]
    )


def test_sqlite_could_be_asked(rows: list[tuple[Any, ...]], tmp_path: Path) -> None:
    held = [tuple(map(_in_sqlite, cells)) for cells in rows]
    with closing(sqlite3.connect(_sqlite(tmp_path / "a.db", held))) as base:
        base.create_function("md5", 1, lambda text: md5(text.encode(), usedforsecurity=False).hexdigest())
        base.create_function("_IBIS_REGEX_SEARCH", 2, _searches)

        def ask(question: str) -> Iterator[Cells]:
            answer = base.execute(question)
            while cells := answer.fetchmany(1000):
                yield cells

        kinds = invented.COLUMNS | {"born": Kind.TEXT, "seen_at": Kind.TEXT, "fee": Kind.TEXT, "present": Kind.INTEGER}
        table = StoredTable(
            source="s", dataset="pupil", dialect="sqlite", relation="pupil", ask=ask,
            columns=tuple(StoredColumn(name=name, kind=kind) for name, kind in kinds.items()),
        )  # fmt: skip
        inventory = taken([table])
    assert inventory == without_rows(taken([Rows(source="s", dataset="pupil", columns=NAMES, cells=held)]))


def _in_sqlite(value: object) -> object:
    """Return a value as SQLite holds it: days and decimals as text, truth values as numbers, and no minus zero."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value == 0:
        return 0.0
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _searches(text: str, pattern: str) -> bool:
    import re  # noqa: PLC0415

    return re.search(pattern, text) is not None


def _sqlite(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    types = {Kind.TEXT: "TEXT", Kind.INTEGER: "INTEGER", Kind.FLOAT: "REAL"}
    columns = ", ".join(f'"{name}" {types.get(kind, "BLOB")}' for name, kind in invented.COLUMNS.items())
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f"CREATE TABLE pupil ({columns})")
        base.executemany(f"INSERT INTO pupil VALUES ({', '.join('?' * len(NAMES))})", rows)  # noqa: S608 - ours
    return path


def fill(server: Server, rows: list[tuple[Any, ...]], *, boolean: Any = sa.Boolean) -> None:
    """Make the invented table."""
    from sqlalchemy.dialects import mysql  # noqa: PLC0415

    moment = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
    of = {Kind.TEXT: sa.Text, Kind.INTEGER: sa.BigInteger, Kind.FLOAT: sa.Double}
    special = {"born": sa.Date, "seen_at": moment, "fee": sa.Numeric(6, 2), "present": boolean}
    columns = [sa.Column(name, special.get(name) or of[kind]) for name, kind in invented.COLUMNS.items()]
    table = sa.Table("pupil", sa.MetaData(), *columns)
    engine = sa.create_engine(
        server.owner.replace("postgresql:", "postgresql+psycopg:").replace("mariadb:", "mariadb+pymysql:")
    )
    with engine.begin() as connection:
        table.drop(connection, checkfirst=True)
        table.create(connection)
        connection.execute(table.insert(), [dict(zip(NAMES, cells, strict=True)) for cells in rows])
        connection.exec_driver_sql(
            "GRANT SELECT ON pupil TO reader" + ("@'127.0.0.1'" if "maria" in server.owner else "")
        )
    engine.dispose()


@pytest.mark.slow
def test_postgresql(rows: list[tuple[Any, ...]], by_records: Inventory, postgres: Server) -> None:
    fill(postgres, rows)
    assert inventory_of(postgres.reader) == without_rows(by_records)


@pytest.mark.slow
def test_mariadb(rows: list[tuple[Any, ...]], mariadb: Server) -> None:
    fill(mariadb, rows)
    truth, score = NAMES.index("present"), NAMES.index("score")
    held = [list(cells) for cells in rows]
    for cells in held:
        cells[truth] = int(cells[truth])  # MariaDB has no truth values: they are whole numbers
        cells[score] += 0.0  # and no minus zero
    assert inventory_of(mariadb.reader) == without_rows(
        taken([Rows(source="s", dataset="pupil", columns=NAMES, cells=held)])
    )


@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # py4j's sockets
def test_spark(arrow: pa.Table, by_records: Inventory, tmp_path: Path) -> None:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - starts a Java machine

    pq.write_table(arrow, tmp_path / "pupil.parquet")
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", str(tmp_path))
        .getOrCreate()
    )
    try:
        session.read.parquet(str(tmp_path / "pupil.parquet")).createOrReplaceTempView("pupil")

        def ask(question: str) -> Iterator[Cells]:
            yield [tuple(found) for found in session.sql(question).collect()]

        table = StoredTable(
            source="s", dataset="pupil", dialect="pyspark", relation="pupil", ask=ask,
            columns=tuple(StoredColumn(name=name, kind=kind) for name, kind in invented.COLUMNS.items()),
        )  # fmt: skip
        assert taken([table]) == without_rows(by_records)
    finally:
        session.stop()
