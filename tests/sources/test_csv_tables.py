from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.inventory.batch import Piece, Rows
from compliance.model.inventory import Notice
from compliance.sources import text
from compliance.sources.registry import read_source

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

CANARY = "Quillfeather"
COLUMNS = ("Id", "Forename", "Note")
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
UNCLOSED = (
    "A cell is not closed by its quote, has a quote inside, or is longer than 131,072 characters. "
    "Export it again with every quote inside a cell doubled."
)
NAMES_FIRST = "Export it again with the names of the columns in the first row."
RENAME = "Rename one in the header row."
ENCODING = "Name its encoding, such as `--encoding cp1252`, or export it again in UTF-8."


@pytest.fixture(name="path", scope="module")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feed") / "pupils.csv"


@given(st.lists(st.tuples(CELLS, CELLS, CELLS)), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_the_csv_module_writes_is_read_again(path: Path, rows: list[tuple[str, ...]], encoding: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    assert list(read_source(str(path), integrator=None)) == [
        Rows(source="pupils.csv", dataset="pupils", columns=COLUMNS, cells=[list(row) for row in rows])
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_equal_rows(path: Path, read: Read, delimiter: str) -> None:
    others = "".join({",", ";", "\t", "|"} - {delimiter})
    path.write_text(f"Id{delimiter}Note\n1{delimiter}{others}\n2{delimiter}\n", encoding="utf-8")
    assert read(path) == [
        Rows(source="pupils.csv", dataset="pupils", columns=("Id", "Note"), cells=[["1", others], ["2", ""]])
    ]


def test_a_header_alone_names_the_columns(path: Path, read: Read) -> None:
    path.write_text("Id, Forename \n", encoding="utf-8")
    assert read(path) == [Rows(source="pupils.csv", dataset="pupils", columns=("Id", "Forename"), cells=[])]


def test_one_column_and_blank_lines(path: Path, read: Read) -> None:
    path.write_text("\nId\n\n1\n2\n\n", encoding="utf-8")
    assert read(path) == [Rows(source="pupils.csv", dataset="pupils", columns=("Id",), cells=[["1"], ["2"]])]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_the_encoding_may_be_named(path: Path, read: Read, encoding: str) -> None:
    path.write_bytes("Id,Forename\n1,Zoë\n".encode(encoding))
    assert read(path, encoding=encoding) == [
        Rows(source="pupils.csv", dataset="pupils", columns=("Id", "Forename"), cells=[["1", "Zoë"]])
    ]


def test_a_byte_order_mark_outweighs_the_named_encoding(path: Path, read: Read) -> None:
    path.write_bytes("Id,Forename\n1,Zoë\n".encode("utf-8-sig"))
    [piece] = read(path, encoding="cp1252")
    assert isinstance(piece, Rows)
    assert piece.records == [{"Id": "1", "Forename": "Zoë"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"Id,Note\n1,a\n2,b,{CANARY}\n", "3:1: The row has 3 cells, the header 2."),
        (f'Id,Note\n1,"{CANARY}\n{CANARY}"\n{CANARY}\n', "4:1: The row has 1 cells, the header 2."),
        (f"Id,{CANARY},{CANARY}\n1,2,3\n", f"1:1: Columns 2 and 3 have the same name. {RENAME}"),
        (f"Id,,{CANARY}\n1,2,3\n", "1:1: Column 2 has no name. Name it in the header row."),
        (
            f"1,2012-03-04,07/09/2023\n2,{CANARY},x\n",
            f"1:1: The first row holds values: the header row is missing. {NAMES_FIRST}",
        ),
        (f"{CANARY},A01000000000B,1\n", f"1:1: The first row holds values: the header row is missing. {NAMES_FIRST}"),
        (
            f"{CANARY},{CANARY}@example.org\n",
            f"1:1: The first row holds values: the header row is missing. {NAMES_FIRST}",
        ),
        (",,\n1,2,3\n", f"1:1: The first row holds values: the header row is missing. {NAMES_FIRST}"),
        (
            f'Id,Note\n1,"{CANARY}\n2,b\n',
            f"2:1: {UNCLOSED}",
        ),
        (
            f'Id,Note\n1,a\n2,"{CANARY}" b\n',
            f"3:1: {UNCLOSED}",
        ),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_place(path: Path, refusal: Refusal, text: str, told: str) -> None:
    path.write_text(text, encoding="utf-8")
    hint = " Put cells that hold the delimiter in quotes, or export it again." if "row has" in told else ""
    assert refusal(path) == f"pupils.csv:{told}{hint}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"Id,Forename\n1,{CANARY}".encode("utf-16")[:-1], f" It holds bytes that are not utf-16. {ENCODING}"),
        (f"Id,{CANARY}\n\0\1\2".encode(), "1:1: It holds zero bytes: it is no text. Export it again as CSV in UTF-8."),
    ],
)
def test_bytes_that_are_no_text_are_refused(path: Path, refusal: Refusal, content: bytes, told: str) -> None:
    path.write_bytes(content)
    assert refusal(path) == f"pupils.csv:{told}"


@pytest.mark.parametrize("row", [f"{CANARY},2015-03-01,F", f"{CANARY},01/03/2015,F", f"{CANARY},2015-03-01T00:00:00,F"])
def test_a_first_row_with_a_day_in_it_is_somebodys_record(path: Path, refusal: Refusal, row: str) -> None:
    path.write_text(f"{row}\n{row}\n", encoding="utf-8")
    told = refusal(path)
    assert told == f"pupils.csv:1:1: The first row holds values: the header row is missing. {NAMES_FIRST}"
    assert CANARY not in told


def test_bytes_that_are_not_in_the_named_encoding_are_refused(path: Path, refusal: Refusal) -> None:
    path.write_bytes(f"Id,Forename\n1,{CANARY}\n2,Zoë\n".encode("cp1252"))
    told = refusal(path, encoding="utf-8")
    assert told == f"pupils.csv:3:5: It holds bytes that are not utf-8. {ENCODING}"


def test_what_is_neither_utf_8_nor_western_is_refused(path: Path, refusal: Refusal) -> None:
    path.write_bytes(b"Id,Forename\n1,Zo\x81\n")
    assert refusal(path) == f"pupils.csv:2:5: It holds bytes that are not utf-8. {ENCODING}"


def test_western_text_is_read_and_it_is_said(path: Path, read: Read) -> None:
    path.write_bytes("Id,Forename\n1,Zoë\n2,O\u2019Quill\n".encode("cp1252"))
    assert read(path) == [
        Rows(
            source="pupils.csv",
            dataset="pupils",
            columns=("Id", "Forename"),
            cells=[["1", "Zoë"], ["2", "O\u2019Quill"]],
        ),
        Notice(
            "pupils.csv",
            "is not UTF-8 and was read as cp1252; name another encoding with `--encoding` if that is not right",
        ),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "columns", "cells"),
    [
        (["sep=;", "Id;Note", "1;a,b"], ("Id", "Note"), [["1", "a,b"]]),
        (['"sep=|"', "Id|Note", "1|a;b,c"], ("Id", "Note"), [["1", "a;b,c"]]),
        (["", "Id,Note", "", "1,a", ""], ("Id", "Note"), [["1", "a"]]),
        (["Id,Note,", "1,a,", "2,b"], ("Id", "Note"), [["1", "a"], ["2", "b"]]),
        (["Id,Note,,,", "1,a,,,", "2,,,,"], ("Id", "Note"), [["1", "a"], ["2", ""]]),
        (["Name,name,NAME", "a,b,c"], ("Name", "name", "NAME"), [["a", "b", "c"]]),
        (["Id,Note", r'1,"say \"no\", twice"', "2,x"], ("Id", "Note"), [["1", 'say "no", twice'], ["2", "x"]]),
        (["Id,Note", '1,"say ""no"", twice"', r'2,"C:\"'], ("Id", "Note"), [["1", 'say "no", twice'], ["2", "C:\\"]]),
    ],
)
def test_dialects_are_told_apart(
    path: Path, read: Read, encoding: str, end: str, lines: list[str], columns: tuple[str, ...], cells: list[list[str]]
) -> None:
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    assert read(path) == [Rows(source="pupils.csv", dataset="pupils", columns=columns, cells=cells)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"Id,Note,\n1,a,\n2,b,{CANARY}\n", "3:1: The row has 3 cells, the header 3."),
        (f"Id,Note\n1,a\n2,{CANARY},\n", "3:1: The row has 3 cells, the header 2."),
        (f"sep=;\nId;Note\n\n1;{CANARY};3\n", "4:1: The row has 3 cells, the header 2."),
        ("Id,Note\n" + "1,a\n" * 2500 + f"{CANARY}\n", "2502:1: The row has 1 cells, the header 2."),
    ],
)
def test_a_row_of_another_width_is_refused_wherever_it_stands(
    path: Path, refusal: Refusal, text: str, told: str
) -> None:
    path.write_text(text, encoding="utf-8")
    assert refusal(path) == f"pupils.csv:{told} Put cells that hold the delimiter in quotes, or export it again."


