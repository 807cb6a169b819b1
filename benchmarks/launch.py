"""Starts a command, watches it and writes what it took: a process so small that it does not show in the figures.

    python -S launch.py REPORT SECONDS BYTES COMMAND…

A process inherits the peak memory of the one that started it, which is why the runner does not start it itself.
REPORT gets one JSON object: wall and CPU seconds, peak megabytes, exit code, and whether it was cut off.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator

_LOOK = 0.005
_SAMPLE = 0.1
_PAGE = resource.getpagesize()


def main() -> None:
    """Run the command to its end or to its limit."""
    report, seconds, space, command = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    begun = time.perf_counter()
    pid = os.fork()
    if not pid:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
        os.execvp(command[0], command)  # noqa: S606 - a command of the runner's making
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        status, usage, together, cut = _watch(pid, begun + seconds)
    except KeyboardInterrupt:  # whoever ends the run ends what it measures
        os.killpg(pid, signal.SIGKILL)
        raise SystemExit(130) from None
    took = {
        "wall": time.perf_counter() - begun,
        "cpu": usage.ru_utime + usage.ru_stime,
        "largest": usage.ru_maxrss / 1024,
        "together": max(together, usage.ru_maxrss / 1024),
        "code": os.waitstatus_to_exitcode(status),
        "cut": cut,
    }
    with open(report, "w", encoding="utf-8") as out:  # noqa: PTH123 - pathlib would show in the figures
        json.dump(took, out)


def _watch(pid: int, deadline: float) -> tuple[int, resource.struct_rusage, float, bool]:
    """Wait for a process; return its status and usage, the peak of all together, and whether it was too slow."""
    together, sampled, cut = 0.0, 0.0, False
    while True:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return status, usage, together, cut
        now = time.perf_counter()
        if now > deadline and not cut:
            os.killpg(pid, signal.SIGKILL)
            cut = True
        if now - sampled > _SAMPLE:
            together = max(together, sum(map(_resident, _family(pid))) / 2**20)
            sampled = now
        time.sleep(_LOOK)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in _read(f"/proc/{pid}/task/{pid}/children"):
        yield from _family(int(child))


def _resident(pid: int) -> int:
    return int((_read(f"/proc/{pid}/statm") or ["0", "0"])[1]) * _PAGE


def _read(path: str) -> list[str]:
    try:
        with open(path, encoding="ascii") as text:  # noqa: PTH123 - likewise
            return text.read().split()
    except OSError:
        return []


if __name__ == "__main__":
    main()
