"""Whose files they are is told by names in their beginnings, or not at all."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from compliance.sources.recognition import Recognition, recognise

XPORTER = {"Students": [{"Id": "1", "Forename": "Blenthy"}], "__pagination__": [{"PageNumber": 1}]}
EDFI = {"id": "a1", "_etag": "b2", "firstName": "Zorvik"}
CLEVER = {"data": [{"data": {"type": "students.updated", "data": {"object": {}}, "id": "1"}}], "links": []}
SAID = "has '__pagination__' beside its records"


def written(folder: Path, **documents: object) -> str:
    folder.mkdir(exist_ok=True)
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    return str(folder)


def test_one_integrator_s_file_among_others_tells_whose_they_are(tmp_path: Path) -> None:
    address = written(tmp_path / "synced", other=[{"a": 1}], students=XPORTER)
    assert recognise([address]) == Recognition(
        integrator="xporter", why=f"Recognised as xporter: synced/students.json {SAID}", source="synced/students.json"
    )


def test_files_of_two_integrators_are_read_as_plain_and_both_are_named(tmp_path: Path) -> None:
    address = written(tmp_path / "synced", one=XPORTER, two=[EDFI])
    assert recognise([address]) == Recognition(
        integrator="plain",
        why="Read as plain records, as files of several integrators stand together: "
        f"synced/one.json looks like xporter's, as it {SAID}; "
        "synced/two.json looks like edfi's, as it has '_etag' and 'id' in its records",
    )


def test_what_nobody_knows_is_nobody_s(tmp_path: Path) -> None:
    assert recognise([written(tmp_path / "synced", pupils=[{"name": "Blenthy"}])]) is None
    assert recognise([written(tmp_path / "empty")]) is None
    assert recognise([str(tmp_path / "nowhere"), "postgresql://db.example.org/x", "mongodb://db.example.org/x"]) is None


@pytest.mark.parametrize("broken", [b"", b"\x00\xff", b'{"Students": [', b"[[[[", b'{"a": 1, "b": {"c": 2'])
def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path, broken: bytes) -> None:
    address = written(tmp_path / "synced", students=XPORTER)
    (tmp_path / "synced" / "a.json").write_bytes(broken)
    found = recognise([address])
    assert found
    assert found.integrator == "xporter"


def test_packed_files_and_bundles_are_looked_into(tmp_path: Path) -> None:
    raw = json.dumps(XPORTER).encode()
    (tmp_path / "students.json.gz").write_bytes(gzip.compress(raw))
    with zipfile.ZipFile(tmp_path / "school.zip", "w") as bundle:
        bundle.writestr("students.json", raw)
    for name in ("students.json.gz", "school.zip"):
        found = recognise([str(tmp_path / name)])
        assert found
        assert (found.integrator, SAID in found.why) == ("xporter", True)


def test_a_name_that_stands_deeper_or_in_a_later_object_is_no_sign(tmp_path: Path) -> None:
    assert recognise([written(tmp_path / "deep", a={"data": [{"__pagination__": []}]})]) is None
    (tmp_path / "later.json").write_text('{"a": [1]}\n{"__pagination__": [], "Students": []}', encoding="utf-8")
    assert recognise([str(tmp_path / "later.json")]) is None


def test_no_value_is_repeated(tmp_path: Path) -> None:
    found = recognise([written(tmp_path / "synced", one=XPORTER, two=[EDFI], three=CLEVER)])
    assert found
    assert not any(value in str(found) for value in ("Blenthy", "Zorvik", "a1", "b2"))
