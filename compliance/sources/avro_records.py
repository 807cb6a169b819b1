"""Avro files: records with a schema in front, read a block at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from compliance.errors import SourceError
from compliance.integrators.batches import Row, batches
from compliance.inventory.batch import Batch
from compliance.sources.base import SourceFile

MAGIC = b"Obj\x01"
"""First bytes. Source: the Avro specification, section Object Container Files."""


def read_avro(file: SourceFile) -> Iterator[Batch]:
    """Read the records of a file; its dataset is called like the file.

    Raises ``SourceError`` when it is damaged, cut off within a block, or holds something else than records.
    """
    import fastavro  # noqa: PLC0415 - few runs read Avro

    with file.open() as stream:
        try:
            reader = fastavro.reader(stream)
            fields = _fields(reader.writer_schema)
        except SourceError:
            raise
        except Exception:  # noqa: BLE001 - the library has no exception of its own for a damaged file
            raise file.error("It is damaged, or not Avro.", hint="Export it again.") from None
        if fields is None:
            raise file.error("It holds values that are no records.", hint="Export it as records with named fields.")
        yield from batches(file.name, _records(file, iter(reader)), columns=fields)


def _fields(schema: Any) -> tuple[str, ...] | None:  # noqa: ANN401 - a schema is JSON
    if not isinstance(schema, Mapping) or schema.get("type") != "record":
        return None
    return tuple(str(field["name"]) for field in schema["fields"])


def _records(file: SourceFile, records: Iterator[Any]) -> Iterator[Row]:
    yield Row(file.stem)
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except SourceError:
            raise
        except Exception:  # noqa: BLE001 - the library has no exception of its own for a damaged file
            raise file.error("It is damaged or cut off.", hint="Fetch or export it again.") from None
        yield Row(file.stem, record)
