"""Parquet on Spark: the inventory that the local engine takes through DuckDB, row numbers and all."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from compliance.engines.spark import inventory_on_spark, spark_session
from compliance.engines.spark_tables import SETTINGS
from compliance.errors import SourceError, UsageError
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.take import take_inventory
from compliance.model.inventory import Inventory
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import OwnDetector, Vocabulary
from compliance.sources.registry import read_source
from tests.tables import invented

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.slow,
    # PySpark leaves its socket to the Java machine, and that machine, to the end of the process.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore:subprocess .* still running:ResourceWarning"),
]

MOMENT = dt.datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001 - half an hour that clocks in London leave out
SCHEMA = pa.schema([
    ("id", pa.int64()), ("name", pa.string()), ("note", pa.string()), ("ethnicity", pa.string()),
    ("email", pa.string()), ("learner", pa.int64()), ("score", pa.float64()), ("weight", pa.float64()),
    ("born", pa.date32()), ("seen_at", pa.timestamp("us")), ("fee", pa.decimal128(6, 2)), ("present", pa.bool_()),
    ("extra", pa.string()), ("blank", pa.string()), ("nothing", pa.string()), ("row_index", pa.int32()),
    ("synced", pa.timestamp("us", "UTC")), ("photo", pa.binary()), ("share", pa.float32()),
    ("address", pa.struct([("lines", pa.list_(pa.string())), ("since", pa.timestamp("us", "UTC"))])),
    ("flags", pa.map_(pa.string(), pa.int64())),
])  # fmt: skip

Take = Callable[..., Inventory]


def pupils(first: int, rows: int) -> pa.Table:
    """Return some rows of the invented table, with columns that only the kernel can tell apart."""
    cells = [
        (
            *invented.row(number),
            number % 7,
            MOMENT + dt.timedelta(minutes=number),
            b"\xff\x00" if number % 2 else b"zorvik@example.org",
            number / 3,
            {"lines": [f"{number} Blenthy Road", "SW1A 1AA"][: number % 3], "since": MOMENT} if number % 10 else None,
            [("sen", number % 3)] if number % 5 == 0 else [],
        )
        for number in range(first, first + rows)
    ]
    arrays = [pa.array(each, of.type) for each, of in zip(zip(*cells, strict=True), SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


@pytest.fixture(name="session", scope="module")
def _session(spark_environment: None) -> Iterator[SparkSession]:  # noqa: ARG001 - it is settled before anything starts
    with spark_session("local[2]") as session:
        yield session


@pytest.fixture(name="take", scope="module")
def _take(session: SparkSession, plan: InventoryPlan, vocabulary: Vocabulary) -> Take:
    def take(path: Path, asked: InventoryPlan = plan) -> Inventory:
        return inventory_on_spark(session, str(path), asked, vocabulary)

    return take


@pytest.fixture(name="here", scope="module")
def _here(plan: InventoryPlan, vocabulary: Vocabulary) -> Take:
    def take(path: Path, asked: InventoryPlan = plan) -> Inventory:
        return take_inventory(read_source(str(path), integrator=None), asked, vocabulary)

    return take


@pytest.fixture(name="feed", scope="module")
def _feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a large dataset in partition folders, a small one, an empty one, and lines beside them."""
    feed = tmp_path_factory.mktemp("tables") / "feed"
    for folder, first, rows in (
        ("year=2025/house=J%C3%B6rg", 0, 21_000),
        ("year=2025/house=a%20b", 21_000, 100),
        ("year=__HIVE_DEFAULT_PARTITION__/house=1", 21_100, 3_900),
    ):
        (feed / "pupils" / folder).mkdir(parents=True)
        pq.write_table(pupils(first, rows), feed / "pupils" / folder / "part [0].parquet", row_group_size=1_000)
    pq.write_table(pupils(0, 40), feed / "staff.parquet")
    pq.write_table(pupils(0, 30).select(["id", "note"]), feed / "pupils" / "year=2025" / "house=a%20b" / "more.PQ")
    pq.write_table(pupils(0, 1).slice(1), feed / "nobody.parquet")
    (feed / "lines.jsonl").write_text(json.dumps({"Forename": "Zorvik"}) + "\n", encoding="utf-8")
    return feed


