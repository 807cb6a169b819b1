"""Tables: our inventory beside hand-written SQL that computes the same aggregates, in one run and interleaved.

    python -m benchmarks.tables [--rows 1000000] [--repeat 3] [--postgres postgresql://…]

The hand-written SQL is the statement of ``benchmarks/by_hand.py``. SQLite has no patterns of its own, so both sides
are measured there without detectors. Every measurement is a process of its own, so that peak memory is its own, and
the statement is written by another process. DuckDB gets one thread for both, and for the statement as much memory as
it likes: below 100 MB, as ours has, it fails.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from hashlib import md5
from pathlib import Path
from statistics import median

from benchmarks import by_hand

EACH_DIFFERS = ("t0", "t1", "t2", "i0", "i1", "f0")
"""Columns with a value of its own in almost every row."""
TEXTS, INTEGERS, FLOATS, DAYS = 18, 6, 4, 2
COLUMNS = (
    *(f"t{n}" for n in range(TEXTS)), *(f"i{n}" for n in range(INTEGERS)),
    *(f"f{n}" for n in range(FLOATS)), *(f"d{n}" for n in range(DAYS)),
)  # fmt: skip


def select(rows: int) -> str:
    """Return the SQL, as DuckDB and PostgreSQL both read it, of 30 columns: few values, many, nulls, candidates."""
    texts = [
        "'Pupil ' || (i * 7919 % 900000)", "'note ' || i", "'ref-' || md5(CAST(i AS VARCHAR))",
        "'p' || (i % 50000) || '@example.org'", "CASE WHEN i % 20 = 0 THEN 'SW1A 1AA' ELSE 'none ' || (i % 40000) END",
        *(f"CASE WHEN i % {n + 2} = 0 THEN NULL ELSE 'group ' || (i % {10 * (n + 1)}) END" for n in range(TEXTS - 5)),
    ]  # fmt: skip
    integers = ["i", "i * 3", *(f"i % {10 ** (n + 1)}" for n in range(INTEGERS - 2))]
    floats = [
        "i / 7.0::DOUBLE PRECISION",
        *(f"(i % {100 * (n + 1)}) / 4.0::DOUBLE PRECISION" for n in range(FLOATS - 1)),
    ]
    days = ["DATE '2008-01-01' + CAST(i % 4000 AS INTEGER)", "DATE '2024-09-01' + CAST(i % 600 AS INTEGER)"]
    cells = ", ".join(f"{of} AS {name}" for name, of in zip(COLUMNS, texts + integers + floats + days, strict=True))
    return f"SELECT {cells} FROM generate_series(1, {rows}) AS s(i)"  # noqa: S608 - ours


def run(what: str, address: str, statement: str) -> None:
    """Do one of the two in this process, and print what it cost; ``statement`` names the file that holds the SQL."""
    question = Path(statement).read_text(encoding="utf-8")
    start = time.perf_counter()
    match what:
        case "ours":
            _ours(address)
        case "hand" if address.endswith(".parquet"):
            import duckdb  # noqa: PLC0415

            tables = duckdb.connect(config={"temp_directory": "", "threads": 1})
            tables.execute(question).fetchall()
        case "hand" if address.endswith(".duckdb"):
            import duckdb  # noqa: PLC0415

            limits: dict[str, str | bool | int | float | list[str]] = {
                "temp_directory": "",
                "threads": 1,
            }
            with closing(duckdb.connect(address, read_only=True, config=limits)) as tables:
                tables.execute(question).fetchall()
        case "hand" if address.endswith(".db"):
            with closing(sqlite3.connect(address)) as base:
                base.create_function("md5", 1, lambda text: text and md5(text.encode()).hexdigest())  # noqa: S324 - no secret
                base.execute(question).fetchall()
        case _:
            import psycopg  # noqa: PLC0415

            with psycopg.connect(address) as server:
                server.execute(question.encode()).fetchall()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "wall": time.perf_counter() - start, "cpu": used.ru_utime + used.ru_stime, "peak": _peak()
    }))  # fmt: skip


def _peak() -> float:
    """Return the most memory that this process held, in MB; the system's own figure begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _has_patterns(address: str) -> bool:
    return not address.endswith(".db")


