"""What the Spark engine says where there is no Spark."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from compliance.cli.main import run


def refused(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["inventory", *arguments]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    return err


def test_without_pyspark_it_says_how_to_install_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    assert refused(capfd, "feed", "--engine", "spark") == (
        "compliance: error: The Spark engine needs PySpark, which is not installed. "
        "Run `pip install 'compliance-for-schools[spark]'`.\n"
    )


@pytest.mark.slow
# PySpark leaves its pipe to the Java machine that never came.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore:unclosed:ResourceWarning")
def test_without_java_it_says_that_spark_did_not_start(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("pyspark.SparkContext._gateway", None)
    assert refused(capfd, "feed", "--engine", "spark", "--master", "local[1]") == (
        "compliance: error: Spark did not start. It needs Java 17 or later (JAVA_HOME or PATH) and, with --master, "
        "a cluster that answers there.\n"
    )


def test_a_master_without_spark_is_a_mistake(capfd: pytest.CaptureFixture[str]) -> None:
    assert refused(capfd, "feed", "--master", "yarn") == (
        "compliance: error: --master names a Spark cluster. Say --engine spark with it, or leave it out.\n"
    )


def test_spark_reads_no_answers_of_an_integrator(capfd: pytest.CaptureFixture[str]) -> None:
    assert refused(capfd, "feed", "--engine", "spark", "--integrator", "xporter") == (
        "compliance: error: On Spark, records are read as they stand. Leave --integrator and --for out.\n"
    )
