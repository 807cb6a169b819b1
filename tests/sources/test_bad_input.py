"""What bad input gets: one clear error or a notice, bounded memory, and everything else still looked at."""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.cli.main import run
from compliance.errors import SourceError
from compliance.integrators.plain import Plain
from compliance.inventory.batch import Batch
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.shapes import Block
from compliance.inventory.take import take_inventory
from compliance.model.inventory import Inventory, Notice
from compliance.model.vocabulary import EMPTY_VOCABULARY
from compliance.sources import json_blocks, json_documents
from compliance.sources.base import SourceFile
from compliance.sources.json_documents import JsonDocument
from compliance.sources.registry import read_source

CANARY = "Quillfeather"
PLAN = InventoryPlan(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), key=b"k")
DEEP = 10_000
"""Levels of nesting."""
LONG = 100 * 1024 * 1024
"""Bytes of a text that is too long."""
MEMORY = 500
"""Megabytes that the whole program may take at most, whatever it is given."""


def take(path: Path) -> Inventory:
    return take_inventory(read_source(str(path), integrator=None), PLAN, EMPTY_VOCABULARY)


def fields(inventory: Inventory) -> dict[str, int]:
    return {str(path): each.present for part in inventory.datasets.values() for path, each in part.fields.items()}


# --- cut off ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pupils.json", "pupils.jsonl", "pupils.csv", "pupils.xml"])
@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zstandard.ZstdCompressor().compress)]
)
def test_a_packed_file_that_is_cut_is_refused(
    tmp_path: Path, refusal: Callable[..., str], name: str, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"{name}{ending}"
    lines = "\n".join(f'{{"name": "{CANARY} {number * 7919 % 9973}"}}' for number in range(20_000))
    text = f"<r>{lines}</r>" if name.endswith("xml") else lines
    packed = pack(text.encode())
    path.write_bytes(packed[: len(packed) * 2 // 3])
    assert refusal(path) == f"{path.name}: It ends before its data does: it was cut off. Fetch or export it again."


@pytest.mark.parametrize("records", [3, 3_000])
def test_an_array_that_is_cut_is_refused_with_its_place(
    tmp_path: Path, refusal: Callable[..., str], records: int
) -> None:
    path = tmp_path / "pupils.json"
    path.write_text("[\n" + ",\n".join([f'{{"name": "{CANARY}"}}'] * records)[:-5])
    assert refusal(path) == (
        f"pupils.json:{records + 1}:{len(CANARY) + 8}: "
        "It ends in the middle of a value. Pull or export it again: it was cut off."
    )


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_invalid_utf8_is_refused_with_its_place(tmp_path: Path, refusal: Callable[..., str], ending: str) -> None:
    path = tmp_path / f"pupils.{ending}"
    path.write_bytes(f'{{"name": "{CANARY}"}}\n'.encode() * 3_000 + b'{"name": "\xff' + CANARY.encode() + b'"}\n')
    assert refusal(path) == (
        f"pupils.{ending}:3001:11: From here on it is not JSON, or a number is too long. "
        "Pull or export it again, as JSON in UTF-8."
    )


# --- nested without end -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["json", "jsonl"])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("before", ["", '{"a": 1}\n'])
def test_endless_nesting_is_refused(
    tmp_path: Path, refusal: Callable[..., str], ending: str, start: str, end: str, before: str
) -> None:
    path = tmp_path / f"pupils.{ending}"
    path.write_text(f'{before}{{"a": {start * DEEP}"{CANARY}"{end * DEEP}}}')
    assert refusal(path) == (
        f"pupils.{ending}: Its values are nested more than 100 levels deep. Give a flatter export."
    )


def test_endless_nesting_of_elements_is_refused(tmp_path: Path, refusal: Callable[..., str]) -> None:
    path = tmp_path / "pupils.xml"
    path.write_text(f"<r>{'<a>' * DEEP}{CANARY}{'</a>' * DEEP}</r>")
    told = refusal(path)
    assert told.startswith("pupils.xml:1:")
    assert "nested more than 100 levels deep" in told
    assert CANARY not in told


def csv_of(folder: Path, texts: list[str]) -> Path:
    path = folder / "d.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["id", "held"], *enumerate(texts)])
    return path


def sqlite_of(folder: Path, texts: list[str]) -> Path:
    path = folder / "d.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE d (id, held)")
        database.executemany("INSERT INTO d VALUES (?, ?)", enumerate(texts))
    return path


@pytest.mark.parametrize("write", [csv_of, sqlite_of])
@pytest.mark.parametrize("deep", ["[" * DEEP + "]" * DEEP, '{"a":' * DEEP + "1" + "}" * DEEP])
def test_endless_nesting_inside_of_text_is_said(
    tmp_path: Path, write: Callable[[Path, list[str]], Path], deep: str
) -> None:
    path = write(tmp_path, ['{"b": 1}', deep])
    taken = take(path)
    assert fields(taken) == {"d.id": 2, "d.held": 2, "d.held.b": 1}
    assert taken.notices == (
        Notice(path.name, "holds more than 32 levels of nesting in 'd': what lies below them was not looked at"),
    )


# --- long without end -------------------------------------------------------------------------------------------

AGAIN = "Pull or export it again, as JSON in UTF-8."
TOO_LONG = (
    " A single value in it is longer than 32 MB. Give a file without it: what is so large is no field of a record."
)
MEASURED = """
import pathlib, sys
from compliance.cli.main import run
code = run(["inventory", sys.argv[1], "--jobs", "1"])
peak = pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(int(peak) // 1024, file=sys.stderr)  # ru_maxrss would begin with the peak of whoever runs the tests
sys.exit(code)
"""


def write_long(path: Path, start: str, end: str) -> None:
    with path.open("w") as file:
        file.write(start)
        for _ in range(LONG // 1024):
            file.write("x" * 1024)
        file.write(end)


def measured(path: Path) -> tuple[int, str, list[str]]:
    """Run the program; return its exit code, what it said, and its errors without the last line, which is bounded."""
    done = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    *errors, memory = done.stderr.splitlines()
    assert int(memory) < MEMORY
    return done.returncode, done.stdout, errors


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory in kilobytes")
def test_a_line_without_end_is_counted_and_said(tmp_path: Path) -> None:
    path = tmp_path / "pupils.jsonl"
    write_long(path, '{"a": 1}\n{"a": 2, "b": "', '"}\n\n{"a": 3}\n')
    code, out, errors = measured(path)
    assert (code, errors) == (0, [])
    assert "pupils  3 rows" in out
    assert "pupils.jsonl: holds a record of more than 32 MB in line 2, which was counted and not looked at" in out
    assert "Incomplete: rows of pupils are known to be missing." in out


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory in kilobytes")
@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ('[{"a": 1}, {"b": "', '"}]', TOO_LONG),
        ('{"a": 1, "b": "', '"}', TOO_LONG),
        ("[1", "]", "1:3: From here on it is not JSON, or a number is too long. " + AGAIN),
    ],
)
def test_a_document_with_a_text_without_end_is_refused(tmp_path: Path, start: str, end: str, told: str) -> None:
    path = tmp_path / "pupils.json"
    write_long(path, start, end)
    code, out, errors = measured(path)
    assert (code, out) == (3, "")
    assert len(errors) == 1
    assert errors[0].removeprefix("compliance: error: pupils.json:") == told


@given(
    sizes=st.lists(st.sampled_from([5, 60, 99, 100, 101, 150, 400]), min_size=1, max_size=8),
    is_ended=st.booleans(),
    block=st.integers(1, 100),
)
@settings(max_examples=60)
def test_lines_are_too_long_wherever_a_block_ends(
    tmp_path_factory: pytest.TempPathFactory,
    sizes: list[int],
    *,
    is_ended: bool,
    block: int,
) -> None:
    path = tmp_path_factory.mktemp("feed") / "pupils.jsonl"
    lines = ['{"a":"' + "x" * (size - 8) + '"}' if size > 8 else '{"": 1}'[:6] + "}" for size in sizes]
    path.write_text("\n".join(lines) + ("\n" if is_ended else ""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_blocks, "LONGEST", 100)
        patch.setattr(json_blocks, "BLOCK", block)
        taken = take(path)
    assert taken.rows == len(lines)
    assert fields(taken).get("pupils.a", 0) == sum(8 < len(line) <= 100 for line in lines)
    assert len(taken.notices) == sum(len(line) > 100 for line in lines)


def test_many_objects_in_one_line_are_no_record_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_blocks, "LONGEST", 100)
    monkeypatch.setattr(json_blocks, "BLOCK", 64)
    path = tmp_path / "pupils.jsonl"
    path.write_text('{"a": 1}' * 100)
    assert (take(path).rows, take(path).notices) == (100, ())
    path.write_text("[" + ",".join(['{"a": 1}'] * 100) + "]")
    assert (take(path).rows, take(path).notices) == (100, ())


# --- numbers, names and the two ways of reading -----------------------------------------------------------------

NUMBERS = [
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1" * 40, "1" * 400,
    "9" * 4300, "9" * 4301, "1e308", "1e309", "-1e400", "1" * 310 + ".5", "1e-400", "-0", "-0.0", "0.0", "1.0", "1E2",
    "5e-324", "123456789012345678901234567890.5", "NaN", "Infinity", "-Infinity", "01", "1.", ".5", "+1", "-", "0x1",
]  # fmt: skip
TEXTS = [
    '"\\ud800"', '"\\udc00"', '"\\ud800\\udc00"', '"\\udc00\\ud800"', '"\\u0000"', '"\\u00"', '"\\x41"', '"\t"', '"a',
    '"é"', '""', '"{\\"a\\": [1]}"', "'a'", "tru", "true", "null", "nul",
]  # fmt: skip
plain = st.sampled_from([*NUMBERS, *TEXTS]) | st.integers().map(str) | st.floats().map(json.dumps)
names = st.sampled_from(['"a"', '"b"', '"c"', '"\\u0061"', '"é"', '""', '"x\\\\"', '"a.b"'])
spaces = st.sampled_from(["", " ", "\t"])


@st.composite
def jsons(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """Draw an object or an array, now and then with a comma too many or a bracket too few."""
    space, comma = draw(spaces), draw(st.sampled_from([","] * 12 + [",,", ""]))
    if draw(st.booleans()):
        members = draw(st.lists(st.tuples(names, inner), max_size=3))
        return (
            "{"
            + comma.join(f"{name}{space}:{value}" for name, value in members)
            + draw(st.sampled_from(["}"] * 12 + [""]))
        )
    return "[" + comma.join(draw(st.lists(inner, max_size=3))) + draw(st.sampled_from(["]"] * 12 + ["]]"]))


values = st.recursive(plain, jsons, max_leaves=5)
objects = st.lists(st.tuples(names, values), max_size=3).map(
    lambda members: "{" + ", ".join(f"{name}: {value}" for name, value in members) + "}"
)
good = st.dictionaries(
    st.sampled_from("abc"), st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2), max_size=3
)
pieces = st.one_of(
    objects, objects, good.map(json.dumps), good.map(json.dumps), good.map(lambda each: json.dumps(each, indent=1)),
    values, st.sampled_from(["", " ", "\r", "\ufeff"]),
)  # fmt: skip
ends = st.sampled_from(["]"] * 8 + ["", "]]", "] ", "},"])
between = st.sampled_from(["\n"] * 8 + ["\n\n", " ", "", "\r\n", ","])


@st.composite
def files(draw: st.DrawFn) -> str:
    return "".join(part for each in draw(st.lists(pieces, max_size=6)) for part in (each, draw(between)))


def outcome(document: JsonDocument) -> object:
    """Return what is taken of a document, or that it is refused. Rows of lines count lines, and are left out."""
    pieces = (piece for piece in Plain().read(document) if isinstance(piece, Batch | Block | Notice))
    try:
        taken = take_inventory(pieces, PLAN, EMPTY_VOCABULARY)
    except SourceError:
        return "refused"  # of several faults, each way meets another first
    fields = {
        path: replace(
            profile,
            first_row=None,
            detections={name: replace(met, first_row=None) for name, met in profile.detections.items()},
        )
        for part in taken.datasets.values()
        for path, profile in part.fields.items()
    }
    return fields, {name: part.rows for name, part in taken.datasets.items() if part.rows}, taken.notices


@given(text=files().filter(lambda text: text.strip(" \t\r\n\ufeff")), size=st.integers(1, 60))
@settings(max_examples=400)
def test_lines_are_read_alike_in_blocks_and_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, text: str, size: int
) -> None:
    path = tmp_path_factory.mktemp("feed") / "pupils.jsonl"
    path.write_text(text, encoding="utf-8", newline="")
    file = SourceFile(path=path, name=path.name, integrator=Plain())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_blocks, "BLOCK", size)
        in_blocks = outcome(JsonDocument(file=file, shape="lines"))
    assert in_blocks == outcome(JsonDocument(file=file, shape="records"))


