"""Parquet on a Spark cluster: tables are asked there, in Spark's own SQL, and only the answers come to the driver.

Files of one dataset that have the same columns are one table to Spark, however many they are. Rows are numbered within
their file, as they are when one machine reads file after file.

A question holds the key of the run's digests, and Spark shows questions on its web pages and in its event log. So the
key is put in the question's place by a view of one row, whose content Spark prints nowhere.
"""
# ruff: noqa: PLC0415 - PySpark takes seconds to import, and is an extra

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from compliance.engines.addresses import Names
from compliance.engines.spark_refusals import refusals
from compliance.errors import Place, UsageError
from compliance.inventory.batch import Piece, Rows
from compliance.inventory.digest import prefix_of
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.tables.piece import SMALL, Ask, Cells, Kind, StoredColumn, StoredTable
from compliance.inventory.take import take_inventory
from compliance.model.inventory import Inventory, total_of
from compliance.model.vocabulary import Vocabulary
from compliance.sources.partitions import ENDINGS, Standing

if TYPE_CHECKING:  # an extra, which most installations lack
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql.types import DataType

SETTINGS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # they are text
    "spark.sql.files.maxPartitionBytes": "128m",  # rows that are fetched come split by split, a job for each
    "spark.sql.files.openCostInBytes": "4m",
    "spark.sql.files.ignoreCorruptFiles": "false",  # silence is never a pass
    "spark.sql.files.ignoreMissingFiles": "false",
}
ENCRYPTED: Final = "spark.io.encryption.enabled"
"""Setting of a session whose disks nobody else can read: to count values, Spark writes them there."""
FOOTERS: Final = 8
"""Files whose columns are looked at side by side."""
ROWS_AT_A_TIME: Final = 2_000

_VIEW, _KEY = "asked_table", "key_of_run"
_METADATA: Final = "org.apache.spark.sql.parquet.row.metadata"
"""Where Spark keeps its own description of the columns in a file that it wrote."""
_KINDS: Final = {
    **dict.fromkeys(("string", "char", "varchar"), Kind.TEXT),
    **dict.fromkeys(("byte", "short", "integer", "long"), Kind.INTEGER),
    "double": Kind.FLOAT,
    **dict.fromkeys(("boolean", "date", "timestamp", "timestamp_ntz", "decimal"), Kind.SPELLED),
}


class _Footer(NamedTuple):
    """What the end of a file says of its columns."""

    columns: str
    """As Parquet writes them, one a line for each that stands in no other."""
    metadata: str | None
    """As Spark writes them, if Spark wrote the file."""


