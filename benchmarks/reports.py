"""Measures a batch of reports: how many a second, and in how much memory, beside plain WeasyPrint on the same HTML.

    python -m benchmarks.reports [--html N] [--pdf N] [--jobs N]

Schools of three sizes are written: one with the declarations that ``compliance init`` makes, one with the example's,
and the example with its feed and store. Every run is a process of its own, started cold, so its start counts too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import Limits, Run, run
from compliance.cli.main import run as compliance
from compliance.example.generate import ExamplePaths, write_example

AT = dt.date(2026, 11, 23)
LIMITS = Limits(seconds=3600, gigabytes=16)
MANY = 25_000
SHARED = ("permission-set.yaml", "stored-fields.yaml", "organisation.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Schools of one size."""

    name: str
    declarations: Path
    data: ExamplePaths | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One run over the schools of one size."""

    size: str
    name: str
    reports: int
    took: Run
    pages: str = ""


def main() -> None:
    """Measure every size and print a table."""
    options = _options()
    print(f"{'schools':<10} {'run':<26} {'reports':>7} {'pages':>6} {'a second':>9} {'CPU s each':>11} "
          f"{'largest MB':>11} {'together MB':>12} {f'{MANY:,} take':>12}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for size in _sizes(Path(folder)):
            for side in _measured(Path(folder) / "measured" / size.name, size, options):
                print(_row(side), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--html", type=int, default=100, help="reports as HTML")
    parser.add_argument("--pdf", type=int, default=4, help="reports as PDF")
    parser.add_argument("--jobs", type=int, default=2, help="processes of the second run of each")
    return parser.parse_args()


def _sizes(folder: Path) -> Iterator[Size]:
    with redirect_stdout(io.StringIO()):  # it lists what it writes
        compliance(["init", str(folder / "starter")])
    example = write_example(folder / "example", at=AT)
    yield Size(name="starter", declarations=folder / "starter")
    yield Size(name="example", declarations=example.declarations[0])
    yield Size(name="data", declarations=example.declarations[0], data=example)


def _measured(folder: Path, size: Size, options: argparse.Namespace) -> Iterator[Side]:
    """Yield the runs over one size: HTML by one process and by several, PDF likewise, and plain WeasyPrint."""
    shared = folder / "shared"
    shared.mkdir(parents=True)
    for name in SHARED:
        shutil.copy(size.declarations / name, shared)
    for ending, count in (("html", options.html), ("pdf", options.pdf)):
        schools = folder / f"{ending}-schools"
        for number in range(count):
            _write(schools / f"school-{number:05}", size)
        for jobs in sorted({1, options.jobs}):
            out = folder / f"{ending}-{jobs}"
            yield Side(size=size.name, name=f"{ending}, {jobs} jobs", reports=count,
                       took=_report(shared, schools, out, ending, jobs))  # fmt: skip
    html = folder / "same-html"
    _report(shared, folder / "pdf-schools", html, "html", 1)
    plain = run([sys.executable, "-m", "benchmarks.plain_pdf", str(html)], LIMITS)
    yield Side(size=size.name, name="plain WeasyPrint, 1 job", reports=options.pdf, took=plain,
               pages=plain.output.split("\n", 1)[0])  # fmt: skip


def _report(shared: Path, schools: Path, out: Path, ending: str, jobs: int) -> Run:
    command = [sys.executable, "-m", "compliance", "report", str(shared), "--all", str(schools), "--out", str(out)]
    took = run([*command, "--format", ending, "--jobs", str(jobs), "--at", AT.isoformat(), "--quiet"], LIMITS)
    if took.code:
        raise SystemExit(f"the run failed: {took.cut or took.errors}")
    return took


def _write(school: Path, size: Size) -> None:
    school.mkdir(parents=True)
    shutil.copy(size.declarations / "authorisation.yaml", school)
    if size.data:
        (school / "feed").symlink_to(size.data.feed)
        (school / "store.sqlite").symlink_to(size.data.store)


def _row(side: Side) -> str:
    rate = side.reports / side.took.wall
    hours, rest = divmod(round(MANY / rate), 3600)
    return (
        f"{side.size:<10} {side.name:<26} {side.reports:>7} {side.pages:>6} {rate:>9.2f} "
        f"{side.took.cpu / side.reports:>11.3f} {side.took.largest:>11.0f} {side.took.together:>12.0f} "
        f"{f'{hours}:{rest // 60:02} h':>12}"
    )


if __name__ == "__main__":
    main()