@pytest.mark.usefixtures("session")
def test_its_output_is_that_of_the_local_engine(feed: Path, output: Callable[..., str]) -> None:
    local = output(feed)
    assert '"pupils/house' not in local
    assert "pupils/year=…/house=…/part [0].parquet" in local
    assert output(feed, "--engine", "spark", "--master", "local[2]") == local


def test_rows_keep_their_numbers_when_splits_come_in_any_order_and_nothing_reaches_a_disk(
    take: Take, here: Take, feed: Path, spill: Path, plan: InventoryPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, "spark.sql.files.maxPartitionBytes", "1m")
    monkeypatch.setitem(SETTINGS, "spark.sql.files.openCostInBytes", "1")
    assert take(feed / "pupils") == here(feed / "pupils")
    written = b"".join(path.read_bytes() for path in spill.rglob("*") if path.is_file())
    assert b"SparkListenerSQLExecutionStart" in written
    for secret in (b"Blenthy", b"Zorvik", b"Twin", b"example.org", plan.key, plan.key.hex().encode()):
        assert secret not in written


def test_one_file_and_a_glob_are_read_as_well(take: Take, here: Take, feed: Path) -> None:
    assert take(feed / "staff.parquet") == here(feed / "staff.parquet")
    assert take(feed / "st*").datasets == here(feed / "staff.parquet").datasets


def test_detectors_of_ones_own_and_none(
    session: SparkSession, plan: InventoryPlan, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    pq.write_table(pupils(0, 25_000).select(["note", "extra"]), tmp_path / "pupils.parquet")
    own = OwnDetector(id="note", label="Note", pattern="note [0-9]{1,6}7")
    for detect, met in ((True, True), (False, False)):
        asked, words = replace(plan, detect=detect), replace(vocabulary, detectors={own.id: own})
        taken = inventory_on_spark(session, str(tmp_path), asked, words)
        assert taken == take_inventory(read_source(str(tmp_path), integrator=None), asked, words)
        assert ("note" in taken.datasets["pupils"].fields[FieldPath("pupils", "note")].detections) is met


def test_moments_without_a_zone_stay_without_one(take: Take, here: Take, tmp_path: Path) -> None:
    moments = pa.array([MOMENT + dt.timedelta(minutes=number) for number in range(50)], pa.timestamp("us"))
    pq.write_table(pa.table({"a": moments}), tmp_path / "old.parquet", use_deprecated_int96_timestamps=True)
    taken = take(tmp_path)
    assert taken == here(tmp_path)
    assert taken.datasets["old"].fields[FieldPath("old", "a")].longest == len("2026-03-29 01:30:00")


def test_what_cannot_be_read_is_one_error(take: Take, feed: Path, tmp_path: Path) -> None:
    def refusal() -> str:
        with pytest.raises(SourceError) as caught:
            take(tmp_path)
        assert caught.value.__cause__ is None
        return str(caught.value).removeprefix(f"{tmp_path.name}/")

    path = tmp_path / "pupils.parquet"
    path.write_bytes((feed / "staff.parquet").read_bytes()[:-100])
    assert refusal().startswith("pupils.parquet: Spark could not read it: ")
    pq.write_table(pa.table({"at": pa.array([dt.time(8)], pa.time64("us"))}), path)
    assert refusal() == (
        "pupils.parquet: It has a column of a type that Spark does not read, such as a time without a day or "
        "nanoseconds. Use the local engine, or write that column as text or in microseconds."
    )
    path.unlink()
    (tmp_path / "year=1").mkdir()
    pq.write_table(pa.table({"Year": [1]}), tmp_path / "year=1" / "pupils.parquet")
    assert refusal() == (
        "year=…/pupils.parquet: A folder above it and a column in it are both called 'year'. "
        "Rename one, or move the file out of that folder."
    )


def test_a_session_whose_disks_others_can_read_is_refused(
    session: SparkSession, take: Take, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf = session.sparkContext.getConf().set("spark.io.encryption.enabled", "false")
    monkeypatch.setattr(session.sparkContext.__class__, "getConf", lambda _: conf)
    with pytest.raises(UsageError, match=r"Start it with spark\.io\.encryption\.enabled=true"):
        take(feed)
