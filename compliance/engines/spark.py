"""Takes the inventory on a Spark cluster: the records are folded where they are read, and only inventories travel.

Spark reads the lines, from any path it knows, as the bytes that they are. The kernel folds them in Spark's Python
workers, one stretch of a file after the other; the stretches of a file are joined in its order, then all files to one.
The driver gets a handful of inventories. Nothing but inventories is shuffled or can be spilt to a worker's disk.

The key of the run's digests travels inside the pickled function that the workers run, from memory to memory. It is no
broadcast variable, because PySpark writes those to the driver's disk, and no setting, because Spark shows these.
"""
# ruff: noqa: PLC0415 - PySpark takes seconds to import, and is an extra

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import groupby
from operator import add
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from compliance import __version__
from compliance.engines.addresses import LINES, PACKED, Names, dataset_of, holds_lines, lines_glob, shown
from compliance.engines.spark_refusals import refusals
from compliance.engines.spark_tables import ENCRYPTED, holds_table, tables_on_spark
from compliance.engines.stretches import Fault, Stretch, fold_lines, unforeseen, whole_file
from compliance.errors import Place, UsageError
from compliance.inventory.measures import InventoryPlan
from compliance.model.inventory import EMPTY_INVENTORY, Inventory, Notice
from compliance.model.keyed import finished
from compliance.model.vocabulary import Vocabulary
from compliance.sources.feed import as_whole
from compliance.sources.partitions import ENDINGS as PARQUET

if TYPE_CHECKING:  # an extra, which most installations lack
    import pyarrow as pa
    from pyspark.sql import DataFrame, Row, SparkSession

FAN: Final = 32
"""How many workers at most join what the others folded; the driver puts together what these make of it."""
WHOLE: Final = -1
"""Stands for the start of a part that is made of whole files."""

_ENDINGS: Final = f"{' '.join(PARQUET)}, or in {' '.join(LINES)}, alone or followed by {' '.join(PACKED)}"
_SCHEMA: Final = "file string, start long, part binary"
_SETTINGS: Final = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",  # lines that cross to Python at once
    "spark.sql.execution.arrow.maxBytesPerBatch": "16m",  # however long they are, and however large the inventories
    "spark.sql.files.ignoreCorruptFiles": "false",  # silence is never a pass
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.adaptive.enabled": "true",  # a small run is joined by one worker,
    "spark.sql.shuffle.partitions": str(FAN),  # a large one by these
}


_OTHER_VERSION: Final = Fault(
    message="The workers of the cluster have another version of this program.",
    hint="Install the same one everywhere.",
    place=Place("Spark"),
)


class _Run(NamedTuple):
    """Neighbouring lines of one stretch of one file, as they came from Spark."""

    file: str
    start: int
    is_whole: bool
    """Whether the stretch is all of its file."""
    lines: Sequence[bytes]


class _Part(NamedTuple):
    """One folded stretch on its way: where it stands, and what it became."""

    file: str
    start: int
    stretch: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What every worker must know."""

    names: Names
    plan: InventoryPlan
    vocabulary: Vocabulary
    version: str = __version__


_Step = Callable[[Iterable["pa.RecordBatch"], _Work], Iterator[_Part]]


@contextmanager
def spark_session(master: str | None) -> Iterator[SparkSession]:
    """Yield a session of the cluster ``master``, or of the one that spark-submit or Spark's own settings name.

    A session that is already there is used and left as it is. Raises ``UsageError`` when Spark does not start.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError(
            "The Spark engine needs PySpark, which is not installed.",
            hint="Run `pip install 'compliance-for-schools[spark]'`.",
        ) from None
    running = SparkSession.getActiveSession()
    if running:
        yield running
        return
    if _is_here(master):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # PySpark takes the workers' Python from there alone
    builder = SparkSession.builder.appName("compliance inventory")
    for name, value in _of_session(master):
        builder = builder.config(name, value)
    try:
        with _quiet():
            session = builder.getOrCreate()
    except (PySparkException, Py4JError):
        raise UsageError(
            "Spark did not start.",
            hint="It needs Java 17 or later (JAVA_HOME or PATH) and, with --master, a cluster that answers there.",
        ) from None
    try:
        yield session
    finally:
        session.stop()


