"""How fast Spark takes an inventory on this machine, against two processes that fold the same file themselves.

    python benchmarks/spark.py [RECORDS]

Spark's start is left out: its session and its Python workers are up before the first run. The runs are interleaved.
Prints seconds of wall and of processor time of each, all processes together, and the ratios. Ratios travel between
machines; seconds do not, and on a busy machine only the processor's ratio says much. The two sides must come to
equal inventories.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial, reduce
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

from inventory import write

from compliance.declarations.load import load_declarations
from compliance.engines.spark import inventory_on_spark, spark_session
from compliance.engines.stretches import Stretch, fold_lines
from compliance.inventory.measures import InventoryPlan
from compliance.model.inventory import Inventory

RECORDS = 300_000
RUNS = 3
PROCESSES = 2
RANGE = 32 * 2**20
"""Bytes that one process folds at a time."""
PIECE = 2**20
PLAN = InventoryPlan(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), key=b"0" * 32)


def fold_range(path: Path, start: int) -> Stretch:
    """Fold the lines that begin in the range at ``start``."""

    def runs() -> Iterator[Sequence[bytes]]:
        with path.open("rb") as lines:
            if start:
                lines.seek(start - 1)
                lines.readline()
            while (left := start + RANGE - lines.tell()) > 0 and (run := lines.readlines(min(left, PIECE))):
                yield run

    vocabulary = load_declarations(()).vocabulary
    return fold_lines(runs(), source=path.name, dataset=path.stem, plan=PLAN, vocabulary=vocabulary)


def in_processes(path: Path) -> Inventory:
    """Take the inventory with two processes, which are there already in earnest as here."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        pool.map(abs, range(PROCESSES))
        starts = range(0, path.stat().st_size, RANGE)
        taken = reduce(Stretch.then, pool.imap(partial(fold_range, path), starts)).inventory
        pool.close()
        pool.join()  # so that the processor time of its processes is counted as ours
        return taken


class Cost(NamedTuple):
    """What a run cost, in seconds."""

    wall: float
    processor: float


def timed(take: Callable[[], Inventory]) -> tuple[Cost, Inventory]:
    """Return what it cost, and what came of it."""
    wall, processor = time.perf_counter(), processor_seconds()
    taken = take()
    return Cost(time.perf_counter() - wall, processor_seconds() - processor), taken


def processor_seconds() -> float:
    """Return the processor time of this process, of all below it, and of those of them that ended (Linux)."""
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)], ticks[int(stat.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    return sum(ticks[pid] for pid in ticks if is_below(pid, parents)) / os.sysconf("SC_CLK_TCK")


def is_below(pid: int, parents: Mapping[int, int]) -> bool:
    """Whether a process is this one or descends from it."""
    while pid and pid != os.getpid():
        pid = parents.get(pid, 0)
    return bool(pid)


def main() -> None:
    """Print the figures of both sides: each run, and the median of the ratios."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    vocabulary = load_declarations(()).vocabulary
    with tempfile.TemporaryDirectory() as folder, spark_session(f"local[{PROCESSES}]") as session:
        path, small = Path(folder) / "pupils.jsonl", Path(folder) / "few.jsonl"
        write(path, records)
        write(small, 1000)
        inventory_on_spark(session, str(small), PLAN, vocabulary)
        megabytes = path.stat().st_size / 1e6
        print(f"{records:,} records, {megabytes:,.0f} MB of JSON Lines", flush=True)  # noqa: T201
        ratios = []
        for _ in range(RUNS):
            spark, on_spark = timed(lambda: inventory_on_spark(session, str(path), PLAN, vocabulary))
            local, in_two = timed(lambda: in_processes(path))
            if on_spark != in_two:
                raise SystemExit("the two inventories differ")
            ratios.append(Cost(spark.wall / local.wall, spark.processor / local.processor))
            for name, cost in ((f"Spark local[{PROCESSES}]", spark), (f"{PROCESSES} processes", local)):
                print(f"{name:16} {cost.wall:7.1f} s wall {cost.processor:7.1f} s CPU", flush=True)  # noqa: T201
        wall, processor = (median(ratio[kind] for ratio in ratios) for kind in (0, 1))
        print(f"Spark against processes, median: wall {wall:.2f}, CPU {processor:.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