class _Alike(NamedTuple):
    """What files must have in common to be one table."""

    dataset: str
    partitions: tuple[str, ...]
    base: str
    """The folder above the address, as Spark spells it."""
    footer: _Footer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What all tables of a run are asked with."""

    session: SparkSession
    names: Names
    plan: InventoryPlan
    vocabulary: Vocabulary


def holds_table(name: str) -> bool:
    """Whether a file of this name is read as Parquet."""
    return PurePosixPath(name).suffix.casefold() in ENDINGS


def tables_on_spark(
    session: SparkSession, files: Sequence[str], names: Names, plan: InventoryPlan, vocabulary: Vocabulary
) -> Inventory:
    """Return the inventory of Parquet ``files``, as Spark spells them: the one that this machine alone would take.

    ``session`` is changed: it is for this alone. Raises ``SourceError`` when a file cannot be read, and ``UsageError``
    where values that Spark counts would stand on disks for others to read.
    """
    if session.sparkContext.getConf().get(ENCRYPTED, "false") != "true":
        raise UsageError(
            "To read Parquet, Spark writes values to the disks of its workers, and this session does not encrypt them.",
            hint=f"Start it with {ENCRYPTED}=true.",
        )
    for name, value in SETTINGS.items():
        session.conf.set(name, value)
    key = session.sql("SELECT * FROM VALUES (:key) AS held(prefix)", {"key": prefix_of(plan.key)})
    key.createOrReplaceTempView(_KEY)
    run = _Run(session=session, names=names, plan=plan, vocabulary=vocabulary)
    return total_of(_inventory(run, alike, together) for alike, together in _tables(run, files).items())


def _tables(run: _Run, files: Sequence[str]) -> Mapping[_Alike, Sequence[str]]:
    """Bring together the files that are one table."""
    tables: defaultdict[_Alike, list[str]] = defaultdict(list)
    with ThreadPoolExecutor(FOOTERS) as pool:
        for file, footer in zip(files, pool.map(partial(_footer, run), files), strict=True):
            name = run.names.name(file)
            standing = Standing.of(name)
            base = file.rsplit("/", name.count("/") + 1)[0]
            tables[_Alike(standing.dataset, tuple(standing.partitions), base, footer)].append(file)
    return tables


def _footer(run: _Run, file: str) -> _Footer:
    with refusals(Place(Standing.of(run.names.name(file)).source)):
        java: Any = run.session.sparkContext._jvm  # noqa: SLF001 - Spark itself tells less of a file, in a job for each
        conf: Any = run.session._jsparkSession.sessionState().newHadoopConf()  # noqa: SLF001 - as above
        parquet = java.org.apache.parquet.hadoop
        path = java.org.apache.hadoop.fs.Path(java.java.net.URI(file))
        reader = parquet.ParquetFileReader.open(parquet.util.HadoopInputFile.fromPath(path, conf))
        try:
            told = reader.getFileMetaData()
            return _Footer(told.getSchema().toString(), told.getKeyValueMetaData().get(_METADATA))
        finally:
            reader.close()


def _inventory(run: _Run, alike: _Alike, files: Sequence[str]) -> Inventory:
    """Take the inventory of one table."""
    standings = {file: Standing.of(run.names.name(file)) for file in files}
    sources = tuple(sorted({standing.source for standing in standings.values()}))
    with refusals(Place(sources[0])):
        frame = _frame(run.session, alike, files, standings[files[0]])
        frame.createOrReplaceTempView(_VIEW)
        pieces = _pieces(run, frame, sources[0], alike.dataset)
        taken = take_inventory(pieces, run.plan, run.vocabulary)
    return taken + Inventory(sources=sources)


def _frame(session: SparkSession, alike: _Alike, files: Sequence[str], first: Standing) -> DataFrame:
    """Return the table with two more columns: the number of each row in its file, and the file."""
    from pyspark.sql import functions as f

    schema = session.read.option("recursiveFileLookup", "true").parquet(_path(files[0])).schema
    first.check(schema.names)
    whole = session.read.schema(schema).option("basePath", unquote(alike.base)).parquet(*map(_path, files))
    metadata = whole.metadataColumn("_metadata")
    numbers = {_unlike(whole.columns, name): metadata.getField(name) for name in ("row_index", "file_path")}
    zoneless = _zoneless(alike.footer.columns)
    columns = [_column(name).cast("timestamp_ntz") if number in zoneless else _column(name)
               for number, name in enumerate(schema.names)]  # fmt: skip
    escaped = _escaped(alike.partitions, files)
    columns += [f.decode(f.encode(_column(name), "ISO-8859-1"), "UTF-8") if name in escaped else _column(name)
                for name in whole.columns[len(columns):]]  # fmt: skip
    named = [column.alias(name) for column, name in zip(columns, whole.columns, strict=True)]
    return whole.select(*named, *(column.alias(name) for name, column in numbers.items()))


def _unlike(names: Sequence[str], wanted: str) -> str:
    """Return a name like ``wanted`` that none of these is."""
    taken = set(map(str.casefold, names))
    while wanted in taken:
        wanted += "_"
    return wanted


def _zoneless(columns: str) -> frozenset[int]:
    """Return the places of the moments that Parquet keeps in 96 bits, without a word on their zone.

    Spark takes them for UTC, as it writes them; DuckDB leaves them as they are, and so do we.
    """
    top = re.findall(r"^  (?:optional|required|repeated) (\w+)", columns, re.MULTILINE)
    return frozenset(number for number, of in enumerate(top) if of == "int96")


def _escaped(partitions: Sequence[str], files: Sequence[str]) -> frozenset[str]:
    """Return the partition columns whose folders have escapes beyond ASCII: Spark takes each byte for a letter."""
    steps = {step for file in files for step in unquote(file).split("/")}
    return frozenset(
        name for name in partitions if any(re.match(f"{re.escape(name)}=.*%[89A-Fa-f]", step) for step in steps)
    )


def _pieces(run: _Run, frame: DataFrame, source: str, dataset: str) -> Iterator[Piece]:
    """Yield the rows of the table, file by file, if they are few, and else the table to be asked."""
    *held, row, _ = frame.schema
    columns = tuple(
        StoredColumn(name=each.name, kind=_KINDS.get(each.dataType.typeName(), Kind.OPAQUE)) for each in held
    )
    rows = frame.count()
    if rows > SMALL:
        yield StoredTable(
            source=source, dataset=dataset, columns=columns, dialect="pyspark", relation=_VIEW, row=row.name,
            in_order=False, ask=_ask(run, Place(source)),
        )  # fmt: skip
        return
    names = tuple(column.name for column in columns)
    cells = sorted((cell for some in _cells(frame) for cell in some), key=lambda cell: tuple(cell[-2:])[::-1])
    for file, together in groupby(cells, key=lambda cell: cell[-1]):
        name = Standing.of(run.names.name(str(file))).source
        yield Rows(source=name, dataset=dataset, columns=names, cells=[cell[:-2] for cell in together])
    if not rows:
        yield Rows(source=source, dataset=dataset, columns=names, cells=())


def _ask(run: _Run, place: Place) -> Ask:
    """Return what asks Spark."""
    secret, instead = f"'{prefix_of(run.plan.key)}'", f"(SELECT prefix FROM {_KEY})"  # noqa: S608 - both are ours

    def ask(question: str) -> Iterator[Cells]:
        with refusals(place):
            yield from _cells(run.session.sql(question.replace(secret, instead)))

    return ask


def _cells(frame: DataFrame) -> Iterator[Cells]:
    """Yield the rows of an answer some at a time, as DuckDB would hand them over."""
    types = [each.dataType for each in frame.schema]
    read = [_reading(of) for of in types]
    here = frame.select(*(
        _column(name).cast(_here(of)).alias(name) if made else _column(name)
        for name, of, made in zip(frame.columns, types, read, strict=True)
    ))  # fmt: skip
    rows = here.toLocalIterator(prefetchPartitions=True)
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        if any(read):
            yield [[value if made is None or value is None else made(value)
                    for value, made in zip(row, read, strict=True)] for row in some]  # fmt: skip
        else:
            yield some


def _here(of: DataType) -> DataType:
    """Return the type that a value is asked for in: PySpark hands over moments in the zone of this machine."""
    from pyspark.sql import types as t

    match of:
        case t.TimestampType():
            return t.TimestampNTZType()
        case t.ArrayType():
            return t.ArrayType(_here(of.elementType), of.containsNull)
        case t.MapType():
            return t.MapType(_here(of.keyType), _here(of.valueType), of.valueContainsNull)
        case t.StructType():
            return t.StructType([t.StructField(each.name, _here(each.dataType), each.nullable) for each in of])
        case _:
            return of


def _reading(of: DataType) -> Callable[[Any], object] | None:
    """Return what makes a value of PySpark one of ours; None where it is."""
    from pyspark.sql import types as t

    match of:
        case t.TimestampType():
            return lambda moment: moment.replace(tzinfo=dt.UTC)
        case t.BinaryType():
            return bytes
        case t.ArrayType():
            return partial(_array, each=_reading(of.elementType))
        case t.MapType():
            return partial(_object, key=_reading(of.keyType), value=_reading(of.valueType))
        case t.StructType():
            return partial(_struct, members=[(each.name, _reading(each.dataType)) for each in of])
        case _:
            return None


def _made(value: object, make: Callable[[Any], object] | None) -> object:
    return value if make is None or value is None else make(value)


def _array(values: Sequence[object], each: Callable[[Any], object] | None) -> list[object]:
    return [_made(value, each) for value in values]


def _object(
    held: Mapping[object, object], key: Callable[[Any], object] | None, value: Callable[[Any], object] | None
) -> dict[object, object]:
    return {_made(name, key): _made(each, value) for name, each in held.items()}


def _struct(row: Sequence[object], members: Sequence[tuple[str, Callable[[Any], object] | None]]) -> dict[str, object]:
    return {name: _made(value, make) for value, (name, make) in zip(row, members, strict=True)}


def _column(name: str) -> Column:
    from pyspark.sql import functions as f

    return f.col("`" + name.replace("`", "``") + "`")


def _path(file: str) -> str:
    """Return a file as Spark wants it spelled to read it: unquoted, and not taken for a pattern."""
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", unquote(file))
