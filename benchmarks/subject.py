"""What is measured, on what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.process import Run
from benchmarks.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One file of invented pupils."""

    shape: Shape
    records: int
    kind: str
    path: Path

    @property
    def title(self) -> str:
        """How the file is called in tables."""
        names = {"jsonl": "JSON Lines", "csv": "CSV", "parquet": "Parquet"}
        size = self.path.stat().st_size / 1e6
        return f"{self.records:,} {self.shape.name} pupils, {names[self.kind]}, {size:,.1f} MB"

    @property
    def planted(self) -> dict[str, int]:
        """The paths that nobody declared, and how many pupils have each."""
        return {plant.path: len(plant.rows(self.records)) for plant in self.shape.planted}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one side said of what was planted."""

    names: int
    exact: int | None
    """How many were counted exactly; None for a side that does not count."""


class CannotError(Exception):
    """A side cannot look at such a file; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of those that are measured beside one another."""

    name: str
    role: str
    """``baseline``, ``ours``, ``reference`` or ``peer``."""
    command: Callable[[Subject], list[str]]
    """The command that looks at a file; raises ``CannotError``."""
    find: Callable[[Subject, Run], Finding | None] = field(default=lambda _subject, _run: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A side, a file, and what came of it."""

    subject: Subject
    side: Side
    runs: tuple[Run, ...] = ()
    finding: Finding | None = None
    skipped: str = ""
    """Why there are no figures; empty when there are."""
