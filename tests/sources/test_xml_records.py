from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.inventory.batch import Batch, Piece
from compliance.sources import xml_records
from compliance.sources.registry import read_source

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

CANARY = "Quillfeather"
ED_FI = """<?xml version="1.0" encoding="utf-8"?>
<InterchangeStudent xmlns="http://ed-fi.org/0500" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://ed-fi.org/0500 Interchange-Student.xsd">
  <Student id="s1">
    <StudentUniqueId>3001</StudentUniqueId>
    <Name><FirstName>Blenthy</FirstName><LastSurname>Zorvik</LastSurname></Name>
    <OtherName><FirstName>Bee</FirstName></OtherName>
    <OtherName><FirstName>Bly</FirstName></OtherName>
    <BirthDate xsi:nil="true"/>
  </Student>
  <Student id="s2"><StudentUniqueId>3002</StudentUniqueId><Note/></Student>
  <StudentSchool><Code kind="URN">100000</Code></StudentSchool>
</InterchangeStudent>"""
SIF = """<SIF_Message xmlns="http://www.sifassociation.org/uk/infrastructure/2.x" Version="2.4">
  <SIF_Response><SIF_Header><SIF_MsgId>1</SIF_MsgId></SIF_Header>
    <SIF_ObjectData><LearnerPersonal RefId="r1"><UPN>A99930000001</UPN></LearnerPersonal></SIF_ObjectData>
  </SIF_Response>
</SIF_Message>"""
CTF = """<CTfile><Header><DocumentName>Common Transfer File</DocumentName></Header>
  <CTFpupilData><Pupil><UPN>A99930000001</UPN><Surname>Zorvik</Surname></Pupil></CTFpupilData></CTfile>"""


@pytest.fixture(name="path", scope="module")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feed") / "pupils.xml"


def found(pieces: list[Piece]) -> dict[str, list[Any]]:
    datasets: dict[str, list[Any]] = {}
    for piece in pieces:
        assert isinstance(piece, Batch)
        assert piece.first_row == len(datasets.get(piece.dataset, [])) + 1
        datasets.setdefault(piece.dataset, []).extend(piece.records)
    return datasets


