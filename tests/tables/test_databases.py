"""Databases by address: what is asked, what is refused, and what happens when one does not answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from compliance.errors import SourceError, UsageError
from compliance.inventory.batch import Piece, Rows
from compliance.inventory.tables.piece import Cells, Kind, StoredColumn, StoredTable
from compliance.model.inventory import Inventory, Notice
from compliance.model.paths import FieldPath
from compliance.sources import sql_database
from compliance.sources.registry import read_source
from compliance.sources.sql_address import is_database, shown, url_of
from tests.tables.servers import Server
from tests.tables.taking import taken

pytestmark = pytest.mark.filterwarnings(
    # psycopg cannot close the cursor of a transaction that failed, and says so when it is collected.
    "ignore:Exception ignored in. <function ServerCursorMixin:pytest.PytestUnraisableExceptionWarning",
    "ignore:<psycopg.ServerCursor:ResourceWarning",
)
CANARY = "Quillfeather"


def read(address: str) -> Iterator[Piece]:
    return read_source(address, integrator=None)


def owner(server: Server) -> sa.Engine:
    address = server.owner.replace("postgresql:", "postgresql+psycopg:").replace("mariadb:", "mariadb+pymysql:")
    return sa.create_engine(address, poolclass=sa.NullPool)


def said(server: Server, *statements: str) -> None:
    """Do these as the owner."""
    with owner(server).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


@pytest.mark.parametrize(
    "address", ["postgresql://h/d", "mysql://h/d", "MariaDB://h/d", "trino://h", "db2+ibm_db://h/d"]
)
def test_addresses_of_databases(address: str) -> None:
    assert is_database(address)


@pytest.mark.parametrize(
    "address", ["a.db", "data/postgresql", "s3://bucket/a.csv", "https://example.org/a.json", "C:\\a", ""]
)
def test_addresses_of_files(address: str) -> None:
    assert not is_database(address)


def test_an_address_is_shown_without_user_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPLIANCE_DB_PASSWORD", CANARY)
    url = url_of(f"postgresql://{CANARY}@db.example.org:5433/school?application_name={CANARY}")
    assert url.password == CANARY
    assert shown(url) == "postgresql://db.example.org:5433/school"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://a:{CANARY}@db.example.org/school",
        f"mariadb+pymysql://a@db.example.org/school?password={CANARY}",
        f"snowflake://a@x/y?private_key={CANARY}",
    ],
)
def test_a_password_in_an_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        list(read(address))
    assert str(caught.value) == (
        "The address of a database holds a password. Take it out, and put it into the variable COMPLIANCE_DB_PASSWORD "
        "or the driver's own file (~/.pgpass, ~/.my.cnf)."
    )


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be read") as caught:
        list(read(f"postgresql://h:{CANARY}/d"))
    assert CANARY not in str(caught.value)


def test_a_driver_that_is_not_there_is_named() -> None:
    with pytest.raises(SourceError, match=r"The driver for oracle\+oracledb is not installed"):
        list(read("oracle://scott@db.example.org/school"))


def test_a_database_that_cannot_be_reached() -> None:
    with pytest.raises(SourceError) as caught:
        list(read(f"postgresql://{CANARY}@127.0.0.1:1/school"))
    assert str(caught.value).startswith(
        "postgresql://127.0.0.1:1/school: The database cannot be reached, or it refused"
    )
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_any_other_database_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "CREATE TABLE b (x, y); INSERT INTO b VALUES (1, 'a'), (2, NULL); CREATE TABLE a (z);"
            "CREATE VIEW v AS SELECT 1"
        )
    name = f"sqlite:///{path}"
    assert list(read(f"sqlite+pysqlite:///{path}")) == [
        Rows(source=name, dataset="a", columns=("z",), cells=()),
        Rows(source=name, dataset="b", columns=("x", "y"), cells=[(1, "a"), (2, None)]),
        Notice(name, "holds the view 'v', which was left out: its rows are those of tables"),
    ]


class Fake:
    """A table of two columns whose answers are given."""

    def __init__(self, *answers: list[tuple[object, ...]]) -> None:
        self._answers = iter(answers)

    def ask(self, _: str) -> Iterator[Cells]:
        answer = next(self._answers, None)
        if answer is None:
            raise SourceError("The connection was lost.", hint="")
        yield answer

    @property
    def table(self) -> StoredTable:
        columns = tuple(StoredColumn(name=name, kind=Kind.TEXT) for name in "ab")
        return StoredTable(source="s", dataset="pupil", columns=columns, dialect="duckdb", relation="t", ask=self.ask)


def shape(inventory: Inventory) -> dict[str, tuple[int, int]]:
    return {
        path.field: (each.present, each.distinct.count) for path, each in inventory.datasets["pupil"].fields.items()
    }


def test_what_was_profiled_before_the_connection_was_lost_is_kept() -> None:
    inventory = taken([Fake([(3, 2, 2, 3, 1)], [("x", 1), ("y", 1)]).table])
    assert inventory.notices == (
        Notice("s", "holds the table 'pupil', which was not read to its end: the connection was lost", "pupil"),
    )
    assert (inventory.datasets["pupil"].rows, shape(inventory)) == (3, {"a": (3, 2), "b": (0, 0)})


def test_a_table_that_changes_while_it_is_read_is_told() -> None:
    inventory = taken([Fake([(3, 2, 2, 3, 1)], [("x", 1), ("y", 2)], [("z", 3)]).table])
    assert inventory.notices == (
        Notice(
            "s",
            "holds the table 'pupil', which changed while it was read: its counts may be off by the rows that changed",
            "pupil",
        ),
    )
    assert (inventory.datasets["pupil"].rows, shape(inventory)) == (3, {"a": (4, 2), "b": (3, 1)})


def test_a_table_cannot_be_printed() -> None:
    assert repr(Fake().table) == "<StoredTable 'pupil': 2 columns>"


@pytest.mark.slow
def test_permission_denied_on_one_table_of_many(postgres: Server, mariadb: Server) -> None:
    for server, who in ((postgres, "reader"), (mariadb, "reader@'127.0.0.1'")):
        said(
            server,
            "DROP TABLE IF EXISTS pupil", "CREATE TABLE allowed (a INT)", "INSERT INTO allowed VALUES (1)",
            f"CREATE TABLE denied ({CANARY} INT)",
            f"GRANT SELECT ON allowed TO {who}",
        )  # fmt: skip
        inventory = taken(read(server.reader))
        assert inventory.datasets["allowed"].rows == 1
        if server is postgres:  # MariaDB does not even tell that it has the other
            (source,) = inventory.sources
            assert inventory.notices == (
                Notice(
                    source,
                    "holds the table 'denied', which was not read to its end: the user may not read it",
                    "denied",
                ),
            )
        said(server, "DROP TABLE allowed", "DROP TABLE denied")


@pytest.mark.slow
def test_views_partitions_schemas_and_odd_types(postgres: Server) -> None:
    said(
        postgres,
        "DROP TABLE IF EXISTS pupil",
        "CREATE SCHEMA extra",
        'CREATE TABLE extra."Odd ""%s"" name" '
        "(c CHAR(5), j JSONB, n NUMERIC, u UUID, a TEXT[], m TIMESTAMPTZ, b BYTEA)",
        """INSERT INTO extra."Odd ""%s"" name" VALUES ('ab', '{"x": [1]}', 1.50, '00000000-0000-0000-0000-000000000001',
        '{p,q}', '2026-01-01T12:00+02', '\\x00ff')""",
        "CREATE TABLE part (y INT) PARTITION BY LIST (y)",
        "CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1)",
        "INSERT INTO part VALUES (1)",
        "CREATE VIEW seen AS SELECT 1 AS one",
        "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one",
    )
    try:
        inventory = taken(read(postgres.owner))
        assert {name: each.rows for name, each in inventory.datasets.items()} == {'extra.Odd "%s" name': 1, "part": 1}
        odd = inventory.datasets['extra.Odd "%s" name'].fields
        assert {path.field: (dict(each.types), each.longest) for path, each in odd.items()} == {
            "a": ({"array": 1}, None),
            "a[]": ({"string": 2}, 1),
            "b": ({"bytes": 1}, None),
            "c": ({"string": 1}, 5),
            "j": ({"object": 1}, None),
            "j.x": ({"array": 1}, None),
            "j.x[]": ({"integer": 1}, None),
            "m": ({"string": 1}, 25),
            "n": ({"number": 1}, None),
            "u": ({"string": 1}, 36),
        }
        assert [notice.what for notice in inventory.notices] == [
            "holds the view 'kept', which was left out: its rows are those of tables",
            "holds the view 'seen', which was left out: its rows are those of tables",
        ]
    finally:
        said(postgres, "DROP SCHEMA extra CASCADE", "DROP TABLE part", "DROP VIEW seen", "DROP MATERIALIZED VIEW kept")


@pytest.mark.slow
def test_odd_types_are_the_same_asked_and_read(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    said(
        postgres,
        "DROP TABLE IF EXISTS pupil",
        "CREATE TYPE mood AS ENUM ('good', 'bad')",
        "CREATE TABLE pupil (c CHAR(5), n NUMERIC, u UUID, a TEXT[], m TIMESTAMPTZ, e mood, j JSON, f REAL)",
        "INSERT INTO pupil SELECT 'ab', CASE WHEN i % 2 = 0 THEN 1.50 ELSE 1.5 END, "
        "('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, ARRAY['p', 'q'], "
        "now() + i * interval '1 second', CASE WHEN i % 3 = 0 THEN 'bad'::mood END, '{\"x\": 1}', i / 7.0 "
        "FROM generate_series(1, 3000) i",
    )
    try:
        read_whole = taken(read(postgres.owner))
        monkeypatch.setattr(sql_database, "SMALL", 10)
        asked = taken(read(postgres.owner))
        assert {path: (each.present, each.null, each.empty, each.types, each.longest, each.distinct)
                for path, each in asked.datasets["pupil"].fields.items()} == {
            path: (each.present, each.null, each.empty, each.types, each.longest, each.distinct)
            for path, each in read_whole.datasets["pupil"].fields.items()
        }  # fmt: skip
        assert asked.datasets["pupil"].fields[FieldPath("pupil", "n")].distinct.count == 2
    finally:
        said(postgres, "DROP TABLE pupil", "DROP TYPE mood")


@pytest.mark.slow
def test_a_connection_that_is_cut_is_told_and_the_other_tables_are_read(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_database, "SMALL", 10)
    said(
        postgres,
        "DROP TABLE IF EXISTS pupil",
        "CREATE TABLE cut AS SELECT i, 'x' || i AS name FROM generate_series(1, 100) i",
        "CREATE TABLE later AS SELECT 1 AS a",
    )
    try:

        def cutting() -> Iterator[Piece]:
            for piece in read(postgres.owner):
                if isinstance(piece, StoredTable) and piece.dataset == "cut":
                    said(postgres, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                   " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")  # fmt: skip
                yield piece

        inventory = taken(cutting())
        (source,) = inventory.sources
        assert inventory.notices == (
            Notice(source, "holds the table 'cut', which was not read to its end: the connection was lost", "cut"),
        )
        assert inventory.datasets["later"].rows == 1
        assert {path.field for path in inventory.datasets["cut"].fields} == {"i", "name"}
    finally:
        said(postgres, "DROP TABLE cut", "DROP TABLE later")


@pytest.mark.slow
def test_a_table_is_seen_as_it_was_when_it_was_first_asked(
    postgres: Server, mariadb: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_database, "SMALL", 10)
    for server in (postgres, mariadb):
        said(server, "DROP TABLE IF EXISTS pupil", "CREATE TABLE pupil (a INT)",
             "INSERT INTO pupil VALUES " + ", ".join(f"({number})" for number in range(50)))  # noqa: S608  # fmt: skip

        def changing(changed: Server = server) -> Iterator[Piece]:
            for piece in read(changed.owner):
                said(changed, "INSERT INTO pupil VALUES (999)")
                yield piece

        inventory = taken(changing())
        assert inventory.notices == ()
        assert (inventory.datasets["pupil"].rows, shape(inventory)) == (50, {"a": (50, 50)})
        said(server, "DROP TABLE pupil")


@pytest.mark.slow
def test_nothing_can_be_written(postgres: Server, mariadb: Server) -> None:
    from compliance.sources.sql_session import asking, engine_of, session  # noqa: PLC0415

    for server in (postgres, mariadb):
        said(server, "DROP TABLE IF EXISTS pupil", "CREATE TABLE pupil (a INT)")
        engine = engine_of(url_of(server.owner))
        with pytest.raises(SourceError) as caught, session(engine, "it") as connection:
            list(asking(connection, "it", f"INSERT INTO pupil VALUES (1) /* {CANARY} */"))  # noqa: S608 - ours
        assert str(caught.value).startswith("it: The database refused a question.")
        assert caught.value.__cause__ is None
        said(server, "DROP TABLE pupil")