@given(
    elements=st.lists(pieces, max_size=6),
    size=st.integers(1, 60),
    end=ends,
)
@settings(max_examples=400)
def test_arrays_are_read_alike_in_blocks_and_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, elements: list[str], size: int, end: str
) -> None:
    path = tmp_path_factory.mktemp("feed") / "pupils.json"
    path.write_text("[" + ",".join(elements) + end, encoding="utf-8", newline="")
    file = SourceFile(path=path, name=path.name, integrator=Plain())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_blocks, "BLOCK", size)
        in_blocks = outcome(JsonDocument(file=file, shape="array"))
    assert in_blocks == outcome(JsonDocument(file=file, shape="rest"))


# --- maps -------------------------------------------------------------------------------------------------------

PEOPLE = [f"{forename}{end} {CANARY}" for forename in ("Blenthy", "Zorvik") for end in "abcdefghijklmno"]


def maps() -> Iterator[tuple[str, str]]:
    keyed = {name: {"mark": number, "days": [{"at": "x"}]} for number, name in enumerate(PEOPLE)}
    deep: Any = "x"
    for _ in range(40):
        deep = {CANARY: deep}
    yield "array.json", json.dumps([{"form": "7A", "pupils": keyed}])
    yield "document.json", json.dumps(keyed)
    yield "envelope.json", json.dumps({"forms": [keyed, keyed]})
    yield "marks.jsonl", "".join(json.dumps({"marks": {name: 7}}) + "\n" for name in PEOPLE)
    yield "text.csv", 'id,held\n1,"' + json.dumps(keyed).replace('"', '""') + '"\n'
    yield "many.json", json.dumps({f"{CANARY} {number}": {"mark": 1} for number in range(3_000)})
    yield "deep.json", json.dumps([{"pupils": dict.fromkeys(PEOPLE, deep)}])