@pytest.mark.parametrize(
    ("text", "records"),
    [
        (
            ED_FI,
            {
                "Student": [
                    {
                        "@id": "s1",
                        "StudentUniqueId": "3001",
                        "Name": {"FirstName": "Blenthy", "LastSurname": "Zorvik"},
                        "OtherName": [{"FirstName": "Bee"}, {"FirstName": "Bly"}],
                        "BirthDate": None,
                    },
                    {"@id": "s2", "StudentUniqueId": "3002", "Note": ""},
                ],
                "StudentSchool": [{"Code": {"@kind": "URN", "#text": "100000"}}],
            },
        ),
        (SIF, {"SIF_Header": [{"SIF_MsgId": "1"}], "LearnerPersonal": [{"@RefId": "r1", "UPN": "A99930000001"}]}),
        (
            CTF,
            {
                "Header": [{"DocumentName": "Common Transfer File"}],
                "Pupil": [{"UPN": "A99930000001", "Surname": "Zorvik"}],
            },
        ),
        ("<StudentPersonals><StudentPersonal RefId='a'/></StudentPersonals>", {"StudentPersonal": [{"@RefId": "a"}]}),
        ("<Export><Pupils><P><a>1</a></P><P><a>2</a></P></Pupils></Export>", {"P": [{"a": "1"}, {"a": "2"}]}),
        ("<Pupils><P><a>1</a><b/></P></Pupils>", {"P": [{"a": "1", "b": ""}]}),
        ("<Pupil><Id>1</Id><Name>x</Name></Pupil>", {"Pupil": [{"Id": "1", "Name": "x"}]}),
        (
            "<Pupils><Year>2026</Year><P><a>1</a><b/></P></Pupils>",
            {"Year": [{"#text": "2026"}], "P": [{"a": "1", "b": ""}]},
        ),
        ("<Pupils/>", {"Pupils": [{"#text": ""}]}),
        (
            "<P><Q><a>1</a><a>2</a><a>3</a><n>x<b/>y</n></Q><Q><a><![CDATA[<4>]]></a>&amp;</Q></P>",
            {"Q": [{"a": ["1", "2", "3"], "n": {"b": "", "#text": "xy"}}, {"a": "<4>", "#text": "&"}]},
        ),
    ],
)
def test_records_are_the_elements_that_repeat(
    path: Path, read: Read, text: str, records: dict[str, list[dict[str, object]]]
) -> None:
    path.write_text(text, encoding="utf-8")
    assert found(read(path)) == records


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]))), min_size=2))
def test_texts_are_those_that_were_written(path: Path, rows: list[list[str]]) -> None:
    body = "".join(f"<P><Id>1</Id>{''.join(f'<v>{escape(text)}</v>' for text in row)}</P>" for row in rows)
    path.write_text(f"<Pupils>{body}</Pupils>", encoding="utf-8")
    expected = [dict[str, Any](Id="1") | ({"v": row[0] if len(row) == 1 else row} if row else {}) for row in rows]
    assert found(list(read_source(str(path), integrator=None))) == {"P": expected}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declaration_names_the_encoding(path: Path, read: Read, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><Pupils><P><Name>Zoë</Name></P></Pupils>'
    path.write_bytes(text.encode(encoding))
    assert found(read(path)) == {"P": [{"Name": "Zoë"}]}


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "' + CANARY + '"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>\n<x><P><n>&c;</n></P></x>'
)
NO_XML = "From here on it is no XML. Export it again, as XML in UTF-8."
ENTITY = "It declares an entity, which can be used to attack whoever reads it. Export it again without a DTD."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (LAUGHS.encode(), f"1:25: {ENTITY}"),
        (b'<!DOCTYPE x [\n<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<x><P>&a;</P></x>', f"2:39: {ENTITY}"),
        (b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd">%a;]>\n<x/>', f"1:58: {ENTITY}"),
        (
            f"<Pupils>\n<P><Name>{CANARY}</Name></P>\n<P><Na".encode(),
            "3:4: It ends before its root element does: it was cut off. Fetch or export it again.",
        ),
        (
            f"<Pupils>\n<P><Name>{CANARY}</Name></P>\n".encode(),
            "3:1: It ends before its root element does: it was cut off. Fetch or export it again.",
        ),
        (
            f"<Pupils>\n<P>{CANARY}</Q></Pupils>".encode(),
            f"2:18: {NO_XML}",
        ),
        (
            f"<P><a>\n{CANARY}&nbsp;</a></P>".encode(),
            f"2:13: {NO_XML}",
        ),
        (f"{CANARY} is no XML".encode(), f"1:1: {NO_XML}"),
        (
            f"<P><a>{CANARY}\nZoë</a></P>".encode("cp1252"),
            f"2:3: {NO_XML}",
        ),
        (
            b'<?xml version="1.0" encoding="klingon"?><P><a>1</a></P>',
            "1:31: It names an encoding that is not known here. Export it again, as XML in UTF-8.",
        ),
        (
            b"<a>" * 10_000 + b"</a>" * 10_000,
            "1:304: Its elements are nested more than 100 levels deep. Give a flatter export.",
        ),
    ],
)
def test_what_is_broken_or_hostile_is_refused_with_its_place(
    path: Path, refusal: Refusal, content: bytes, told: str
) -> None:
    path.write_bytes(content)
    message = refusal(path)
    assert CANARY not in message
    assert message == f"pupils.xml:{told}"


def test_a_doctype_without_entities_is_read(path: Path, read: Read) -> None:
    path.write_text('<!DOCTYPE P SYSTEM "http://127.0.0.1/none.dtd"><P><Q><a>1</a></Q></P>', encoding="utf-8")
    assert found(read(path)) == {"Q": [{"a": "1"}]}


def test_a_record_that_would_fill_the_memory_is_refused(
    path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_records, "LARGEST_RECORD", 100)
    path.write_text(f"<P><Q><a>{CANARY * 20}</a></Q></P>", encoding="utf-8")
    assert refusal(path).endswith(
        "A record has more than 100 characters. Export it again with one element for each record."
    )


def test_memory_stays_flat(path: Path) -> None:
    record = f"<P><Id>1</Id>{'<Note>' + 'x' * 1000 + '</Note>'}</P>"
    count = 20_000
    path.write_text("<Pupils>" + record * count + "</Pupils>", encoding="utf-8")
    tracemalloc.start()
    try:
        rows = sum(len(piece.records) for piece in read_source(str(path), integrator=None) if isinstance(piece, Batch))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows == count
    assert peak < path.stat().st_size / 3
