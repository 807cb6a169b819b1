"""The command line, run in this process, and the example school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from compliance.cli.main import run
from compliance.example.generate import ExamplePaths, write_example

AT = dt.date(2026, 11, 23)


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


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> ExamplePaths:
    """Write the example with its faults."""
    return write_example(tmp_path_factory.mktemp("school"), at=AT)


@pytest.fixture(scope="session")
def clean_school(tmp_path_factory: pytest.TempPathFactory) -> ExamplePaths:
    """Write the example without faults."""
    return write_example(tmp_path_factory.mktemp("clean"), clean=True, at=AT)