def _ours(address: str) -> None:
    from benchmarks.asked import asked_for  # noqa: PLC0415 - only this process of the two pays for it
    from compliance.inventory.take import take_inventory  # noqa: PLC0415 - likewise
    from compliance.sources.registry import read_source  # noqa: PLC0415 - likewise

    inventory = take_inventory(read_source(address, integrator=None), *asked_for(detect=_has_patterns(address)))
    assert len(inventory.datasets["pupil"].fields) == len(COLUMNS)  # noqa: S101 - a benchmark of nothing is none
    assert not inventory.notices, inventory.notices  # noqa: S101 - likewise


def made(folder: Path, rows: int, postgres: str) -> Iterable[str]:
    """Make the table in every format and yield its addresses."""
    import duckdb  # noqa: PLC0415

    parquet, stored, lite = folder / "pupil.parquet", folder / "pupil.duckdb", folder / "pupil.db"
    with closing(duckdb.connect(str(stored))) as base:
        base.execute(f"CREATE TABLE pupil AS {select(rows)}")
        base.execute(f"COPY pupil TO '{parquet}'")
        with closing(sqlite3.connect(lite)) as other, other:
            other.execute(f"CREATE TABLE pupil ({', '.join(COLUMNS)})")
            cursor = base.execute("SELECT * REPLACE (CAST(d0 AS VARCHAR) AS d0, CAST(d1 AS VARCHAR) AS d1) FROM pupil")
            while cells := cursor.fetchmany(10_000):
                other.executemany(f"INSERT INTO pupil VALUES ({', '.join('?' * len(COLUMNS))})", cells)  # noqa: S608
    yield from map(str, (parquet, stored, lite))
    if postgres:
        import psycopg  # noqa: PLC0415

        with psycopg.connect(postgres) as server:
            server.execute("DROP TABLE IF EXISTS pupil")
            server.execute(f"CREATE TABLE pupil AS {select(rows)}")
            server.execute("ANALYZE pupil")
        yield postgres


def main(arguments: Sequence[str]) -> None:
    """Measure both, interleaved, and print medians and ratios."""
    if arguments[:1] == ["--run"]:
        run(*arguments[1:])
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--postgres", default="")
    parser.add_argument("--only", default="")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for address in made(Path(folder), asked.rows, asked.postgres):
            if asked.only and asked.only not in address:
                continue
            statement = Path(folder) / "statement.sql"
            statement.write_text(_statement(address, asked.rows), encoding="utf-8")
            costs: dict[str, list[dict[str, float]]] = {"ours": [], "hand": []}
            for _ in range(asked.repeat):
                for what, cost in costs.items():
                    command = [sys.executable, "-m", "benchmarks.tables", "--run", what, address, str(statement)]
                    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
                    cost.append(json.loads(done.stdout))
            of = {what: {key: median(each[key] for each in cost) for key in cost[0]} for what, cost in costs.items()}
            ours, hand = of["ours"], of["hand"]
            print(
                f"{address.rpartition('.')[2][:10]:10}  ours {_said(ours)}  by hand {_said(hand)}"
                f"  ratio {ours['wall'] / hand['wall']:.2f} wall {ours['cpu'] / hand['cpu']:.2f} CPU",
                flush=True,
            )


def _statement(address: str, rows: int) -> str:
    columns = [by_hand.Column(name=name, is_text=name[0] == "t", differs=name in EACH_DIFFERS) for name in COLUMNS]
    match address.rpartition(".")[2]:
        case "parquet":
            return by_hand.statement(by_hand.relation_of(Path(address)), "duckdb", columns, rows)
        case "duckdb":
            return by_hand.statement("pupil", "duckdb", columns, rows)
        case "db":
            return by_hand.statement("pupil", "sqlite", columns, rows, detect=_has_patterns(address))
        case _:
            return by_hand.statement("pupil", "postgres", columns, rows)


def _said(cost: dict[str, float]) -> str:
    return f"{cost['wall']:.1f} s wall {cost['cpu']:.1f} s CPU {cost['peak']:.0f} MB"


if __name__ == "__main__":
    main(sys.argv[1:])
