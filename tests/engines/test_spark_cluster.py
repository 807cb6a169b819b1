"""The Spark engine on a cluster: a master and two workers, each a process of its own, on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.engines import spark
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

PATIENCE = 120
"""Seconds after which something is not slow but stuck."""

Take = Callable[[Path], Inventory]


@pytest.fixture(name="work", scope="module")
def _work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(name="workers", scope="module")
def _workers(
    spark_environment: None,  # noqa: ARG001 - it is settled before anything starts
    work: Path,
) -> Iterator[tuple[str, list[int]]]:
    """Start a master and two workers; yield the master's address and the workers' process ids."""
    with started(work / "master.log", "master.Master", "--port", "0") as master:
        address = wait_for(lambda: logged(work / "master.log", r"Starting Spark master at (\S+)"), alive=master)
        options = ("--cores", "1", "--memory", "600m", "--work-dir", str(work), address)
        with (
            started(work / "one.log", "worker.Worker", *options) as one,
            started(work / "two.log", "worker.Worker", *options) as two,
        ):
            yield address, [one.pid, two.pid]


@pytest.fixture(name="session", scope="module")
def _session(workers: tuple[str, list[int]]) -> Iterator[SparkSession]:
    with spark_session(workers[0]) as session:
        yield session


@pytest.fixture(name="take", scope="module")
def _take(session: SparkSession, plan: InventoryPlan, vocabulary: Vocabulary) -> Take:
    return lambda path: inventory_on_spark(session, str(path), plan, vocabulary)


def test_its_output_is_that_of_the_local_engine(
    session: SparkSession, plain_feed: Path, output: Callable[..., str]
) -> None:
    local = output(plain_feed)
    assert output(plain_feed, "--engine", "spark", "--master", session.sparkContext.master) == local


def test_a_worker_killed_in_the_middle_changes_nothing(
    take: Take,
    session: SparkSession,
    workers: tuple[str, list[int]],
    plain_feed: Path,
    in_one_process: Callable[..., Inventory],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # It is stopped before the lines are read, so that it cannot finish its share, and killed once the other has
    # done all else: what it was given must be done again.
    file = plain_feed / "pupils.jsonl"
    victim = wait_for(lambda: executors_of(workers[1][0]))[0]
    listed = spark.listed

    def stop_then(session: SparkSession, address: str) -> tuple[str, ...]:
        files = listed(session, address)
        os.kill(victim, signal.SIGSTOP)
        return files

    monkeypatch.setattr(spark, "listed", stop_then)
    tracker = session.sparkContext.statusTracker()
    failed: list[int] = []

    def kill_when_alone() -> None:
        def waiting() -> int | None:
            for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()):
                if stage and stage.numTasks > 2 and stage.numCompletedTasks == stage.numTasks - 1:
                    return stage.stageId
            return None

        stage = wait_for(waiting)
        os.kill(victim, signal.SIGKILL)
        failed.append(wait_for(lambda: (again := tracker.getStageInfo(stage)) and again.numFailedTasks))

    killer = threading.Thread(target=kill_when_alone)
    killer.start()
    try:
        taken = take(file)
    finally:
        killer.join()
    assert failed == [1]
    assert taken == in_one_process(file, file)


def test_a_wrong_line_is_in_no_log(
    take: Take, refusal: Callable[[Take, Path], str], tmp_path: Path, work: Path
) -> None:
    (tmp_path / "pupils.jsonl").write_bytes(b'{"Id": 1}\n{"Forename": "Blenthy"')
    assert refusal(take, tmp_path).startswith(f"{tmp_path.name}/pupils.jsonl:2:1: The line is not JSON")
    written = b"".join(path.read_bytes() for path in work.rglob("*") if path.is_file())
    assert b"Executor" in written
    assert b"Blenthy" not in written


def wait_for(what: Callable[[], Any], *, alive: subprocess.Popen[bytes] | None = None) -> Any:
    """Return what ``what`` returns once it is something."""
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, "nothing happened"
        assert alive is None or alive.poll() is None, "it ended"
        time.sleep(0.05)
    return found


@contextmanager
def started(log: Path, what: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run one of Spark's own programs on loopback, and stop it at the end."""
    found = find_spec("pyspark")
    assert found
    assert found.origin
    spark_class = Path(found.origin).parent / "bin" / "spark-class"
    command = [
        str(spark_class),
        f"org.apache.spark.deploy.{what}",
        "--host",
        "127.0.0.1",
        "--webui-port",
        "0",
        *options,
    ]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:  # noqa: S603 - Spark
        try:
            yield process
        finally:
            process.terminate()


def logged(log: Path, pattern: str) -> str | None:
    found = re.search(pattern, log.read_text(encoding="utf-8", errors="replace")) if log.exists() else None
    return found[1] if found else None


def executors_of(worker: int) -> list[int]:
    """Return the process ids of the executors that a worker started."""
    pids = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == worker and b"CoarseGrainedExecutorBackend" in (folder / "cmdline").read_bytes():
                pids.append(int(folder.name))
        except OSError:  # it ended meanwhile
            continue
    return pids
