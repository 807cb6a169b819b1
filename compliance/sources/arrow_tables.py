"""Arrow IPC (Feather) and ORC: columnar tables, read a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from compliance.errors import SourceError
from compliance.inventory.batch import Rows
from compliance.sources.base import SourceFile
from compliance.sources.tables import ROWS_AT_ONCE, pieces_of

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Schema

ARROW_MAGIC = b"ARROW1"
"""First bytes of an Arrow file; a stream of Arrow has none."""
ORC_MAGIC = b"ORC"


def read_arrow(file: SourceFile) -> Iterator[Rows]:
    """Read an Arrow file, Feather included, or a stream of Arrow.

    Raises ``SourceError`` when it is damaged, cut off, or has two columns of one name.
    """
    from pyarrow import ipc  # noqa: PLC0415 - it costs more to import than most runs take

    with file.open() as stream:
        is_file = stream.read(len(ARROW_MAGIC)) == ARROW_MAGIC
        stream.seek(0)
        yield from _table(file, _arrow_batches(ipc.open_file if is_file else ipc.open_stream, stream, is_file=is_file))


def read_orc(file: SourceFile) -> Iterator[Rows]:
    """Read an ORC file. Raises ``SourceError`` when it is damaged, cut off, or has two columns of one name."""
    with file.open() as stream:
        yield from _table(file, _orc_batches(stream))


def _arrow_batches(opened: Any, stream: BinaryIO, *, is_file: bool) -> Iterator[Schema | RecordBatch]:  # noqa: ANN401 - pyarrow has no types
    reader = opened(stream)
    yield reader.schema
    if is_file:
        yield from map(reader.get_batch, range(reader.num_record_batches))
    else:
        yield from reader


def _orc_batches(stream: BinaryIO) -> Iterator[Schema | RecordBatch]:
    from pyarrow import orc  # noqa: PLC0415 - likewise

    reader = orc.ORCFile(stream)
    yield reader.schema
    yield from map(reader.read_stripe, range(reader.nstripes))


def _table(file: SourceFile, batches: Iterator[Schema | RecordBatch]) -> Iterator[Rows]:
    """Yield the rows of a table, whose schema comes first."""
    from pyarrow import ArrowException  # noqa: PLC0415 - likewise

    try:
        columns = tuple(next(batches).names)
        if len(set(columns)) < len(columns):
            raise file.error("Two of its columns have the same name.", hint="Rename one, and export it again.")
        yield from pieces_of(file, file.stem, columns, _rows(batches))
    except (ArrowException, OSError, ValueError, KeyError, UnicodeError):
        raise _damaged(file) from None


def _rows(batches: Iterator[RecordBatch]) -> Iterator[tuple[object, ...]]:
    for batch in batches:
        for start in range(0, batch.num_rows, ROWS_AT_ONCE):
            part = batch.slice(start, ROWS_AT_ONCE)
            if part.num_columns:
                yield from zip(*map(_values, part.columns), strict=True)


def _values(column: Any) -> list[object]:  # noqa: ANN401 - pyarrow has no types
    """Return the values as Python has them: maps as dictionaries, and moments to the microsecond."""
    from pyarrow import timestamp, types  # noqa: PLC0415 - likewise

    if types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(timestamp("us", column.type.tz), safe=False)
    values: list[object] = column.to_pylist(maps_as_pydicts="lossy")
    return values


def _damaged(file: SourceFile) -> SourceError:
    return file.error("It is damaged, cut off, or of another kind than its ending says.", hint="Export it again.")
