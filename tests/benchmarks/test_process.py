from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from benchmarks import launch
from benchmarks.process import Limits, run

WIDE = Limits(seconds=60, gigabytes=4)


def python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


def test_what_a_process_takes_and_says() -> None:
    took = run(python("import sys; text = b'x' * 80_000_000; print('out'); print('err', file=sys.stderr)"), WIDE)
    assert (took.code, took.cut, took.output, took.errors) == (0, "", "out\n", "err\n")
    assert 76 <= took.largest <= 120
    assert took.together >= took.largest
    assert 0 < took.cpu <= took.wall + 1


def test_the_runner_does_not_show_in_the_figures() -> None:
    ballast = b"x" * 200_000_000
    assert run(python("pass"), WIDE).largest < 40
    assert len(ballast) == 200_000_000


def test_the_largest_of_its_children_counts() -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', 'text = b\"x\" * 80_000_000'])"
    assert run(python(child), WIDE).largest >= 76


def test_a_process_over_its_limits_is_cut_off() -> None:
    slow = run(python("import time; time.sleep(600)"), Limits(seconds=0.3, gigabytes=4))
    large = run(python("text = b'x' * 2_000_000_000"), Limits(seconds=60, gigabytes=1))
    assert (slow.cut, large.cut) == ("over 0.3 s", "over 1 GB")


def test_ending_the_run_ends_what_it_measures(tmp_path: Path) -> None:
    said = tmp_path / "said"
    os.mkfifo(said)
    child = (
        f"import time; out = open({str(said)!r}, 'w'); out.write('begun\\n'); out.flush(); "
        "time.sleep(60); out.write('survived')"
    )
    launcher = [sys.executable, "-S", launch.__file__, str(tmp_path / "report"), "600", str(4 * 10**9)]
    with subprocess.Popen([*launcher, *python(child)]) as launched, said.open(encoding="ascii") as words:  # noqa: S603 - ourselves
        assert words.readline() == "begun\n"
        launched.send_signal(signal.SIGTERM)
        assert words.read() == ""
        assert launched.wait() == 130
