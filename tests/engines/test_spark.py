"""The Spark engine on this machine takes the inventory that the local engine takes, and hands on nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.engines.spark import inventory_on_spark, spark_session
from compliance.inventory.measures import InventoryPlan
from compliance.model.inventory import Inventory
from compliance.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.slow,
    # PySpark leaves its socket to the Java machine, and that machine, to the end of the process.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore:subprocess .* still running:ResourceWarning"),
]

Take = Callable[[Path], Inventory]
Output = Callable[..., str]
Refusal = Callable[[Take, Path], str]


@pytest.fixture(name="session", scope="module")
def _session(spark_environment: None) -> Iterator[SparkSession]:  # noqa: ARG001 - it is settled before anything starts
    with spark_session("local[2]") as session:
        yield session


@pytest.fixture(name="take", scope="module")
def _take(session: SparkSession, plan: InventoryPlan, vocabulary: Vocabulary) -> Take:
    return lambda path: inventory_on_spark(session, str(path), plan, vocabulary)


@pytest.mark.usefixtures("session")
def test_its_output_is_that_of_the_local_engine(plain_feed: Path, output: Output) -> None:
    local = output(plain_feed)
    assert '"pupils.OnlyOnce.deep[].key": {\n' in local
    assert '"first_row": 1711' in local
    assert output(plain_feed, "--engine", "spark", "--master", "local[2]") == local


def test_packed_files_and_blank_lines_are_those_of_one_process(
    take: Take, packed_feed: Path, in_one_process: Callable[..., Inventory]
) -> None:
    assert take(packed_feed) == in_one_process(packed_feed, *packed_feed.iterdir())


def test_packed_files_and_blank_lines_are_those_of_the_local_engine(
    output: Callable[..., str], packed_feed: Path
) -> None:
    assert output(packed_feed, "--engine", "spark", "--master", "local[2]") == output(packed_feed)


def test_a_glob_takes_what_it_matches(take: Take, plain_feed: Path, in_one_process: Callable[..., Inventory]) -> None:
    matched = plain_feed / "north 1%20é" / "pupils.jsonl"
    assert take(plain_feed / "*" / "p*") == in_one_process(plain_feed, matched)


def test_a_wrong_line_is_one_error_that_names_it(
    take: Take, refusal: Refusal, pupil_lines: Callable[[int], bytes], tmp_path: Path
) -> None:
    lines = pupil_lines(1_500).split(b"\n")
    lines[1_200] = b'{"Forename": "Blenthy"'
    (tmp_path / "pupils.jsonl").write_bytes(b"\n".join(lines))
    (tmp_path / "zebra.jsonl").write_bytes(b"{")
    assert refusal(take, tmp_path) == (
        f"{tmp_path.name}/pupils.jsonl:1201:1: The line is not JSON, or a number in it is too long. "
        "Pull or export it again, as one JSON object a line in UTF-8."
    )


def test_what_is_no_lines_is_said_to_be_unread(take: Take, tmp_path: Path) -> None:
    (tmp_path / "pupils.jsonl").write_bytes(b'{"Id": 1}\n')
    (tmp_path / "letter.txt").write_bytes(b"Blenthy")
    assert [(notice.source, notice.what) for notice in take(tmp_path).notices] == [
        (
            f"{tmp_path.name}/letter.txt",
            "was not read: on Spark, files that can be read end in "  # noqa: ISC004 - one text
            ".parquet .pq, or in .jsonl .ndjson, alone or followed by .gz .bz2 .zst",
        )
    ]


def test_where_nothing_is_read_it_is_an_error(take: Take, refusal: Refusal, tmp_path: Path) -> None:
    (tmp_path / "pupils.jsonl").write_bytes(b"\n\n")
    hint = "Give a file or a folder with records in it, and pull or export it again if there should be some."
    assert refusal(take, tmp_path) == f"{tmp_path.name}/pupils.jsonl: It is empty. {hint}"
    nowhere = tmp_path / "nowhere"
    assert refusal(take, nowhere) == f"{nowhere}: There is no such file or folder. Check its spelling."


def test_a_cut_archive_is_an_error(take: Take, refusal: Refusal, packed_feed: Path, tmp_path: Path) -> None:
    whole = (packed_feed / "pupils.jsonl.gz").read_bytes()
    (tmp_path / "pupils.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert refusal(take, tmp_path).startswith(f"{tmp_path}: Spark could not read it: EOFException.")


def test_nothing_that_can_be_read_reaches_a_disk(take: Take, plain_feed: Path, spill: Path) -> None:
    take(plain_feed)
    files = [path for path in spill.rglob("*") if path.is_file()]
    assert any(path.name.startswith("shuffle_") for path in files)
    written = b"".join(path.read_bytes() for path in files)
    assert b"SparkListener" in written
    assert not re.search(rb"OnlyOnce|Blenthy|Zorvik|07700|note \d|" + b"k" * 32, written)
