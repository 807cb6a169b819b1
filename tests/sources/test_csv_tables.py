from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.inventory.batch import Batch, Piece
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
    records = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert list(read_source(str(path), integrator=None)) == [
        Batch(source="pupils.csv", dataset="pupils", records=records, columns=COLUMNS)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_equal_rows(path: Path, read: Read, delimiter: str) -> None:
    others = "".join({",", ";", "\t", "|"} - {delimiter})
    path.write_text(f"Id{delimiter}Note\n1{delimiter}{others}\n2{delimiter}\n", encoding="utf-8")
    assert read(path) == [
        Batch(
            source="pupils.csv",
            dataset="pupils",
            records=[{"Id": "1", "Note": others}, {"Id": "2", "Note": ""}],
            columns=("Id", "Note"),
        )
    ]


def test_a_header_alone_names_the_columns(path: Path, read: Read) -> None:
    path.write_text("Id, Forename \n", encoding="utf-8")
    assert read(path) == [Batch(source="pupils.csv", dataset="pupils", records=[], columns=("Id", "Forename"))]


def test_one_column_and_blank_lines(path: Path, read: Read) -> None:
    path.write_text("\nId\n\n1\n2\n\n", encoding="utf-8")
    assert read(path) == [
        Batch(source="pupils.csv", dataset="pupils", records=[{"Id": "1"}, {"Id": "2"}], columns=("Id",))
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_the_encoding_may_be_named(path: Path, read: Read, encoding: str) -> None:
    path.write_bytes("Id,Forename\n1,Zoë\n".encode(encoding))
    assert read(path, encoding=encoding) == [
        Batch(
            source="pupils.csv", dataset="pupils", records=[{"Id": "1", "Forename": "Zoë"}], columns=("Id", "Forename")
        )
    ]


def test_a_byte_order_mark_outweighs_the_named_encoding(path: Path, read: Read) -> None:
    path.write_bytes("Id,Forename\n1,Zoë\n".encode("utf-8-sig"))
    [piece] = read(path, encoding="cp1252")
    assert isinstance(piece, Batch)
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
        (f"Id,Forename\n1,{CANARY}\n2,Zoë\n".encode("cp1252"), f"3:5: It holds bytes that are not utf-8. {ENCODING}"),
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
