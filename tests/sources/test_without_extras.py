"""What an address needs and this installation lacks is said, with the line that installs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

LACKING = """
import sys
for name in {names!r}:
    sys.modules[name] = None
from compliance.cli.main import run
sys.exit(run(["inventory", {address!r}]))
"""


@pytest.mark.parametrize(
    ("names", "address", "extra"),
    [
        (["sqlalchemy"], "postgresql://ann@127.0.0.1:1/school", "compliance-for-schools[sql]"),
        (["psycopg"], "postgresql://ann@127.0.0.1:1/school", "psycopg"),
        (["pymongo"], "mongodb://127.0.0.1:1/school", "compliance-for-schools[mongodb]"),
    ],
)
def test_a_missing_extra_is_named(names: list[str], address: str, extra: str) -> None:
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", LACKING.format(names=names, address=address)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert extra in ran.stderr
    assert (ran.returncode in {2, 3}, ran.stdout, ran.stderr.count("\n"), "something failed" in ran.stderr) == (
        True, "", 1, False,
    )  # fmt: skip
