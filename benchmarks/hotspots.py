"""Shows where our CPU goes for one shape: one process, one job, all that Python can see.

    python -m benchmarks.hotspots {flat,nested,sparse} [RECORDS] [KIND] [-- OPTIONS OF compliance inventory]

Prints the functions that take the most time of their own, as shares of the whole; the profiler makes many small calls
look dearer than they are. For native code, lay py-spy beside it:
``py-spy record --native -o build/bench/hotspots.svg -- .venv/bin/python -m compliance inventory FILE``.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from benchmarks.data import FOLDER, made
from benchmarks.pupils import SHAPES

SHOWN = 25


def main() -> None:
    """Profile one run and print its shares."""
    asked, _, options = " ".join(sys.argv[1:]).partition("--")
    name, *rest = asked.split()
    records, kind = int(rest[0]) if rest else 100_000, rest[1] if len(rest) > 1 else "jsonl"
    shape = next(shape for shape in SHAPES if shape.name == name)
    path = made(FOLDER, shape, records, kind)
    profiled = _profile(path, options.split())
    print(f"{records:,} {name} pupils, {kind}: shares of {profiled.total_tt:.1f} s under the profiler")  # type: ignore[attr-defined]
    rows = sorted(profiled.stats.items(), key=lambda row: -row[1][2])  # type: ignore[attr-defined]
    for (file, line, function), (_, calls, own, *_rest) in rows[:SHOWN]:
        place = f"{Path(file).name}:{line}" if line else "built in"
        print(f"{own / profiled.total_tt:6.1%}  {calls:>12,}  {place:<28} {function}")  # type: ignore[attr-defined]


def _profile(path: Path, options: list[str]) -> pstats.Stats:
    from compliance.cli.main import run  # noqa: PLC0415 - imported late, as the program is

    sys.argv = ["compliance", "inventory", str(path), "--format", "json", *options]
    profiler = cProfile.Profile()
    with redirect_stdout(StringIO()), suppress(SystemExit):
        profiler.runcall(run)
    return pstats.Stats(profiler)


if __name__ == "__main__":
    main()
