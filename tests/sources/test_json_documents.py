from __future__ import annotations

import datetime as dt
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import SourceError
from compliance.integrators.plain import Plain
from compliance.inventory.batch import Batch, Piece
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.shapes import Block
from compliance.inventory.take import take_inventory
from compliance.model.vocabulary import EMPTY_VOCABULARY
from compliance.sources import json_blocks, json_faults
from compliance.sources.base import SourceFile
from compliance.sources.json_documents import DEEPEST, JsonDocument
from compliance.sources.registry import read_source

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

CANARY = "Quillfeather"
AGAIN = "Pull or export it again, as JSON in UTF-8."
CUT = "It ends in the middle of a value. Pull or export it again: it was cut off."

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 2**63, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def document(path: Path, shape: str = "records") -> JsonDocument:
    return JsonDocument(file=SourceFile(path=path, name=path.name, integrator=Plain()), shape=shape)


@pytest.fixture(name="path", scope="module")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feed") / "students.json"


@given(st.lists(VALUES))
def test_values_are_those_of_the_standard_library(path: Path, values: list[Any]) -> None:
    path.write_text(json.dumps(values), encoding="utf-8")
    assert list(document(path).values()) == json.loads(json.dumps(values))


@given(st.lists(st.dictionaries(st.text(), VALUES), min_size=1))
def test_values_one_after_the_other_are_the_same_as_in_an_array(path: Path, values: list[Any]) -> None:
    path.write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    assert list(document(path).values()) == values


@given(st.dictionaries(st.text(), VALUES))
def test_members_are_those_of_the_object(path: Path, members: dict[str, Any]) -> None:
    path.write_text(json.dumps(members), encoding="utf-8")
    expected = [
        (name, element)
        for name, value in members.items()
        for element in (value if isinstance(value, list) and value else [value])
    ]
    assert list(document(path).members()) == expected


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ('[{"a": 1}]', {"students": [{"a": 1}]}),
        ('\ufeff [{"a": 1.5e3}]', {"students": [{"a": 1500.0}]}),
        ("[]", {"students": []}),
        ("{}", {"students": [{}]}),
        ('{"a": 1, "b": [{}]}', {"students": [{"a": 1, "b": [{}]}]}),
        ('{"a": 1}\n{"a": 2}\n', {"students": [{"a": 1}, {"a": 2}]}),
        ('{"a": 1}{"a": 2}', {"students": [{"a": 1}, {"a": 2}]}),
        ('{"pupils": [{"a": 1}], "staff": []}', {"pupils": [{"a": 1}], "staff": []}),
    ],
)
def test_the_first_bytes_tell_the_shape(path: Path, read: Read, text: str, records: dict[str, Any]) -> None:
    path.write_text(text, encoding="utf-8")
    pieces = [piece for piece in read(path) if isinstance(piece, Batch)]
    assert {piece.dataset: piece.records for piece in pieces} == records


def test_the_ending_of_json_lines_outweighs_a_first_value_that_is_nested(tmp_path: Path, read: Read) -> None:
    record = {"name": {"first": "Ann"}, "id": 1}
    (tmp_path / "pupils.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert read(tmp_path / "pupils.jsonl") == [Batch(source="pupils.jsonl", dataset="pupils", records=[record])]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f'[{{"Surname": "{CANARY}"}}', f"1:29: {CUT}"),
        (f'[\n {{"Surname": "{CANARY}', f"2:27: {CUT}"),
        (f'[\n {{"Surname": {CANARY}}}]', f"2:14: From here on it is not JSON, or a number is too long. {AGAIN}"),
        (f'[\n {{"Surname": "é{CANARY}",}}]', f"2:30: From here on it is not JSON, or a number is too long. {AGAIN}"),
        (
            f'{{"Surname": "{CANARY}"}}\n{{"Surname": "{CANARY}"]',
            f"2:27: From here on it is not JSON, or a number is too long. {AGAIN}",
        ),
        (f"{CANARY} in binary \0\1\2", f"1:1: From here on it is not JSON, or a number is too long. {AGAIN}"),
        (
            f'[{{"n": NaN, "Surname": "{CANARY}"}}]',
            f"1:8: From here on it is not JSON, or a number is too long. {AGAIN}",
        ),
    ],
)
@pytest.mark.parametrize("piece", [4, json_faults.PIECE])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_broken_json_is_refused_with_its_place(
    path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch, content: str, told: str, piece: int, mark: str
) -> None:
    monkeypatch.setattr(json_faults, "PIECE", piece)
    path.write_text(mark + content, encoding="utf-8")
    assert refusal(path) == f"students.json:{told}"


