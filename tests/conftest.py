"""What holds for every test, and the command line, run in this process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from compliance.cli.main import run

# How long an example takes is a matter of the machine and of what else it does: no test may hang on it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Return what runs ``compliance`` with these arguments."""
    monkeypatch.delenv("COMPLIANCE_DEBUG", raising=False)
    monkeypatch.delenv("COMPLIANCE_KEY_FILE", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 11, 23, tzinfo=dt.UTC).timestamp())))

    def call(*arguments: str | Path) -> Outcome:
        code = run([str(argument) for argument in arguments])
        return Outcome(code, *capfd.readouterr())

    return call
