"""The SQL of every question in every dialect, also of engines that no test can run, is what was agreed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compliance.inventory.tables.compiled import DIALECTS
from compliance.inventory.tables.expressions import Questions
from compliance.inventory.tables.piece import Kind, StoredColumn, StoredTable

GOLDEN = Path(__file__).parent / "sql"
COLUMNS = tuple(StoredColumn(name=kind.value, kind=kind) for kind in Kind)


def questions(dialect: str) -> Questions:
    table = StoredTable(
        source="s", dataset="pupil", columns=COLUMNS, dialect=dialect, relation="pupil", ask=lambda _: iter(())
    )
    return Questions(table=table, prefix="00ff", pattern="([^ -~]|@)", codes=("apkn", "wbri"))


def asked(dialect: str) -> str:
    """Return every question, each under its name."""
    ask = questions(dialect)
    of = {column.kind: column for column in COLUMNS}
    said = {
        "overview": ask.overview(COLUMNS),
        "sample": ask.sample([of[Kind.TEXT], of[Kind.SPELLED]]),
        "groups of texts": ask.groups(of[Kind.TEXT]),
        "groups of floats": ask.groups(of[Kind.FLOAT]),
        "plain texts": ask.plain(of[Kind.TEXT], 2**60),
        "plain integers": ask.plain(of[Kind.INTEGER], 2**64),
        "suspect texts": ask.suspects(of[Kind.TEXT]),
        "suspect integers": ask.suspects(of[Kind.INTEGER]),
        "values": ask.values(of[Kind.TEXT]),
        "cells": ask.cells(["text", "opaque"]),
    }
    return "\n\n".join(f"-- {name}\n{sql}" for name, sql in said.items()) + "\n"


@pytest.mark.parametrize(
    "dialect", [pytest.param(each, marks=pytest.mark.slow if each == "pyspark" else ()) for each in DIALECTS]
)
def test_sql(dialect: str) -> None:
    path = GOLDEN / f"{dialect}.sql"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(asked(dialect), encoding="utf-8")
    assert asked(dialect) == path.read_text(encoding="utf-8")


def test_a_relation_may_be_any_sql() -> None:
    table = StoredTable(
        source="s", dataset="d", dialect="duckdb", ask=lambda _: iter(()),
        columns=(StoredColumn(name="a", kind=Kind.TEXT),),
        relation="(SELECT *, 'x' AS y FROM read_parquet('/a ''b''.parquet', file_row_number = true))",
    )  # fmt: skip
    assert Questions(table=table, prefix="", pattern="", codes=()).cells(["a"]) == (
        "SELECT * FROM (SELECT *, 'x' AS y FROM read_parquet('/a ''b''.parquet', file_row_number = true)) AS \"t0\""
    )


def test_questions_cannot_be_printed() -> None:
    assert "00ff" not in repr(questions("duckdb"))
