from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastavro
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import feather, orc

from compliance.inventory.batch import Batch, Piece, Rows
from compliance.sources.registry import read_source

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

CANARY = "Quillfeather"
NESTED: list[dict[str, Any]] = [
    {
        "Id": 1,
        "Address": {"Town": "Blenthy", "Lines": ["a", "b"]},
        "Marks": [{"Subject": "Maths", "Grade": 4.5}],
        "Born": dt.date(2015, 3, 1),
        "Fee": decimal.Decimal("1.50"),
        "Photo": b"\0\xff",
    },
    {"Id": 2, "Address": None, "Marks": [], "Born": None, "Fee": None, "Photo": None},
]
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "Id": st.integers(-(2**63), 2**63 - 1),
            "Name": st.none() | st.text(st.characters(codec="utf-8"), max_size=5),
            "Marks": st.lists(st.floats(allow_nan=False), max_size=3),
        }
    ),
    min_size=1,
    max_size=5,
)
SCHEMA = pa.schema([("Id", pa.int64()), ("Name", pa.string()), ("Marks", pa.list_(pa.float64()))])
DAMAGED = "It is damaged, cut off, or of another kind than its ending says. Export it again."


def records(pieces: list[Piece]) -> list[Any]:
    return [dict(each) for piece in pieces if isinstance(piece, Batch | Rows) for each in piece.records]


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feed")


def write(path: Path, table: pa.Table) -> None:
    if path.suffix == ".orc":
        orc.write_table(table, str(path))
    else:
        feather.write_feather(table, str(path), compression="zstd", chunksize=2)


@pytest.mark.parametrize("ending", [".arrow", ".orc"])
@settings(deadline=None)  # the first example imports a large library
@given(rows=RECORDS)
def test_what_arrow_writes_is_read_again(folder: Path, ending: str, rows: list[Any]) -> None:
    path = folder / f"pupils{ending}"
    write(path, pa.Table.from_pylist(rows, schema=SCHEMA))
    assert records(list(read_source(str(path), integrator=None))) == rows


@settings(deadline=None)  # the first example imports a large library
@given(rows=RECORDS)
def test_what_fastavro_writes_is_read_again(folder: Path, rows: list[Any]) -> None:
    fields = [
        {"name": "Id", "type": "long"},
        {"name": "Name", "type": ["null", "string"]},
        {"name": "Marks", "type": {"type": "array", "items": "double"}},
    ]
    path = folder / "pupils.avro"
    with path.open("wb") as stream:
        fastavro.writer(stream, {"type": "record", "name": "Pupil", "fields": fields}, rows)
    assert records(list(read_source(str(path), integrator=None))) == rows


@pytest.mark.parametrize("ending", [".arrow", ".orc"])
def test_nested_values_are_those_of_python(tmp_path: Path, read: Read, ending: str) -> None:
    path = tmp_path / f"pupils{ending}"
    write(path, pa.Table.from_pylist(NESTED))
    assert records(read(path)) == NESTED


@pytest.mark.parametrize("ending", [".arrow", ".orc"])
def test_maps_are_objects_and_moments_have_microseconds(tmp_path: Path, read: Read, ending: str) -> None:
    path = tmp_path / f"pupils{ending}"
    moment = dt.datetime(2026, 9, 1, 8, 30, tzinfo=dt.UTC)
    write(
        path,
        pa.table(
            {
                "Codes": pa.array([[("SEN", "K")], None], pa.map_(pa.string(), pa.string())),
                "Seen": pa.array([moment, None], pa.timestamp("ns", "UTC")),
            }
        ),
    )
    assert records(read(path)) == [{"Codes": {"SEN": "K"}, "Seen": moment}, {"Codes": None, "Seen": None}]


@pytest.mark.parametrize("ending", [".arrow", ".orc"])
def test_a_large_table_comes_in_pieces_and_an_empty_one_names_its_columns(
    tmp_path: Path, read: Read, ending: str
) -> None:
    path = tmp_path / f"pupils{ending}"
    write(path, pa.table({"Id": list(range(2500))}))
    pieces = [piece for piece in read(path) if isinstance(piece, Rows)]
    assert [piece.first_row for piece in pieces] == [1, 1001, 2001]
    assert [record["Id"] for record in records([*pieces])] == list(range(2500))
    write(path, pa.table({"Id": pa.array([], pa.int64())}))
    assert read(path) == [Rows(source=path.name, dataset="pupils", columns=("Id",), cells=[])]


@pytest.mark.parametrize("ending", [".arrow", ".orc"])
def test_a_columnar_file_that_was_cut_off_is_refused(tmp_path: Path, refusal: Refusal, ending: str) -> None:
    path = tmp_path / f"pupils{ending}"
    write(path, pa.table({"Name": [CANARY] * 5000}))
    content = path.read_bytes()
    for kept in (12, len(content) // 2, len(content) - 3):
        path.write_bytes(content[:kept])
        assert refusal(path) == f"pupils{ending}: {DAMAGED}"
    path.write_text(CANARY, encoding="utf-8")
    assert refusal(path) == f"pupils{ending}: {DAMAGED}"


def test_a_stream_of_arrow_that_was_cut_off_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "pupils.ipc"
    table = pa.table({"Name": [CANARY] * 5000})
    with pa.ipc.new_stream(str(path), table.schema) as stream:
        stream.write_table(table)
    path.write_bytes(path.read_bytes()[:-500])
    assert refusal(path) == f"pupils.ipc: {DAMAGED}"


def test_two_columns_of_one_name_are_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "pupils.arrow"
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=[CANARY, CANARY])
    with pa.ipc.new_file(str(path), table.schema) as stream:
        stream.write_table(table)
    assert refusal(path) == ("pupils.arrow: Two of its columns have the same name. Rename one, and export it again.")


def avro(path: Path, rows: int) -> bytes:
    schema = {"type": "record", "name": "Pupil", "fields": [{"name": "Name", "type": "string"}]}
    with path.open("wb") as stream:
        fastavro.writer(stream, schema, [{"Name": f"{CANARY}{number}"} for number in range(rows)], sync_interval=500)
    return path.read_bytes()


@pytest.mark.parametrize("cut", [1, 8, 20, 100, 333])
def test_avro_that_was_cut_off_is_refused(tmp_path: Path, refusal: Refusal, cut: int) -> None:
    path = tmp_path / "pupils.avro"
    path.write_bytes(avro(path, 1000)[:-cut])
    assert refusal(path) == "pupils.avro: It is damaged or cut off. Fetch or export it again."


def test_what_is_no_avro_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "pupils.avro"
    path.write_text(CANARY, encoding="utf-8")
    assert refusal(path) == "pupils.avro: It is damaged, or not Avro. Export it again."
    with path.open("wb") as stream:
        fastavro.writer(stream, {"type": "string"}, [CANARY])
    assert refusal(path) == (
        "pupils.avro: It holds values that are no records. Export it as records with named fields."
    )


def test_an_empty_avro_file_names_its_columns(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "pupils.avro"
    avro(path, 0)
    assert read(path) == [Batch(source="pupils.avro", dataset="pupils", records=[], columns=("Name",))]