def take_on_spark(asked: Iterable[tuple[str, InventoryPlan]], master: str | None, vocabulary: Vocabulary) -> Inventory:
    """Take the inventory of all addresses together on the cluster ``master``, as ``spark_session`` finds it."""
    with spark_session(master) as session:
        parts = (
            replace(inventory_on_spark(session, address, plan, vocabulary), taken_at=plan.at) for address, plan in asked
        )
        return finished(reduce(add, parts, EMPTY_INVENTORY))


def inventory_on_spark(session: SparkSession, address: str, plan: InventoryPlan, vocabulary: Vocabulary) -> Inventory:
    """Return the inventory of everything at ``address``: a file, folder or glob, as Spark spells it.

    JSON Lines are read, packed or not, and Parquet; of every other file a notice says that it was not. The inventory is
    the one that this machine alone would take. ``plan`` asks for no measures: they digest row numbers, which a stretch
    does not know. Raises ``SourceError`` when the address cannot be read or has a line that is no record, and
    ``UsageError`` for a plan that asks for measures.
    """
    if plan.measures:
        raise UsageError("On Spark, nothing is asked of whole records.", hint="Leave out what asks for it.")
    session = session.newSession()
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    with refusals(Place(shown(address))):
        files = listed(session, address)
        names = Names.of(address, files)
        work = _Work(names=names, plan=plan, vocabulary=vocabulary)
        taken = _taken(session, address, work) if any(map(holds_lines, files)) else Stretch()
    if taken.fault:
        raise taken.fault.error()
    beside = tuple(_beside(map(names.name, files), taken.inventory))
    inventory = taken.inventory + Inventory(
        sources=tuple(sorted({notice.source for notice in beside})), notices=tuple(sorted(beside))
    )
    if stored := [file for file in files if holds_table(names.name(file))]:
        inventory += tables_on_spark(session, stored, names, plan, vocabulary)
    if not inventory.datasets:
        list(as_whole(inventory.notices, names.root))  # raises: nothing came but notices
    return finished(inventory)


def listed(session: SparkSession, address: str) -> tuple[str, ...]:
    """Return every file at ``address``. Spark sees none whose name begins with a dot or an underscore."""
    return tuple(sorted(_at(session, address, "binaryFile").inputFiles()))


def _taken(session: SparkSession, address: str, work: _Work) -> Stretch:
    """Fold everything that holds lines."""
    from pyspark.sql import functions as f

    lines = _at(session, address, "text", lineSep="\n", pathGlobFilter=lines_glob()).select(
        f.col("value").cast("binary"),
        "_metadata.file_path",
        "_metadata.file_block_start",
        (f.col("_metadata.file_block_length") == f.col("_metadata.file_size")).alias("is_whole"),
    )
    parts = lines.mapInArrow(partial(_guarded, step=_fold, work=work), _SCHEMA)
    in_order = parts.repartition("file").sortWithinPartitions("file", "start")
    joined = in_order.mapInArrow(partial(_guarded, step=_join, work=work), _SCHEMA)
    return _together(_part(row) for row in joined.collect()).stretch


def _at(session: SparkSession, address: str, kind: str, **options: str) -> DataFrame:
    return session.read.format(kind).options(recursiveFileLookup="true", **options).load(address)


def _beside(files: Iterable[str], taken: Inventory) -> Iterator[Notice]:
    """Say of every file that did not come to the workers why not: Spark hands on no empty ones."""
    for name in files:
        if holds_table(name):
            continue
        if not holds_lines(name):
            yield Notice(name, f"was not read: on Spark, files that can be read end in {_ENDINGS}")
        elif name not in taken.sources:
            yield Notice(name, "is empty")


def _of_session(master: str | None) -> Iterator[tuple[str, str]]:
    """Yield the settings of a session of our own. One on this machine alone listens to nobody else."""
    yield "spark.ui.showConsoleProgress", "false"
    yield ENCRYPTED, "true"
    yield "spark.broadcast.UDFCompressionThreshold", "64m"  # a larger function, with the key in it, goes to disk
    if master:
        yield "spark.master", master
    if _is_here(master):
        yield "spark.ui.enabled", "false"
        yield "spark.driver.host", "127.0.0.1"
        yield "spark.driver.bindAddress", "127.0.0.1"


