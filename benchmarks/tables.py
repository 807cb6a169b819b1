"""Tables: our inventory beside hand-written SQL that computes the same aggregates, in one run and interleaved.

    python benchmarks/tables.py [--rows 1000000] [--repeat 3] [--postgres postgresql://…]

The hand-written SQL asks, of every column of one table, how many rows are filled and about how many values differ, and
of every text also how many are blank, the shortest and the longest, and how many one pattern of all detectors matches:
once, by people who know the table. It finds no check digits, no code sets and no mergeable digests; ours does. Every
measurement is a process of its own, so that peak memory is its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

PATTERN = (
    r"[0-9]{10}|@|[A-Za-z]{2}( ?[0-9]{2}){3} ?[A-Da-d]|([+]44|0)[ ()0-]*[1-9]([ )-]*[0-9]){8}"
    r"|(^|[^0-9A-Za-z])[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}($|[^0-9A-Za-z])"
)
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


def by_hand(relation: str, kind: str) -> str:
    """Return what somebody would write for this table."""
    asked = ["count(*)"]
    differ = "approx_count_distinct({0})" if kind == "duckdb" else "count(DISTINCT {0})"
    matches = {"duckdb": "regexp_matches({0}, '{1}')", "postgres": "{0} ~ '{1}'", "sqlite": "{0} REGEXP '{1}'"}[kind]
    for name in COLUMNS:
        asked += [f"count({name})", differ.format(name)]
        if name.startswith("t"):
            asked += [f"min(length({name}))", f"max(length({name}))"]
            asked += [_how_many(f"trim({name}) = ''"), _how_many(matches.format(name, PATTERN))]
    return f"SELECT {', '.join(asked)} FROM {relation}"  # noqa: S608 - ours


def _how_many(condition: str) -> str:
    return f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)"


def run(what: str, address: str) -> None:
    """Do one of the two in this process, and print what it cost."""
    start = time.perf_counter()
    match what:
        case "ours":
            _ours(address)
        case "hand" if address.endswith(".parquet"):
            import duckdb  # noqa: PLC0415

            tables = duckdb.connect(config={"memory_limit": "100MB", "temp_directory": "", "threads": 1})
            tables.execute(by_hand(f"read_parquet('{address}')", "duckdb")).fetchall()
        case "hand" if address.endswith(".duckdb"):
            import duckdb  # noqa: PLC0415

            limits: dict[str, str | bool | int | float | list[str]] = {
                "memory_limit": "100MB",
                "temp_directory": "",
                "threads": 1,
            }
            with closing(duckdb.connect(address, read_only=True, config=limits)) as tables:
                tables.execute(by_hand("pupil", "duckdb")).fetchall()
        case "hand" if address.endswith(".db"):
            import re2  # noqa: PLC0415

            searches = re2.compile(PATTERN).search
            with closing(sqlite3.connect(address)) as base:
                base.create_function("REGEXP", 2, lambda _, text: text is not None and searches(text) is not None)
                base.execute(by_hand("pupil", "sqlite")).fetchall()
        case _:
            import psycopg  # noqa: PLC0415

            with psycopg.connect(address) as server:
                server.execute(by_hand("pupil", "postgres")).fetchall()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "wall": time.perf_counter() - start, "cpu": used.ru_utime + used.ru_stime, "peak": _peak()
    }))  # fmt: skip


def _peak() -> float:
    """Return the most memory that this process held, in MB; the system's own figure begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _ours(address: str) -> None:
    from compliance.declarations.load import load_declarations  # noqa: PLC0415
    from compliance.inventory.measures import InventoryPlan  # noqa: PLC0415
    from compliance.inventory.take import take_inventory  # noqa: PLC0415
    from compliance.sources.registry import read_source  # noqa: PLC0415

    plan = InventoryPlan(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), key=b"k" * 32)
    inventory = take_inventory(read_source(address, integrator=None), plan, load_declarations(()).vocabulary)
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
            costs: dict[str, list[dict[str, float]]] = {"ours": [], "hand": []}
            for _ in range(asked.repeat):
                for what, cost in costs.items():
                    command = [sys.executable, __file__, "--run", what, address]
                    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
                    cost.append(json.loads(done.stdout))
            of = {what: {key: median(each[key] for each in cost) for key in cost[0]} for what, cost in costs.items()}
            ours, hand = of["ours"], of["hand"]
            print(
                f"{address.rpartition('.')[2][:10]:10}  ours {_said(ours)}  by hand {_said(hand)}"
                f"  ratio {ours['wall'] / hand['wall']:.2f} wall {ours['cpu'] / hand['cpu']:.2f} CPU",
                flush=True,
            )


def _said(cost: dict[str, float]) -> str:
    return f"{cost['wall']:.1f} s wall {cost['cpu']:.1f} s CPU {cost['peak']:.0f} MB"


if __name__ == "__main__":
    main(sys.argv[1:])
