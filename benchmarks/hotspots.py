"""Shows where our CPU goes for one shape: one process, one job, all that Python can see.

    python -m benchmarks.hotspots {flat,nested,sparse} [RECORDS] [KIND] [-- OPTIONS OF compliance inventory]

Prints the files, then the functions, that take the most time of their own, as shares of the whole; the profiler
makes many small calls look dearer than they are. For native code, lay py-spy beside it:
``py-spy record --native -o build/bench/hotspots.svg -- .venv/bin/python -m compliance inventory FILE``.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections import defaultdict
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from benchmarks.data import FOLDER, made
from benchmarks.pupils import SHAPES

SHOWN, SHOWN_FILES = 25, 12


def main() -> None:
    """Profile one run and print its shares."""
    asked, _, options = " ".join(sys.argv[1:]).partition("--")
    name, *rest = asked.split()
    records, kind = int(rest[0]) if rest else 100_000, rest[1] if len(rest) > 1 else "jsonl"
    shape = next(shape for shape in SHAPES if shape.name == name)
    path = made(FOLDER, shape, records, kind)
    rows = _profile(path, options.split())
    total = sum(row.own for row in rows)
    print(f"{records:,} {name} pupils, {kind}: shares of {total:.1f} s under the profiler")
    for place, own in _by_file(rows)[:SHOWN_FILES]:
        print(f"{own / total:6.1%}  {place}")
    print()
    for row in sorted(rows, key=lambda row: -row.own)[:SHOWN]:
        print(f"{row.own / total:6.1%}  {row.calls:>12,}  {row.file}:{row.line:<6} {row.function}")


class Row(NamedTuple):
    """One function."""

    file: str
    line: int
    function: str
    calls: int
    own: float
    """Seconds in the function itself."""


def _by_file(rows: list[Row]) -> list[tuple[str, float]]:
    shares: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        shares[row.file] += row.own
    return sorted(shares.items(), key=lambda share: -share[1])


def _profile(path: Path, options: list[str]) -> list[Row]:
    from compliance.cli.main import run  # noqa: PLC0415 - imported late, as the program is

    sys.argv = ["compliance", "inventory", str(path), "--format", "json", *options]
    profiler = cProfile.Profile()
    with redirect_stdout(StringIO()), suppress(SystemExit):
        profiler.runcall(run)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]  # typeshed does not know it
    return [
        Row("/".join(Path(file).parts[-2:]) if line else "native code", line, function, calls, own)
        for (file, line, function), (_, calls, own, *_rest) in stats.items()
    ]


if __name__ == "__main__":
    main()
