"""Every kind of file gives the same records and the same inventory for the same table."""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import fastavro
import fsspec
import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt
import zstandard
from pyarrow import feather, orc

from compliance.inventory.batch import Batch, Piece, Rows
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.shapes import Block
from compliance.inventory.take import take_inventory
from compliance.model.inventory import DatasetProfile
from compliance.model.vocabulary import EMPTY_VOCABULARY
from compliance.sources.base import SourceKind
from compliance.sources.registry import SOURCES, read_source

TABLE: tuple[Mapping[str, str], ...] = (
    {"Id": "3001", "Forename": "Blenthy", "Mail": "blenthy@example.org", "Needs": '{"SEN": "K", "since": [2024]}'},
    {"Id": "3002", "Forename": "Zorvik, Zoë", "Mail": "zorvik@example.org", "Needs": '{"SEN": "E"}'},
    {"Id": "3003", "Forename": 'O"Quill', "Mail": "07700 900123", "Needs": "none"},
)
"""The invented table, and the records that every kind of file must give for it."""
COLUMNS = tuple(TABLE[0])
ROWS = [tuple(record.values()) for record in TABLE]


def _json(path: Path) -> None:
    path.write_text(json.dumps(TABLE), encoding="utf-8")


def _json_lines(path: Path) -> None:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in TABLE), encoding="utf-8")


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, delimiter="\t" if path.suffix == ".tsv" else ",").writerows([COLUMNS, *ROWS])


def _xml(path: Path) -> None:
    root = ET.Element("Pupils", xmlns="http://example.org/pupils")
    for record in TABLE:
        pupil = ET.SubElement(root, path.stem)
        for name, value in record.items():
            ET.SubElement(pupil, name).text = value
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _spreadsheet(path: Path) -> None:
    match path.suffix.casefold():
        case ".ods":
            book = odf.opendocument.OpenDocumentSpreadsheet()
            sheet = odf.table.Table(name="Sheet1")
            for row in [COLUMNS, *ROWS]:
                line = odf.table.TableRow()
                for text in row:
                    cell = odf.table.TableCell(valuetype="string")
                    cell.addElement(odf.text.P(text=text))
                    line.addElement(cell)
                sheet.addElement(line)
            book.spreadsheet.addElement(sheet)
            book.save(str(path))
        case ".xls":
            old = xlwt.Workbook()
            page = old.add_sheet("Sheet1")
            for number, row in enumerate([COLUMNS, *ROWS]):
                for column, text in enumerate(row):
                    page.write(number, column, text)
            old.save(str(path))
        case _:
            new = openpyxl.Workbook()
            for row in [COLUMNS, *ROWS]:
                new.worksheets[0].append(row)
            content = io.BytesIO()
            new.save(content)
            path.write_bytes(content.getvalue())


def _arrow(path: Path) -> None:
    table = pa.Table.from_pylist(list(TABLE))
    if path.suffix == ".ipc":
        with pa.ipc.new_stream(str(path), table.schema) as stream:
            stream.write_table(table, max_chunksize=2)
    else:
        feather.write_feather(table, str(path))


def _orc(path: Path) -> None:
    orc.write_table(pa.Table.from_pylist(list(TABLE)), str(path))


def _avro(path: Path) -> None:
    fields = [{"name": name, "type": "string"} for name in COLUMNS]
    with path.open("wb") as stream:
        fastavro.writer(stream, {"type": "record", "name": "Pupil", "fields": fields}, TABLE, codec="deflate")


def _sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f'CREATE TABLE "{path.stem}" ({", ".join(f"{name} TEXT" for name in COLUMNS)})')
        base.executemany(f'INSERT INTO "{path.stem}" VALUES (?, ?, ?, ?)', ROWS)  # noqa: S608 - the test's own name


def _parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(list(TABLE)), path)


def _duckdb(path: Path) -> None:
    with closing(duckdb.connect(str(path))) as base:
        base.execute(f'CREATE TABLE "{path.stem}" ({", ".join(f"{name} TEXT" for name in COLUMNS)})')
        base.executemany(f'INSERT INTO "{path.stem}" VALUES (?, ?, ?, ?)', ROWS)  # noqa: S608 - the test's own name


