"""How fast the program starts, against an interpreter that does nothing and one that imports typer.

    python -m benchmarks.startup [RUNS]

Prints the median seconds of each command, run in turn, and its ratio to the interpreter alone. Ratios travel between
machines; seconds do not.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "permission_sets" / "apps" / "wellbeing"
COMMANDS: dict[str, list[str]] = {
    "python -c pass": ["-c", "pass"],
    'python -c "import typer"': ["-c", "import typer"],
    "compliance --help": ["-m", "compliance", "--help"],
    "compliance check (the example)": ["-m", "compliance", "check", "--quiet", str(EXAMPLE)],
}
RUNS = 9


def seconds(arguments: list[str]) -> float:
    """Run Python with ``arguments`` once and return the wall-clock time."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=False, capture_output=True)  # noqa: S603 - ourselves
    return time.perf_counter() - begun


def main() -> None:
    """Print the medians of interleaved runs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    times = [{name: seconds(arguments) for name, arguments in COMMANDS.items()} for _ in range(runs)]
    medians = {name: statistics.median(run[name] for run in times) for name in COMMANDS}
    baseline = medians["python -c pass"]
    for name, median in medians.items():
        print(f"{name:<32} {median:6.3f} s  {median / baseline:5.1f}")


if __name__ == "__main__":
    main()
