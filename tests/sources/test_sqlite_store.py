from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from compliance.inventory.batch import Piece, Rows
from compliance.model.inventory import Notice
from compliance.sources import sqlite_store

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

CANARY = "Quillfeather"
SCHEMA = """
CREATE TABLE pupil (id INTEGER PRIMARY KEY, name TEXT, photo BLOB, score REAL, twice AS (score * 2));
INSERT INTO pupil VALUES (1, 'Ann', x'00ff', 1.5), (2, NULL, NULL, NULL), (3, CAST(x'41ff' AS TEXT), NULL, 2);
CREATE TABLE "class ""9"" ?#%" (code TEXT);
CREATE VIEW names AS SELECT name FROM pupil;
"""


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "what is 100% #1?.db"
    with closing(sqlite3.connect(path)) as base:
        base.executescript(SCHEMA)
    return path


def test_every_table_and_column_is_read(path: Path, read: Read) -> None:
    before = path.read_bytes()
    columns = ("id", "name", "photo", "score", "twice")
    rows = [(1, "Ann", b"\0\xff", 1.5, 3.0), (2, None, None, None, None), (3, "A\ufffd", None, 2.0, 4.0)]
    assert read(path) == [
        Rows(source=path.name, dataset='class "9" ?#%', cells=(), columns=("code",)),
        Notice(path.name, "holds the view 'names', which was left out: its rows are those of tables"),
        Rows(source=path.name, dataset="pupil", cells=rows, columns=columns),
    ]
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_large_table_comes_in_batches(path: Path, read: Read) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.executemany('INSERT INTO "class ""9"" ?#%" VALUES (?)', ((str(number),) for number in range(4500)))
    batches = [piece for piece in read(path) if isinstance(piece, Rows) and piece.dataset != "pupil"]
    rows = [batch.first_row + offset for batch in batches for offset, _ in enumerate(batch.cells)]
    assert rows == list(range(1, 4501))
    assert len(batches) > 1


def test_a_database_without_tables_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as base:
        base.executescript("CREATE TABLE pupil (id); DROP TABLE pupil")
    assert refusal(path).startswith("a.db: It holds no tables.")


def test_a_locked_database_is_refused(path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_store, "PATIENCE", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert refusal(path) == (
            f"{path.name}: Another program is writing to it. Wait until it has finished, or give a copy of the file."
        )


def test_a_damaged_database_is_refused(path: Path, refusal: Refusal) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.executemany("INSERT INTO pupil (name) VALUES (?)", [(CANARY * 50,)] * 500)
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * 8192 + content[16384:])
    assert refusal(path) == (
        f"{path.name}: The database is damaged. Give a copy that `PRAGMA integrity_check` accepts."
    )


def test_what_is_no_database_is_refused(path: Path, refusal: Refusal) -> None:
    path.write_text(f"{CANARY}, {CANARY}\n" * 100, encoding="utf-8")
    assert refusal(path) == (
        f"{path.name}: It is not an SQLite database, or it is encrypted. Give an unencrypted copy."
    )


def test_a_table_of_a_kind_that_sqlite_does_not_know_is_told_and_the_others_are_read(path: Path, read: Read) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "PRAGMA writable_schema = ON; INSERT INTO sqlite_master VALUES "
            "('table', 'far', 'far', 0, 'CREATE VIRTUAL TABLE far USING nobody_has_this()')"
        )
    pieces = read(path)
    assert Notice(path.name, "holds the table 'far' of a kind that SQLite alone cannot read", "far") in pieces
    assert [piece.dataset for piece in pieces if isinstance(piece, Rows)] == ['class "9" ?#%', "pupil"]


def test_a_database_in_write_ahead_mode_is_read_without_a_trace(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "ahead.db"
    with closing(sqlite3.connect(path)) as base:
        base.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1);")
    assert [piece.dataset for piece in read(path) if isinstance(piece, Rows)] == ["t"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["ahead.db"]
    with closing(sqlite3.connect(path)) as base:
        base.execute("INSERT INTO t VALUES (2)")
        base.commit()
        assert sum(len(piece.cells) for piece in read(path) if isinstance(piece, Rows)) == 2
        assert not [piece for piece in read(tmp_path) if isinstance(piece, Notice)]