WRITERS: Mapping[str, Callable[[Path], None]] = {
    "JSON": _json,
    "JSON Lines": _json_lines,
    "CSV": _csv,
    "XML": _xml,
    "spreadsheet": _spreadsheet,
    "Arrow": _arrow,
    "ORC": _orc,
    "Avro": _avro,
    "SQLite": _sqlite,
    "Parquet": _parquet,
    "DuckDB": _duckdb,
}
"""One writer for every kind of file; a kind without one fails the suite."""

FILES = [(kind, ending) for kind in SOURCES for ending in (*kind.endings, kind.endings[0].upper())]
PACKED: Mapping[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": lambda content: zstandard.ZstdCompressor().compress(content),
}


def records(pieces: list[Piece]) -> list[dict[str, Any]]:
    return [dict(each) for piece in pieces if isinstance(piece, Batch | Rows | Block) for each in piece.records]


def inventory(pieces: list[Piece]) -> Mapping[str, DatasetProfile]:
    plan = InventoryPlan(at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC), key=b"contract")
    return take_inventory(pieces, plan, EMPTY_VOCABULARY).datasets


EXPECTED = inventory([Batch(source="", dataset="pupils", records=TABLE, columns=COLUMNS)])


def assert_is_the_table(address: str, source: str) -> None:
    pieces = list(read_source(address, integrator=None))
    assert records(pieces) == list(TABLE)
    assert {piece.source for piece in pieces if isinstance(piece, Batch | Rows | Block)} == {source}
    assert [type(piece) for piece in pieces if not isinstance(piece, Batch | Rows | Block)] == []
    assert inventory(pieces) == EXPECTED


def test_every_kind_has_a_writer() -> None:
    assert [kind.name for kind in SOURCES] == list(WRITERS)


@pytest.mark.parametrize(("kind", "ending"), FILES, ids=lambda each: getattr(each, "name", each))
def test_every_kind_of_file_gives_the_same_inventory(tmp_path: Path, kind: SourceKind, ending: str) -> None:
    path = tmp_path / f"pupils{ending}"
    WRITERS[kind.name](path)
    assert_is_the_table(str(path), path.name)


@pytest.fixture(name="memory")
def _memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


STREAMED = [(kind, kind.endings[0]) for kind in SOURCES if not kind.needs_path]


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize(("kind", "ending"), STREAMED, ids=lambda each: getattr(each, "name", each))
def test_compressed_it_gives_the_same(tmp_path: Path, kind: SourceKind, ending: str, packing: str) -> None:
    plain, path = tmp_path / f"pupils{ending}", tmp_path / f"pupils{ending}{packing}"
    WRITERS[kind.name](plain)
    path.write_bytes(PACKED[packing](plain.read_bytes()))
    assert_is_the_table(str(path), path.name)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize(("kind", "ending"), STREAMED, ids=lambda each: getattr(each, "name", each))
def test_in_a_bundle_it_gives_the_same(tmp_path: Path, kind: SourceKind, ending: str, method: int) -> None:
    plain, path = tmp_path / f"pupils{ending}", tmp_path / "export.zip"
    WRITERS[kind.name](plain)
    with zipfile.ZipFile(path, "w", method) as bundle:
        bundle.write(plain, f"a/pupils{ending}")
    assert_is_the_table(str(path), f"export.zip/a/pupils{ending}")


@pytest.mark.parametrize(("kind", "ending"), STREAMED, ids=lambda each: getattr(each, "name", each))
def test_from_an_object_store_it_gives_the_same(
    tmp_path: Path, memory: fsspec.AbstractFileSystem, kind: SourceKind, ending: str
) -> None:
    plain = tmp_path / f"pupils{ending}"
    WRITERS[kind.name](plain)
    memory.pipe(f"/bucket/feed/pupils{ending}", plain.read_bytes())
    assert_is_the_table(f"memory://bucket/feed/pupils{ending}", f"pupils{ending}")
    assert_is_the_table("memory://bucket/feed", f"feed/pupils{ending}")


def test_a_bundle_in_an_object_store_gives_the_same(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    plain = tmp_path / "pupils.csv"
    _csv(plain)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as bundle:
        bundle.writestr("pupils.csv.gz", gzip.compress(plain.read_bytes()))
    memory.pipe("/bucket/export.zip", content.getvalue())
    assert_is_the_table("memory://bucket/export.zip", "export.zip/pupils.csv.gz")


def test_the_address_of_a_file_is_its_path(tmp_path: Path) -> None:
    path = tmp_path / "pupils.csv"
    _csv(path)
    assert_is_the_table(path.as_uri(), "pupils.csv")