def _is_here(master: str | None) -> bool:
    return master is not None and master.startswith("local")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a Java machine that starts meanwhile off standard error for good: it logs there, and its logs may tell."""
    if os.environ.get("COMPLIANCE_DEBUG"):
        yield
        return
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


# --- in the workers ---------------------------------------------------------------------------------------------


def _guarded(batches: Iterable[pa.RecordBatch], *, step: _Step, work: _Work) -> Iterator[pa.RecordBatch]:
    """Take a step over what comes. Whatever goes wrong is handed on as a value: Spark would log a traceback."""
    if work.version != __version__:
        yield _row(_Part("", WHOLE, Stretch(fault=_OTHER_VERSION)))
        return
    try:
        for part in step(batches, work):
            yield _row(part)
    except Exception as error:  # noqa: BLE001 - its text may hold personal data
        yield _row(_Part("", WHOLE, Stretch(fault=unforeseen(error, "Spark"))))


def _fold(batches: Iterable[pa.RecordBatch], work: _Work) -> Iterator[_Part]:
    """Fold the lines of each stretch as they pass, and put whole files together at once."""
    whole: _Part | None = None
    for (file, start, is_whole), runs in groupby(_runs(batches), key=lambda run: run[:3]):
        source = work.names.name(file)
        stretch = fold_lines(
            (run.lines for run in runs),
            source=source,
            dataset=dataset_of(source),
            plan=work.plan,
            vocabulary=work.vocabulary,
        )
        if is_whole:
            part = _Part(file, WHOLE, whole_file(stretch, source))
            whole = _together(filter(None, (whole, part)))
        else:
            yield _Part(file, start, stretch)
    if whole:
        yield whole


def _join(batches: Iterable[pa.RecordBatch], work: _Work) -> Iterator[_Part]:
    """Join the stretches of each file, which come in its order, and put all files together."""
    parts = (_part(row) for batch in batches for row in batch.to_pylist())
    yield _together(_files(parts, work.names))


def _files(parts: Iterable[_Part], names: Names) -> Iterator[_Part]:
    for (file, is_whole), stretches in groupby(parts, key=lambda part: (part.file, part.start == WHOLE)):
        if is_whole:
            yield from stretches
        else:
            stretch = reduce(Stretch.then, (part.stretch for part in stretches))
            yield _Part(file, WHOLE, whole_file(stretch, names.name(file)))


def _together(parts: Iterable[_Part]) -> _Part:
    """Put parts of whole files together. They are filed under the first, only to spread them over the workers."""
    file, total = "", Stretch()
    for part in parts:
        file, total = file or part.file, total + part.stretch
    return _Part(file, WHOLE, total)


def _runs(batches: Iterable[pa.RecordBatch]) -> Iterator[_Run]:
    """Part the lines by the stretch they stand in."""
    for batch in batches:
        begin = 0
        for end in _ends(batch):
            lines, file, start, is_whole = batch.slice(begin, end - begin).columns
            yield _Run(file[0].as_py(), start[0].as_py(), is_whole[0].as_py(), lines.to_pylist())
            begin = end


def _ends(batch: pa.RecordBatch) -> Sequence[int]:
    """Return where in a batch each stretch ends. Spark reads one to its end before it begins the next."""
    import pyarrow.compute as pc

    _, *where = batch.columns
    if all(column[0] == column[-1] for column in where[:2]):
        return (batch.num_rows,)
    return sorted({end for column in where[:2] for end in pc.run_end_encode(column).run_ends.to_pylist()})


def _row(part: _Part) -> pa.RecordBatch:
    import pyarrow as pa

    columns = {"file": [part.file], "start": [part.start], "part": [pickle.dumps(part.stretch, protocol=5)]}
    return pa.RecordBatch.from_pydict(
        columns, schema=pa.schema([("file", pa.string()), ("start", pa.int64()), ("part", pa.binary())])
    )


def _part(row: Mapping[str, Any] | Row) -> _Part:
    return _Part(row["file"], row["start"], pickle.loads(row["part"]))  # noqa: S301 - made by our own workers