def test_a_quote_that_is_not_closed_is_refused_wherever_it_stands(path: Path, refusal: Refusal) -> None:
    path.write_text("Id,Note\n" + "1,a\n" * 2500 + f'2,"{CANARY}', encoding="utf-8")
    assert refusal(path) == f"pupils.csv:2502:1: {UNCLOSED}"


def test_an_endless_line_is_refused(path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LONGEST_LINE", 50)
    path.write_text(f"Id,Note\n1,{CANARY * 10}\n", encoding="utf-8")
    assert refusal(path).startswith("pupils.csv:3:1: The row has 1 cells, the header 2.")


@pytest.mark.parametrize("quote", ["", '"'])
def test_an_endless_cell_is_refused(path: Path, refusal: Refusal, quote: str) -> None:
    path.write_text(f"Id,Note\n1,{quote}{CANARY * 20_000}{quote}\n", encoding="utf-8")
    assert refusal(path) == f"pupils.csv:2:1: {UNCLOSED}"


def test_a_large_table_comes_in_pieces_that_count_on(path: Path, read: Read) -> None:
    path.write_text("Id\n" + "".join(f"{number}\n\n" for number in range(2500)), encoding="utf-8")
    pieces = [piece for piece in read(path) if isinstance(piece, Rows)]
    assert [piece.first_row + at for piece in pieces for at, _ in enumerate(piece.cells)] == list(range(1, 2501))
    assert [cell for piece in pieces for [cell] in piece.cells] == [str(number) for number in range(2500)]
    assert len(pieces) > 2
