"""The figures of one side on one file, and where to find them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from benchmarks.process import Run
from benchmarks.subject import Measured, Subject


def wall(row: Measured) -> float:
    """Return the median of wall-clock seconds."""
    return statistics.median(run.wall for run in row.runs)


def cpu(row: Measured) -> float:
    """Return the median of CPU seconds, children included."""
    return statistics.median(run.cpu for run in row.runs)


def peak(row: Measured) -> float:
    """Return the peak megabytes of the largest process in any run."""
    return max(run.largest for run in row.runs)


def together(row: Measured) -> float:
    """Return the peak megabytes of all processes together in any run."""
    return max(run.together for run in row.runs)


def spread(row: Measured, what: Callable[[Run], float]) -> str:
    """Write least, median and most; one figure where there was one run."""
    values = sorted(map(what, row.runs))
    if len(values) == 1:
        return f"{values[0]:.2f}"
    return f"{values[0]:.2f} / {statistics.median(values):.2f} / {values[-1]:.2f}"


def by_subject(measured: Sequence[Measured]) -> Iterator[tuple[Subject, list[Measured]]]:
    """Yield each file and the rows of all sides, in the order of measuring."""
    for _, rows in groupby(measured, lambda row: row.subject.path):
        side_by_side = list(rows)
        yield side_by_side[0].subject, side_by_side


def whole(rows: Sequence[Measured], role: str) -> list[Measured]:
    """Return the rows of one role that ran to their end."""
    return [row for row in rows if row.side.role == role and row.runs and not row.skipped]


def named(rows: Sequence[Measured], name: str) -> Measured | None:
    """Return the row of one side, if it ran to its end."""
    return next((row for row in rows if row.side.name == name and row.runs and not row.skipped), None)


def floor(rows: Sequence[Measured]) -> Measured | None:
    """Return what the others are held against: the fastest bare decoder, or else SQL by hand without patterns."""
    baselines = whole(rows, "baseline") or whole(rows, "reference")[:1]
    return min(baselines, key=cpu, default=None)