@pytest.mark.parametrize(("name", "text"), [*maps()], ids=[name for name, _ in maps()])
@pytest.mark.parametrize("form", ["text", "json", "saved"])
def test_the_keys_of_maps_are_written_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, form: str
) -> None:
    path, saved = tmp_path / name, tmp_path / "saved.json"
    path.write_text(text)
    more = ["--save", str(saved)] if form == "saved" else ["--format", form]
    assert run(["inventory", str(path), *more]) == 0
    out, err = capsys.readouterr()
    written = out + err + (saved.read_text() if saved.exists() else "")
    assert "<key>" in written or name in {"document.json", "many.json"}
    hidden = written.replace(CANARY, "", written.count(CANARY) if name == "deep.json" else 0)
    assert CANARY not in hidden
    assert not [person for person in PEOPLE if person in written]


def test_an_object_of_many_objects_holds_records(tmp_path: Path) -> None:
    path = tmp_path / "pupils.json"
    few = {f"dataset{number}": {"Id": 1} for number in range(json_documents.OBJECTS)}
    path.write_text(json.dumps(few))
    assert sorted(take(path).datasets) == sorted(few)
    path.write_text(json.dumps(few | {"one more": {"Id": 1, "Own": 2}, "none": 7, "some": [{"Id": 1}]}))
    taken = take(path)
    assert {name: part.rows for name, part in taken.datasets.items()} == {"pupils": json_documents.OBJECTS + 2}
    assert fields(taken) == {"pupils.Id": json_documents.OBJECTS + 2, "pupils.Own": 1}
    assert taken.notices == (Notice("pupils.json", "holds 1 other value that was not read as records: in 'pupils'"),)


def test_only_the_beginning_tells_a_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_documents, "LOOKED_AT", 50)
    path = tmp_path / "pupils.json"
    objects = {f"dataset{number}": {"Id": 1} for number in range(30)}
    path.write_text(json.dumps({"meta": {"of": list(range(100))}} | objects))
    assert len(take(path).datasets) == 31
