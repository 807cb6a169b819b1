"""Our own side. How the program is called stands here and nowhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache

from benchmarks.process import Run
from benchmarks.subject import CannotError, Finding, Side, Subject

_TAKE = [sys.executable, "-m", "compliance", "inventory"]
JOBS, NO_DETECTORS = "--jobs", "--no-detectors"


def sides(jobs: tuple[int, ...]) -> list[Side]:
    """Return ours with and without detectors, with each number of jobs."""
    return [_side(detectors=detectors, jobs=each) for each in jobs for detectors in (False, True)]


def name(*, detectors: bool, jobs: int) -> str:
    """Return how a side of ours is called in tables."""
    return f"compliance, {'all' if detectors else 'no'} detectors, {jobs} job{'s' * (jobs > 1)}"


def _side(*, detectors: bool, jobs: int) -> Side:
    def command(subject: Subject) -> list[str]:
        options = [JOBS, str(jobs)] if _has(JOBS) else []
        if jobs > 1 and not options:
            raise CannotError(f"this version has no {JOBS}")
        if not detectors and not _has(NO_DETECTORS):
            raise CannotError(f"this version has no {NO_DETECTORS}")
        return [*_TAKE, str(subject.path), "--format", "json", *options, *([] if detectors else [NO_DETECTORS])]

    return Side(name=name(detectors=detectors, jobs=jobs), role="ours", command=command, find=find)


def find(subject: Subject, run: Run) -> Finding:
    """Say which planted paths were found, and which of them were counted to the one."""
    datasets = json.loads(run.output)["datasets"]
    fields = {
        path.removeprefix(f"{dataset}."): field["present"] - field["null"] - field["empty"]
        for dataset, profile in datasets.items()
        for path, field in profile["fields"].items()
    }
    planted = subject.planted
    return Finding(
        names=sum(path in fields for path in planted),
        exact=sum(fields.get(path) == count for path, count in planted.items()),
    )


@cache
def _has(option: str) -> bool:
    said = subprocess.run(  # noqa: S603 - ourselves
        [*_TAKE, "--help"], check=True, capture_output=True, text=True, env={**os.environ, "COLUMNS": "400"}
    )
    return option in said.stdout
