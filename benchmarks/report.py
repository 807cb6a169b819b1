"""Writes what was measured: one page of tables, one drawing, and the figures themselves as JSON.

    python -m benchmarks.report docs/benchmarks.md

puts the tables of the last run into a page, between its two marks, and the drawing beside it.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.data import ROOT
from benchmarks.figures import by_subject, cpu, floor, peak, spread, together, wall
from benchmarks.goals import goals
from benchmarks.growth import draw
from benchmarks.process import Limits
from benchmarks.subject import Measured
from compliance import __version__

FOLDER = ROOT / "build" / "bench"
BEGIN, END = "<!-- benchmark: begin -->\n", "<!-- benchmark: end -->\n"
TABLES, DRAWING, FIGURES = "inventory.md", "growth.svg", "inventory.json"

_HEAD = (
    "| side | names found | counted exactly | wall, s | CPU, s | wall ratio | CPU ratio | peak, MB | together, MB |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def main() -> None:
    """Put the last run into a page."""
    page = Path(sys.argv[1])
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    tables = (FOLDER / TABLES).read_text(encoding="utf-8")
    picture = f"![Time and memory against the number of nested pupils](images/{DRAWING})"
    page.write_text(f"{before}{BEGIN}\n{tables}\n{picture}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    images = page.parent / "images"
    images.mkdir(exist_ok=True)
    (images / DRAWING).write_text((FOLDER / DRAWING).read_text(encoding="utf-8"), encoding="utf-8")


def write(measured: Sequence[Measured], limits: Limits, *, command: str) -> None:
    """Keep the figures, the tables and the drawing of a run, which may not have ended yet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / FIGURES).write_text(json.dumps(list(map(_figures, measured)), indent=1), encoding="utf-8")
    (FOLDER / TABLES).write_text("\n".join(_lines(measured, limits, command)), encoding="utf-8")
    (FOLDER / DRAWING).write_text(draw(measured), encoding="utf-8")


def _lines(measured: Sequence[Measured], limits: Limits, command: str) -> Iterator[str]:
    yield f"Made by `{command}` with compliance {__version__}, Python {platform.python_version()},"
    yield f"{os.cpu_count()} cores; each process had {limits.seconds:g} s and {limits.gigabytes:g} GB."
    yield "Several figures in a cell are least / median / most. Ratios are to the row marked with a star."
    for subject, rows in by_subject(measured):
        yield f"\n### {subject.title}\n"
        yield _HEAD
        base = floor(rows)
        yield from (_row(row, base, len(subject.planted)) for row in rows)
    yield "\n### Growth\n"
    yield from _growth(measured)
    yield "\n### Goals\n"
    yield "| goal | this run | |\n|---|---|---|"
    yield from (f"| {goal.text} | {goal.figures} | {goal.verdict} |" for goal in goals(measured))
    yield "| Spark on two local workers within 1.5 times two local jobs, start-up excluded | | not measured here |\n"


def _row(row: Measured, base: Measured | None, planted: int) -> str:
    star = " *" if row is base else ""
    if row.skipped:
        memory = f"{peak(row):,.0f} | {together(row):,.0f}" if row.runs else " | "
        return f"| {row.side.name} | {row.skipped} | | | | | | {memory} |"
    finding = row.finding
    names = f"{finding.names} of {planted}" if finding else ""
    exact = f"{finding.exact} of {planted}" if finding and finding.exact is not None else ""
    ratios = (f"{wall(row) / wall(base):.2f}", f"{cpu(row) / cpu(base):.2f}") if base else ("", "")
    cells = (
        row.side.name + star, names, exact, spread(row, lambda run: run.wall), spread(row, lambda run: run.cpu),
        *ratios, f"{peak(row):,.0f}", f"{together(row):,.0f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _growth(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield microseconds of wall-clock time for each pupil, and peak memory, of ours by size."""
    yield "| shape | format | side | pupils | microseconds a pupil | peak of a process, MB | together, MB |"
    yield "|---|---|---|---|---|---|---|"
    ours = [row for row in measured if row.side.role == "ours" and row.runs and not row.skipped]
    for row in sorted(ours, key=lambda row: (row.subject.shape.name, row.subject.kind, row.side.name)):
        subject = row.subject
        each = wall(row) / subject.records * 1e6
        yield (
            f"| {subject.shape.name} | {subject.kind} | {row.side.name} | {subject.records:,} | {each:.1f} "
            f"| {peak(row):.0f} | {together(row):.0f} |"
        )


def _figures(row: Measured) -> dict[str, object]:
    said = {"output", "errors"}
    return {
        "shape": row.subject.shape.name,
        "records": row.subject.records,
        "format": row.subject.kind,
        "bytes": row.subject.path.stat().st_size,
        "side": row.side.name,
        "role": row.side.role,
        "skipped": row.skipped,
        "finding": asdict(row.finding) if row.finding else None,
        "runs": [{key: value for key, value in asdict(run).items() if key not in said} for run in row.runs],
    }


if __name__ == "__main__":
    main()
