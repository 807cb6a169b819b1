"""Invented pupils in files, the inventory that one process takes of them, and where Spark may write."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator
from functools import reduce
from operator import add
from pathlib import Path

import pytest

from compliance.cli.main import run
from compliance.declarations.load import load_declarations
from compliance.engines.addresses import dataset_of
from compliance.errors import SourceError
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.take import take_inventory
from compliance.model.inventory import EMPTY_INVENTORY, Inventory
from compliance.model.vocabulary import Vocabulary
from compliance.sources.json_lines import line_batches

RARE = 1_711
"""Row, from 1, of the one pupil who has the rare key: some splits away from the start of the file."""
SPLIT = 60_000
"""Bytes of a split, so few that a small file has many; every cut falls in the middle of a line."""
PATIENCE = 120
"""Seconds for which Spark waits for executors."""
LIGHT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of a Java machine that is to start soon rather than run fast."""


def pupils(count: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield nested and sparse records of about 300 bytes, no two alike."""
    draw = random.Random(seed)  # noqa: S311 - not a secret
    for row in range(1, count + 1):
        pupil: dict[str, object] = {
            "Id": f"P-{seed}-{row:06}",
            "Forename": draw.choice(("Blenthy", "Zorvik", "Quamble", "Żółwin")),
            "Phone": f"07700 900{draw.randrange(1000):03}",
            "Address": {"PostCode": f"ZZ{draw.randrange(99)} 9ZZ", "Lines": ["x" * draw.randrange(30)] * 2},
            "Notes": [{"Text": f"note {draw.randrange(50)}", "At": None}] * draw.randrange(3),
            "Weight": draw.random() * 50,
        }
        if not draw.randrange(50):
            pupil["Sparse"] = {f"flag_{draw.randrange(20)}": True}
        if row == RARE:
            pupil["OnlyOnce"] = {"deep": [{"key": "blenthy@example.org"}]}
        yield pupil


def lines_of(count: int, seed: int = 1) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in pupils(count, seed)).encode()


@pytest.fixture(scope="session")
def pupil_lines() -> Callable[..., bytes]:
    """Return what writes that many pupils as JSON Lines."""
    return lines_of


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_declarations(()).vocabulary


@pytest.fixture(scope="session")
def plan() -> InventoryPlan:
    return InventoryPlan(at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), key=b"k" * 32)


@pytest.fixture(scope="session")
def plain_feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that the local engine reads as well: nested, sparse, empty, blank and in folders of odd names."""
    folder = tmp_path_factory.mktemp("plain") / "feed"
    (folder / "north 1%20é").mkdir(parents=True)
    text = lines_of(2_000)
    assert all(text[cut - 1 : cut] != b"\n" for cut in range(SPLIT, len(text), SPLIT))
    (folder / "pupils.jsonl").write_bytes(text)
    (folder / "north 1%20é" / "pupils.jsonl").write_bytes(lines_of(300, seed=2).rstrip(b"\n"))
    (folder / "north 1%20é" / "staff.NDJSON").write_bytes(b'\xef\xbb\xbf{"Id": 1}\r\n{"Name": "Zorvik"}\r\n')
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "blank.jsonl").write_bytes(b"\n \n")
    return folder


@pytest.fixture(scope="session")
def packed_feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files with blank lines, packed and not."""
    folder = tmp_path_factory.mktemp("packed") / "feed"
    folder.mkdir()
    (folder / "pupils.jsonl.gz").write_bytes(gzip.compress(lines_of(2_000)))
    (folder / "contacts.jsonl").write_bytes(lines_of(400, seed=3).replace(b"}\n", b"}\n\n \n"))
    return folder


@pytest.fixture(scope="session")
def in_one_process(plan: InventoryPlan, vocabulary: Vocabulary) -> Callable[..., Inventory]:
    """Return what takes the inventory of files of lines, one after the other, named from the folder of ``root`` on."""

    def take(root: Path, *files: Path) -> Inventory:
        parts = []
        for path in files:
            source = path.relative_to(root.parent).as_posix()
            with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as lines:
                batches = line_batches((line.rstrip(b"\n") for line in lines), source, dataset_of(source), 1)
                parts.append(take_inventory(batches, plan, vocabulary))
        return reduce(add, parts, EMPTY_INVENTORY)

    return take


@pytest.fixture
def output(capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return what runs ``compliance inventory`` and returns its JSON; nothing may stand beside it."""

    def call(*arguments: str | Path) -> str:
        assert run(["inventory", "--format", "json", *map(str, arguments)]) == 0
        out, err = capfd.readouterr()
        assert err == ""
        return out

    return call


@pytest.fixture(scope="session")
def refusal() -> Callable[..., str]:
    """Return the whole text of the error with which an address is refused; its traceback must show no cause."""

    def call(take: Callable[[Path], Inventory], path: Path) -> str:
        with pytest.raises(SourceError) as caught:
            take(path)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        return str(caught.value)

    return call


@pytest.fixture(scope="session")
def spill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for all that Spark writes to disk."""
    return tmp_path_factory.mktemp("spill")


@pytest.fixture(scope="session")
def spark_environment(spill: Path) -> Iterator[None]:
    """Say what Spark reads from the environment: it stays on loopback, cuts small splits and packs nothing."""
    settings = {
        "spark.driver.extraJavaOptions": LIGHT,
        "spark.executor.extraJavaOptions": LIGHT,
        "spark.driver.memory": "512m",
        "spark.executor.memory": "512m",
        "spark.cores.max": "2",
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": f"{PATIENCE}s",
        "spark.sql.files.maxPartitionBytes": str(SPLIT),
        "spark.sql.files.openCostInBytes": "1",
        "spark.shuffle.compress": "false",
        "spark.local.dir": str(spill),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": spill.as_uri(),
    }
    options = [f"--conf '{name}={value}'" for name, value in settings.items()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", " ".join([*options, "pyspark-shell"]))
        patch.setenv("SPARK_DAEMON_JAVA_OPTS", LIGHT)
        patch.setenv("SPARK_DAEMON_MEMORY", "256m")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(spill))
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        yield
