"""A batch on Spark makes the bytes that this machine alone makes."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from compliance.example.generate import write_example
from tests.conftest import Cli

pytestmark = [
    pytest.mark.slow,
    # PySpark leaves its socket to the Java machine, and that machine, to the end of the process.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore:subprocess .* still running:ResourceWarning"),
]


@pytest.mark.usefixtures("spark_environment")
def test_a_batch_on_spark_makes_the_same_bytes(cli: Cli, tmp_path: Path) -> None:
    declarations = write_example(tmp_path / "example", clean=True, at=dt.date(2026, 11, 23)).declarations[0]
    shared = tmp_path / "shared"
    shared.mkdir()
    for name in ("permission-set.yaml", "stored-fields.yaml", "organisation.yaml"):
        shutil.copy(declarations / name, shared)
    for number in range(5):
        (tmp_path / "schools" / f"school {number}").mkdir(parents=True)
        shutil.copy(declarations / "authorisation.yaml", tmp_path / "schools" / f"school {number}")
    (tmp_path / "schools" / "school 3" / "authorisation.yaml").write_text("kind: authorisation\n")
    order = ("report", shared, "--all", tmp_path / "schools", "--format", "html", "--at", "2026-11-23")
    there = cli(*order, "--out", tmp_path / "there", "--engine", "spark", "--master", "local[2]")
    here = cli(*order, "--out", tmp_path / "here", "--jobs", "1")
    assert (there.code, here.code) == (3, 3)
    assert there.err == here.err
    assert written(tmp_path / "there") == written(tmp_path / "here")
    assert len(written(tmp_path / "here")) == 4 + 2


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_spark_is_for_many_schools(cli: Cli, tmp_path: Path) -> None:
    done = cli("report", tmp_path, "--engine", "spark")
    assert (done.code, done.out) == (2, "")
    assert "Say --all with it." in done.err
