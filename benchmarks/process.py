"""Runs a command as a process of its own, within limits, and says what it took."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SIGNS = ("MemoryError", "bad_alloc", "ut of memory", "ut of Memory", "memory allocation of", "Cannot allocate memory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one command may take."""

    seconds: float
    gigabytes: float
    """Address space of each of its processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a command took. Its children count where it waited for them."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of user and system, of it and its children."""
    largest: float
    """Peak megabytes of its largest process (``ru_maxrss``)."""
    together: float
    """Peak megabytes of all its processes at one time, sampled; what they share counts in each."""
    code: int
    cut: str
    """Why it was ended before its end; empty when it was not."""
    output: str
    errors: str


def run(command: list[str], limits: Limits, environment: Mapping[str, str] | None = None) -> Run:
    """Run ``command`` to its end or to its limit."""
    with tempfile.TemporaryDirectory() as folder:
        report, output, errors = (Path(folder) / name for name in ("report", "output", "errors"))
        launch = [sys.executable, "-S", str(Path(__file__).with_name("launch.py")), str(report)]
        with output.open("wb") as out, errors.open("wb") as err:
            subprocess.run(  # noqa: S603 - commands of our own making
                [*launch, str(limits.seconds), str(int(limits.gigabytes * 1e9)), *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                check=True,
                env={**os.environ, **(environment or {})},
            )
        took = json.loads(report.read_text(encoding="utf-8"))
        said = [path.read_text(encoding="utf-8", errors="replace") for path in (output, errors)]
    is_out = took["code"] != 0 and any(sign in said[1] for sign in _SIGNS)
    killed = took["code"] == -signal.SIGKILL and not took["cut"]
    too_slow, too_large = f"over {limits.seconds:g} s", f"over {limits.gigabytes:g} GB"
    took["cut"] = too_slow if took["cut"] else too_large if is_out or killed else ""
    return Run(**took, output=said[0], errors=said[1])
