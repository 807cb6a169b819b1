"""The goals, each met or missed by the figures of one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.figures import by_subject, cpu, floor, named, peak, wall, whole
from benchmarks.ours import name
from benchmarks.subject import Measured, Subject

Rows = tuple[Subject, list[Measured]]
_BARE, _ALL = name(detectors=False, jobs=1), name(detectors=True, jobs=1)
_TWO = name(detectors=True, jobs=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal, and what the run says of it."""

    text: str
    figures: str
    is_met: bool | None
    """None when the run did not measure it."""

    @property
    def verdict(self) -> str:
        """The word for it."""
        return {True: "met", False: "missed", None: "not measured"}[self.is_met]


def goals(measured: Sequence[Measured]) -> Iterator[Goal]:
    """Hold every goal against the run; ratios are of medians, at the largest size unless the goal says otherwise."""
    files = list(by_subject(measured))
    nested = [file for file in files if file[0].shape.name == "nested"][-1:]
    yield from (_found(file) for file in files)
    yield _ratio("nested, no detectors: CPU at most 2.5 times bare decoding", nested, _BARE, 2.5)
    yield _ratio("nested, all detectors: CPU at most 4 times bare decoding", nested, _ALL, 4)
    yield _two_jobs(nested)
    yield from (_memory(file) for file in files)
    yield from (goal for file in files if file[0].kind == "parquet" for goal in _by_hand(file))
    yield from (_peers(file) for file in files if any(row.side.role == "peer" for row in file[1]))


def _found(file: Rows) -> Goal:
    subject, rows = file
    text = f"{subject.title}: every planted path found and counted exactly"
    ours = whole(rows, "ours")
    for row in rows:
        if row.side.role == "ours" and row.skipped and not row.skipped.startswith("cannot"):
            return Goal(text=text, figures=row.skipped, is_met=False)
    findings = [row.finding for row in ours if row.finding]
    count = len(subject.planted)
    least, exact = (min(map(what, findings), default=0) for what in (lambda f: f.names, lambda f: f.exact or 0))
    return Goal(
        text=text,
        figures=f"{least} of {count} found, {exact} of {count} exact",
        is_met=(least == exact == count) if findings else None,
    )


def _ratio(text: str, files: Sequence[Rows], side: str, most: float) -> Goal:
    for subject, rows in files:
        ours, base = named(rows, side), floor(rows)
        if ours and base:
            ratio = cpu(ours) / cpu(base)
            return Goal(text=text, figures=f"{ratio:.2f} ({subject.records:,})", is_met=ratio <= most)
    return Goal(text=text, figures="", is_met=None)


def _two_jobs(files: Sequence[Rows]) -> Goal:
    text = "nested, all detectors: two jobs at least 1.8 times as fast as one"
    for subject, rows in files:
        one, two = named(rows, _ALL), named(rows, _TWO)
        if one and two:
            gain = wall(one) / wall(two)
            return Goal(text=text, figures=f"{gain:.2f} ({subject.records:,})", is_met=gain >= 1.8)  # noqa: PLR2004
    return Goal(text=text, figures="", is_met=None)


def _memory(file: Rows) -> Goal:
    subject, rows = file
    most = max(map(peak, whole(rows, "ours")), default=None)
    return Goal(
        text=f"{subject.title}: at most 150 MB for each job",
        figures="" if most is None else f"{most:.0f} MB",
        is_met=None if most is None else most <= 150,  # noqa: PLR2004 - the goal itself
    )


def _by_hand(file: Rows) -> Iterator[Goal]:
    subject, rows = file
    for side, words in ((_BARE, "no patterns"), (_ALL, "patterns")):
        ours, hand = named(rows, side), named(rows, f"DuckDB by hand, {words}")
        ratio = cpu(ours) / cpu(hand) if ours and hand else None
        yield Goal(
            text=f"{subject.title}, {words}: CPU at most 1.5 times SQL by hand",
            figures="" if ratio is None else f"{ratio:.2f}",
            is_met=None if ratio is None else ratio <= 1.5,  # noqa: PLR2004 - the goal itself
        )


def _peers(file: Rows) -> Goal:
    """Ours with all detectors against every peer that finds everything; on nested pupils against every peer."""
    subject, rows = file
    is_nested = subject.shape.name == "nested"
    ours = named(rows, _ALL)
    rivals = [
        row for row in whole(rows, "peer") if is_nested or (row.finding and row.finding.names == len(subject.planted))
    ]
    faster = [row for row in rivals if ours and wall(row) < wall(ours)]
    figures = ", ".join(f"{row.side.name} takes {wall(row) / wall(ours):.2f} of our time" for row in faster if ours)
    return Goal(
        text=f"{subject.title}: faster than every peer{'' if is_nested else ' that finds all names'}",
        figures=figures or f"{len(rivals)} slower than ours",
        is_met=not faster if ours else None,
    )
