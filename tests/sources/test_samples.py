"""Data that other people published: every dataset and every key is found, compared with a look of our own."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.inventory.batch import Batch, Deletions, Exclusions, Piece, Rows
from compliance.model.inventory import Grant, Notice

Read = Callable[..., list[Piece]]
Keys = dict[str, set[str]]

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
ASIDE = {
    "meta",
    "__pagination__",
    "__changedRows__",
    "Scopes",
    "Usage",
    "GDPR",
    "Students_deleted",
    "StudentSiblings_deleted",
}

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not beside the checkout")


def found(pieces: list[Piece]) -> Keys:
    keys: Keys = defaultdict(set)
    for piece in pieces:
        if isinstance(piece, Batch | Rows):
            keys[piece.dataset].update(piece.columns, *piece.records)
    return keys


def test_xporter(read: Read) -> None:
    expected: Keys = defaultdict(set)
    for path in (SAMPLES / "xod").glob("*.json"):
        for name, rows in json.loads(path.read_text(encoding="utf-8")).items():
            if isinstance(rows, list) and name not in ASIDE:
                expected[name].update(*(row for row in rows if len(row) > 1))
    pieces = read(SAMPLES / "xod", "xporter")
    assert found(pieces) == expected
    grant, *others = [piece for piece in pieces if isinstance(piece, Grant)]
    assert (grant.source, grant.estab, len(grant.scopes), others) == ("xod/logs.json", "3281101", 36, [])
    assert [piece for piece in pieces if not isinstance(piece, Batch | Grant)] == [
        Notice("xod/error_response.json", "is an error answer of the integrator: there is no data in it"),
        Exclusions(
            source="xod/gdpr_ids.json", ids={"pupil": frozenset(), "staff": frozenset(), "contact": frozenset()}
        ),
        Notice("xod/scopes.json", "describes the connection in 'Scopes': no records were read from there"),
        Deletions(source="xod/students_2.json", dataset="Students", count=2),
        Deletions(source="xod/students_2.json", dataset="StudentSiblings", count=0),
        Notice("xod/usage.json", "describes the connection in 'Usage': no records were read from there"),
        Notice(
            "xod/groups.json",
            "holds page 1 of 28 of 'Group': 54 of 56 rows did not come and were not looked at",
            "Group",
        ),
        Notice(
            "xod/staff.json",
            "holds page 1 of 20 of 'Staff': 38 of 40 rows did not come and were not looked at",
            "Staff",
        ),
    ]


def test_json_lines(read: Read) -> None:
    expected: Keys = defaultdict(set)
    empty = []
    for path in sorted((SAMPLES / "edfi_json_oea").iterdir()):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        for line in lines:
            expected[path.stem].update(json.loads(line))
        if not lines:
            empty.append(Notice(f"edfi_json_oea/{path.name}", "is empty"))
    pieces = read(SAMPLES / "edfi_json_oea", "plain")
    assert found(pieces) == expected
    assert [piece for piece in pieces if not isinstance(piece, Batch)] == empty


def test_csv(read: Read) -> None:
    expected: Keys = {}
    for path in (SAMPLES / "contoso_sis_oea").iterdir():
        with path.open(encoding="utf-8", newline="") as lines:
            expected[path.stem] = set(next(csv.reader(lines)))
    pieces = read(SAMPLES / "contoso_sis_oea", "plain")
    assert found(pieces) == expected
    assert all(isinstance(piece, Rows) for piece in pieces)


def test_a_real_table_with_faults(refusal: Callable[..., str]) -> None:
    path = SAMPLES / "gias_dfe" / "example_schools_data.csv"
    assert refusal(path, encoding="utf-8").startswith(
        "example_schools_data.csv:3:44: It holds bytes that are not utf-8."
    )
    told = refusal(path)
    assert told.startswith("example_schools_data.csv:5:1: The row has 139 cells, the header 133.")
