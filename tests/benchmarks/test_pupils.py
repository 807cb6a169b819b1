"""The benchmarks may claim exact counts only if the pupils hold exactly what is said of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.cells import _upns
from benchmarks.data import data_file
from benchmarks.pupils import SHAPES
from benchmarks.shapes import Shape, paths
from compliance.example.numbers import upn

RECORDS = 12_000


def walk(value: object, above: str = "") -> Iterator[str]:
    match value:
        case dict():
            for name, below in value.items():
                path = f"{above}.{name}" if above else name
                yield path
                yield from walk(below, path)
        case list():
            for below in value:
                yield f"{above}[]"
                yield from walk(below, f"{above}[]")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_pupils_hold_what_is_declared_and_what_is_planted(shape: Shape) -> None:
    met = Counter(path for line in shape.lines(RECORDS) for path in walk(json.loads(line)))
    planted = {plant.path: len(plant.rows(RECORDS)) for plant in shape.planted}
    assert set(met) == set(paths(shape.declared)) | set(planted)
    assert {path: met[path] for path in planted} == planted
    assert sorted(planted.values()) == [1, 12, 120]


def test_nested_pupils_are_as_described() -> None:
    nested = next(shape for shape in SHAPES if shape.name == "nested")
    assert len(list(paths(nested.declared))) == 64
    assert sum(map(len, nested.lines(1000))) / 1000 == pytest.approx(1390, rel=0.02)


def test_pupil_numbers_have_the_check_letter_of_the_example() -> None:
    number = 4567_26_042
    assert _upns(number // 1000)[number % 1000].decode() == upn(2026, 42)


def test_a_file_is_kept_while_it_is_whole(tmp_path: Path) -> None:
    shape = SHAPES[0]
    path = data_file(tmp_path, shape, 50, "jsonl")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert data_file(tmp_path, shape, 50, "jsonl").read_bytes() == whole
    path.write_bytes(b"x" * len(whole))
    assert data_file(tmp_path, shape, 50, "jsonl").read_bytes() == b"x" * len(whole)
