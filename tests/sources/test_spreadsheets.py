from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from compliance.inventory.batch import Piece, Rows
from compliance.model.inventory import Notice
from compliance.sources import spreadsheets

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

CANARY = "Quillfeather"


def write(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_cells_keep_what_they_are(tmp_path: Path, read: Read) -> None:
    path = write(
        tmp_path / "pupils.xlsx",
        {
            "Sheet1": [
                [],
                ["ULN", "Score", "Born", "Seen", "Late", "Note"],
                [],
                [9999999999, 1.5, dt.date(2015, 3, 1), dt.datetime(2026, 9, 1, 8, 30), True, "x"],  # noqa: DTZ001 - a spreadsheet has no zones
                [9999999998, None, None, None, None, None],
            ]
        },
    )
    [piece] = read(path)
    assert piece == Rows(
        source="pupils.xlsx",
        dataset="pupils",
        columns=("ULN", "Score", "Born", "Seen", "Late", "Note"),
        cells=[
            [9999999999, 1.5, dt.date(2015, 3, 1), dt.datetime(2026, 9, 1, 8, 30), True, "x"],  # noqa: DTZ001 - likewise
            [9999999998, None, None, None, None, None],
        ],
    )
    assert isinstance(piece, Rows)
    assert [type(cell) for cell in piece.cells[0]] == [int, float, dt.date, dt.datetime, bool, str]


def test_every_sheet_is_a_dataset_and_hidden_ones_are_told(tmp_path: Path, read: Read) -> None:
    path = write(tmp_path / "school.xlsx", {"Pupils": [["Id"], [1]], "Staff": [["Id"], [2]], "Blank": []})
    book = openpyxl.load_workbook(path)
    book["Staff"].sheet_state = "veryHidden"
    book.save(path)
    assert read(path) == [
        Rows(source="school.xlsx", dataset="Pupils", columns=("Id",), cells=[[1]]),
        Notice("school.xlsx", "hides the sheet 'Staff', which was read as well"),
        Rows(source="school.xlsx", dataset="Staff", columns=("Id",), cells=[[2]]),
        Notice("school.xlsx", "holds the sheet 'Blank', which is empty"),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["Id", CANARY, CANARY], [1, 2, 3]], "1:1: Sheet 'Kept': Columns 2 and 3 have the same name."),
        ([[], ["Id", None, CANARY], [1, 2, 3]], "2:1: Sheet 'Kept': Column 2 has no name."),
        ([[CANARY, dt.date(2015, 3, 1)]], "1:1: Sheet 'Kept': The first row holds values: the header row is missing."),
        ([[1, 2], [3, 4]], "1:1: Sheet 'Kept': The first row holds values: the header row is missing."),
        ([["Id"], [], [1], [2, None, CANARY]], "4:1: Sheet 'Kept': The row has 3 cells, the header 1."),
    ],
)
def test_a_sheet_that_is_no_table_is_refused(
    tmp_path: Path, refusal: Refusal, rows: list[list[Any]], told: str
) -> None:
    message = refusal(write(tmp_path / "pupils.xlsx", {"Kept": rows}))
    assert message.startswith(f"pupils.xlsx:{told}")
    assert CANARY not in message


def test_merged_cells_in_the_header_are_columns_without_a_name(tmp_path: Path, refusal: Refusal) -> None:
    path = write(tmp_path / "pupils.xlsx", {"Kept": [["Name", None, "Id"], ["a", "b", 1]]})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("A1:B1")
    book.save(path)
    assert refusal(path) == "pupils.xlsx:1:1: Sheet 'Kept': Column 2 has no name. Name it in the header row."


def test_a_workbook_that_was_cut_off_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = write(tmp_path / "pupils.xlsx", {"Kept": [["Id", "Name"], *([1, CANARY],) * 100]})
    path.write_bytes(path.read_bytes()[:-200])
    told = "It is damaged, or no spreadsheet. Open and save it again, or save it as CSV."
    assert refusal(path) == f"pupils.xlsx: {told}"
    path.write_text(CANARY, encoding="utf-8")
    assert refusal(path) == f"pupils.xlsx: {told}"


def test_a_sheet_that_is_broken_xml_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    whole = write(tmp_path / "whole.xlsx", {"Kept": [["Id", "Name"], [1, CANARY]]})
    path = tmp_path / "pupils.xlsx"
    with ZipFile(whole) as parts, ZipFile(path, "w") as broken:
        for name in parts.namelist():
            content = parts.read(name)
            broken.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    assert refusal(path).startswith("pupils.xlsx: It is damaged, or no spreadsheet.")


@pytest.mark.parametrize("name", ["pupils.xlsx", "pupils"])
def test_a_workbook_with_a_password_is_refused(tmp_path: Path, refusal: Refusal, name: str) -> None:
    path = tmp_path / name
    entry = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(spreadsheets.OLD_MAGIC + b"\0" * 1016 + entry + CANARY.encode())
    assert refusal(path) == f"{name}: It is protected by a password. Save a copy without one, and give that."


def test_a_workbook_that_is_a_bomb_is_refused(
    tmp_path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 3 * 1024**2)
    path = tmp_path / "pupils.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 4 * 1024**2)
    assert refusal(path) == "pupils.xlsx: It unpacks to more than 3 MiB. Save it as CSV, and give that."


def test_error_cells_are_read_as_what_they_show(tmp_path: Path, read: Read) -> None:
    path = write(tmp_path / "pupils.xlsx", {"Kept": [["Id", "Sum"], [1, "#DIV/0!"]]})
    [piece] = read(path)
    assert isinstance(piece, Rows)
    assert piece.cells[0][0] == 1