@pytest.mark.parametrize(
    "content",
    [f'["{CANARY}\xff"]'.encode("latin-1"), f'["{CANARY}"]'.encode("utf-16"), b"[" + b"9" * 5000 + b"]", b"[1e999]"],
)
def test_other_encodings_and_endless_numbers_are_refused(path: Path, refusal: Refusal, content: bytes) -> None:
    path.write_bytes(content)
    told = refusal(path)
    assert told.endswith(f"From here on it is not JSON, or a number is too long. {AGAIN}")
    assert CANARY not in told


def test_an_array_among_objects_is_refused(path: Path, refusal: Refusal) -> None:
    path.write_text(f'{{"Students": []}}\n["{CANARY}"]', encoding="utf-8")
    assert refusal(path, "xporter") == (
        "students.json: Beside objects it holds other values at its top level. "
        "Give a file that is either one array, or objects only."
    )


def test_endless_nesting_is_refused(path: Path, refusal: Refusal) -> None:
    path.write_text("[" * 100_000, encoding="utf-8")
    assert refusal(path) == (
        f"students.json: Its values are nested more than {DEEPEST} levels deep. Give a flatter export."
    )


@pytest.mark.parametrize(
    ("name", "start", "between", "end"),
    [("a.json", "[", ",", "]"), ("a.jsonl", "", "\n", ""), ("b.json", '{"Students": [', ",", '], "meta": []}')],
)
def test_memory_stays_flat(tmp_path: Path, name: str, start: str, between: str, end: str) -> None:
    record = json.dumps({"Id": "1", "Notes": "x" * 1500})
    megabytes, path = 30, tmp_path / name
    path.write_text(start + between.join([record] * (megabytes * 1_000_000 // len(record))) + end, encoding="utf-8")
    tracemalloc.start()
    try:
        rows = sum(
            len(piece.records) for piece in read_source(str(path), integrator=None) if isinstance(piece, Batch | Block)
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows == megabytes * 1_000_000 // len(record)
    assert peak < path.stat().st_size / 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"a": "x", "a": null}]'),
        ("a.json", '{"rows": [{"deep": {"a": 1, "a": 2}}]}'),
        ("a.jsonl", '{"b": "\\"a\\": 1"}\n{"deep": [{"a" : 1, "a" : 2}]}\n'),
        ("a.jsonl", '{"a": 1}\n' * 3000 + '{"a": 1, "\\u0061": 2}\n'),
    ],
)
def test_a_name_that_stands_twice_is_refused_before_one_of_its_values_is_lost(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    plan = InventoryPlan(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), key=b"k")
    with pytest.raises(SourceError) as caught:
        take_inventory(read_source(str(tmp_path / name), integrator=None), plan, EMPTY_VOCABULARY)
    assert str(caught.value) == (
        f"{name}: An object in it has two members of one name, so that one would be lost. "
        "Export it again with every name once."
    )


@given(st.lists(VALUES.filter(lambda value: not isinstance(value, list)), min_size=1, max_size=30), st.integers(1, 40))
def test_blocks_of_any_size_hold_the_same_records(path: Path, values: list[Any], size: int) -> None:
    lines = path.with_suffix(".jsonl")
    records = [value if isinstance(value, dict) else {"value": value} for value in values]
    lines.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    path.write_text(json.dumps(records, indent=size % 3), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_blocks, "BLOCK", size)
        for file in (lines, path):
            pieces = [piece for piece in read_source(str(file), integrator=None) if isinstance(piece, Batch | Block)]
            assert [record for piece in pieces for record in piece.records] == json.loads(json.dumps(records))
            ends = [piece.first_row + len(piece) for piece in pieces]
            assert [piece.first_row for piece in pieces] == [1, *ends[:-1]]


def test_half_a_surrogate_pair_is_refused_with_its_place(path: Path, refusal: Refusal) -> None:
    path.write_text('[{"x": "\\udfff"}]', encoding="utf-8")
    assert refusal(path).startswith("students.json:1:")
