"""What everything is held against: bare decoding, and SQL by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import by_hand as sql
from benchmarks.subject import CannotError, Side, Subject
from benchmarks.venvs import programs, version

_HERE = Path(__file__).parent


def bare() -> list[Side]:
    """Return bare decoders: of JSON by the two fastest for Python, of CSV by the standard library."""
    sides = [_bare(package, f"bare {package} {version('tables', package)}") for package in ("orjson", "msgspec")]
    return [*sides, _bare("csv", "bare csv.reader")]


def by_hand() -> list[Side]:
    """Return the same figures of a table by SQL, on one thread."""
    return [
        Side(name="DuckDB by hand, no patterns", role="reference", command=_sql(detect=False)),
        Side(name="DuckDB by hand, patterns", role="reference", command=_sql(detect=True)),
    ]


def _bare(what: str, name: str) -> Side:
    kind = "csv" if what == "csv" else "jsonl"

    def command(subject: Subject) -> list[str]:
        if subject.kind != kind:
            raise CannotError
        python = programs("tables") / "python"
        return [str(python), str(_HERE / "bare.py"), what, str(subject.path)]

    return Side(name=name, role="baseline", command=command)


def _sql(*, detect: bool) -> Callable[[Subject], list[str]]:
    def command(subject: Subject) -> list[str]:
        if subject.kind == "jsonl":
            raise CannotError
        columns, rows = sql.known(subject.path)
        question = subject.path.with_suffix(f".{subject.kind}{'' if detect else '.plain'}.sql")
        question.write_text(sql.statement(sql.relation_of(subject.path), "duckdb", columns, rows, detect=detect))
        return [sys.executable, str(_HERE / "by_hand.py"), str(question)]

    return command
