"""Ours beside bare decoding, SQL by hand and named peers: the same files, one run, in turn.

    python -m benchmarks.inventory [--sizes 100000,1000000] [--shapes flat,nested] [--repeats 3] [--no-peers]
                                   [--seconds 120] [--gigabytes 12] [--data DIR]

Each side is a process of its own; sides take turns, so that whatever else the machine does meets all of them. A side
whose first run is long is not repeated, and one that was cut off is not asked about larger files. Ratios travel
between machines; seconds do not. Everything that was measured is kept in ``build/bench/``, and ``python -m
benchmarks.report`` puts it into the documentation.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import ours, report
from benchmarks.data import FOLDER, made
from benchmarks.peers import registry as peers
from benchmarks.process import Limits, Run, run
from benchmarks.pupils import SHAPES
from benchmarks.references import bare, by_hand
from benchmarks.report import write
from benchmarks.subject import CannotError, Measured, Side, Subject

KINDS = {"flat": ("jsonl", "csv", "parquet"), "nested": ("jsonl",), "sparse": ("jsonl",)}
LONG = {"peer": 10.0}
LONG_OTHERWISE = 120.0
"""Seconds above which a side of this role is not run again: a peer's last digit is worth less than an hour."""
_WIDE = {"COLUMNS": "400", "NO_COLOR": "1"}
"""A terminal in which no name is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is measured in one run."""

    sides: tuple[Side, ...]
    repeats: int
    limits: Limits


def main() -> None:
    """Measure, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100000")
    parser.add_argument("--shapes", default=",".join(KINDS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--gigabytes", type=float, default=12)
    parser.add_argument("--data", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    jobs = tuple(int(each) for each in chosen.jobs.split(","))
    plan = Plan(
        sides=(*bare(), *by_hand(), *ours.sides(jobs), *([] if chosen.no_peers else peers.sides())),
        repeats=chosen.repeats,
        limits=Limits(seconds=chosen.seconds, gigabytes=chosen.gigabytes),
    )
    sizes = sorted(int(size) for size in chosen.sizes.split(","))
    measured: list[Measured] = []
    for subject in _subjects(sizes, chosen.shapes.split(","), chosen.data):
        print(f"\n{subject.title}", flush=True)
        measured += _measure(subject, plan, measured)
        write(measured, plan.limits, command=_command(sys.argv[1:]))
    print((report.FOLDER / report.TABLES).read_text(encoding="utf-8"))


def _command(arguments: Sequence[str]) -> str:
    """Say how to make the same run elsewhere: where this machine kept its data is nobody's matter."""
    kept = [each for before, each in zip(["", *arguments], arguments, strict=False) if "--data" not in (before, each)]
    return " ".join(["python -m benchmarks.inventory", *kept])


def _subjects(sizes: Sequence[int], shapes: Sequence[str], folder: Path) -> Iterator[Subject]:
    for records in sizes:
        for shape in SHAPES:
            for kind in KINDS[shape.name] if shape.name in shapes else ():
                yield Subject(shape=shape, records=records, kind=kind, path=made(folder, shape, records, kind))


def _measure(subject: Subject, plan: Plan, before: Sequence[Measured]) -> list[Measured]:
    """Run every side on one file, in turn."""
    rows = [_first(subject, side, plan, before) for side in plan.sides]
    for _ in range(1, plan.repeats):
        for number, row in enumerate(rows):
            if row.runs and row.runs[0].wall <= LONG.get(row.side.role, LONG_OTHERWISE) and not row.skipped:
                again = run(row.side.command(subject), plan.limits, _WIDE)
                rows[number] = replace(row, runs=(*row.runs, again))
    return [row for row in rows if row.runs or row.skipped]


def _first(subject: Subject, side: Side, plan: Plan, before: Sequence[Measured]) -> Measured:
    row = Measured(subject=subject, side=side)
    smaller = [each for each in before if (each.side.name, each.subject.shape, each.subject.kind)
               == (side.name, subject.shape, subject.kind) and each.subject.records < subject.records]  # fmt: skip
    if smaller and (why := _hopeless(smaller[-1], subject, plan.limits)):
        return replace(row, skipped=why)
    try:
        command = side.command(subject)
    except CannotError as error:
        return replace(row, skipped=str(error) and f"cannot: {error}")
    first = run(command, plan.limits, _WIDE)
    print(f"  {side.name:<55} {first.wall:7.1f} s  {first.largest:7.0f} MB  {first.cut}", flush=True)
    if first.cut:
        return replace(row, runs=(first,), skipped=f"cut off: {first.cut}")
    if _failed(side, first):
        return replace(row, runs=(first,), skipped=f"failed: {_last_line(first.errors)}")
    return replace(row, runs=(first,), finding=side.find(subject, first))


def _failed(side: Side, first: Run) -> bool:
    """Whether a side could not look: peers end with another code than 0 for what they find, so theirs says nothing."""
    return "Traceback (most recent call last)" in first.errors if side.role == "peer" else bool(first.code)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1][:200].replace("|", "/")


def _hopeless(smaller: Measured, subject: Subject, limits: Limits) -> str:
    """Say why a side need not be asked: it was cut off before, or would be by its own pace; a cut-off run proves it."""
    if smaller.skipped:
        return smaller.skipped if smaller.skipped.startswith("cannot") else f"{smaller.skipped} at a smaller size"
    growth = subject.records / smaller.subject.records
    best: Run = min(smaller.runs, key=lambda each: each.wall)
    if smaller.side.role == "peer" and best.wall * growth > limits.seconds * 2:
        return f"not run: took {best.wall:.0f} s for {smaller.subject.records:,}, the limit is {limits.seconds:g} s"
    return ""


if __name__ == "__main__":
    main()
