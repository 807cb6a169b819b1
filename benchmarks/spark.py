"""How fast Spark takes an inventory on this machine, against two jobs of the local engine on the same file.

    python -m benchmarks.spark [RECORDS [RUNS]]

Spark's start is left out: its session and its Python workers are up before the first run. The runs are interleaved.
Prints seconds of wall and of processor time of each, all processes together, and the ratios. Ratios travel between
machines; seconds do not, and on a busy machine only the processor's ratio says much. The two sides must come to
equal inventories.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.asked import asked_for
from benchmarks.data import FOLDER, data_file
from benchmarks.pupils import SHAPES
from compliance.engines.local import take_locally
from compliance.engines.spark import inventory_on_spark, spark_session
from compliance.engines.work import How, Work
from compliance.integrators.plain import Plain
from compliance.inventory.measures import InventoryPlan
from compliance.model.inventory import Inventory
from compliance.model.vocabulary import Vocabulary

RECORDS = 300_000
RUNS = 3
PROCESSES = 2


def in_processes(path: Path, plan: InventoryPlan, vocabulary: Vocabulary) -> Inventory:
    """Take the inventory with two processes of the local engine."""
    work = Work(plan=plan, vocabulary=vocabulary, integrator=Plain())
    return take_locally(str(path), work, How(jobs=PROCESSES))


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
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS  # noqa: PLR2004 - the second argument
    plan, vocabulary = asked_for()
    nested = next(shape for shape in SHAPES if shape.name == "nested")
    with spark_session(f"local[{PROCESSES}]") as session:
        path, small = (data_file(FOLDER, nested, count, "jsonl") for count in (records, 1000))
        inventory_on_spark(session, str(small), plan, vocabulary)
        megabytes = path.stat().st_size / 1e6
        print(f"{records:,} records, {megabytes:,.0f} MB of JSON Lines", flush=True)
        ratios = []
        for _ in range(runs):
            spark, on_spark = timed(lambda: inventory_on_spark(session, str(path), plan, vocabulary))
            local, in_two = timed(lambda: in_processes(path, plan, vocabulary))
            if replace(on_spark, taken_at=None) != replace(in_two, taken_at=None):
                raise SystemExit("the two inventories differ")
            ratios.append(Cost(spark.wall / local.wall, spark.processor / local.processor))
            for name, cost in ((f"Spark local[{PROCESSES}]", spark), (f"{PROCESSES} processes", local)):
                print(f"{name:16} {cost.wall:7.1f} s wall {cost.processor:7.1f} s CPU", flush=True)
        wall, processor = (median(ratio[kind] for ratio in ratios) for kind in (0, 1))
        print(f"Spark against processes, median: wall {wall:.2f}, CPU {processor:.2f}")


if __name__ == "__main__":
    main()
