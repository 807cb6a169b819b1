"""Nothing of a person's data leaves the program: not in a format, a report, a message, a log or a file left behind.

Two schools are searched for. In the *marked* one a mark stands in front of and behind every text of feed and store,
so that a leak shows itself however it comes about; in the *plain* one every value is as it would be in earnest, so
that dates, numbers and identifiers are understood and every rule has something to say.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import io
import json
import logging
import os
import re
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from compliance.example import numbers, people
from compliance.example.generate import ExamplePaths, write_example
from compliance.example.school import DOMAIN
from compliance.formats.registry import FORMATS
from compliance.model.audit import Audit
from compliance.pipeline import Request, run_audit
from compliance.reports.pdf import attached_json, render_pdf
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from compliance.rules.base import RuleOptions
from tests.reports.wide import ones

AT = dt.date(2026, 11, 23)
MARK = "kanarie"
"""Stands in nothing that the program writes of itself."""

PLAIN_MARKS = (
    *(name for name in (*people.FORENAMES, *people.SURNAMES) if len(name) > 5),
    *(DOMAIN, numbers.PHONE, "Arrived from elsewhere", "answer on paper", "PL-3001", "PWT-101"),
)
"""Names, addresses, notes and ids of the plain school, long enough not to turn up by chance in a packed font. Its
UPNs are looked for by their shape."""
UPN = re.compile(rb"[A-Z]1234567\d{5}")


# --- the search -------------------------------------------------------------------------------------------------


def forms(text: str) -> Iterator[bytes]:
    """Yield the bytes by which ``text`` could stand somewhere."""
    utf8 = text.encode()
    yield from (utf8, text.encode("utf-16-le"), text.encode("utf-16-be"))
    yield from (utf8.hex().encode(), utf8.hex().upper().encode(), text.encode("utf-16-be").hex().upper().encode())
    yield from (in_base64(utf8, shift) for shift in range(3))
    yield json.dumps(text)[1:-1].encode()
    yield html.escape(text).encode()


def in_base64(text: bytes, shift: int) -> bytes:
    """Return the signs that ``text`` alone decides when it stands ``shift`` bytes after a full group of three."""
    packed = base64.b64encode(b"\0" * shift + text)[-(-4 * shift // 3) :]
    return packed.rstrip(b"=")[:-1]


def opened(blob: bytes) -> Iterator[bytes]:
    """Yield the bytes as they are, and everything that is packed inside them."""
    yield blob
    for packed in re.findall(rb"base64,([A-Za-z0-9+/=]+)", blob):
        yield base64.b64decode(packed)
    if blob.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(blob)) as pdf:
            for thing in pdf.objects:
                yield repr(thing).encode()
                if isinstance(thing, pikepdf.Stream):
                    yield thing.read_raw_bytes() if "/DCTDecode" in repr(thing.get("/Filter")) else thing.read_bytes()
        document = pypdfium2.PdfDocument(blob)
        for page in document:
            yield page.get_textpage().get_text_bounded().encode()
        document.close()


HEAD = 8
"""Bytes by which a form is looked up before it is looked for."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Every form of some marks, in lower case, each with its mark."""

    by_head: dict[int, list[tuple[bytes, str]]]
    """By the number that the first eight bytes are."""
    short: list[tuple[bytes, str]]
    """Those that have fewer bytes."""


@cache
def sought_for(marks: tuple[str, ...]) -> Sought:
    sought = Sought({}, [])
    for mark in marks:
        for form in map(bytes.lower, forms(mark)):
            head = int.from_bytes(form[:HEAD], "little")
            (sought.by_head.setdefault(head, []) if len(form) >= HEAD else sought.short).append((form, mark))
    return sought


def leaks(blob: bytes, marks: tuple[str, ...]) -> set[str]:
    """Return the marks that stand in ``blob``, in whatever case or packing."""
    text = (b"\0" * HEAD).join(text.lower() for text in opened(blob))
    sought = sought_for(marks)
    heads = np.array(sorted(sought.by_head), dtype=np.uint64)
    met = {
        int(head)
        for start in range(min(HEAD, len(text)))
        for head in np.intersect1d(np.frombuffer(text, "<u8", (len(text) - start) // HEAD, start), heads)
    }
    suspects = [*sought.short, *(form for head in met for form in sought.by_head[head])]
    return {mark for form, mark in suspects if form in text}


def test_the_search_finds_a_mark_wherever_it_stands() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(zlib.compress(MARK.encode()), Filter=pikepdf.Name.FlateDecode)
    pdf.attachments["data.json"] = b'{"name": "attached"}'
    pdf.docinfo["/Title"] = "titled"
    written = io.BytesIO()
    pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    hidden = {
        "plain": f"x{MARK}y".encode(),
        "capitals": MARK.upper().encode(),
        "UTF-16": MARK.encode("utf-16"),
        "hex": MARK.encode().hex().encode(),
        "base64": base64.b64encode(f"x{MARK}yz".encode()),
        "base64 a byte later": base64.b64encode(f"xx{MARK}y".encode()),
        "PDF stream": written.getvalue(),
    }
    assert {where: leaks(blob, (MARK,)) for where, blob in hidden.items()} == {where: {MARK} for where in hidden}
    assert leaks(written.getvalue(), ("attached", "titled", "absent")) == {"attached", "titled"}
    assert leaks(json.dumps("Łumbra").encode(), ("Łumbra",)) == {"Łumbra"}


# --- the schools ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """An example and what must not come out of it."""

    paths: ExamplePaths
    marks: tuple[str, ...]


def marked(value: object) -> object:
    """Put the mark around every text inside ``value``; keys stay as they are."""
    match value:
        case str():
            return f"{MARK}{value}{MARK}"
        case dict():
            return {key: marked(inner) for key, inner in value.items()}
        case list():
            return [marked(inner) for inner in value]
        case _:
            return value


def mark_feed(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != "token_details.json":  # it names scopes, which the program must read and may print
            answer = json.loads(path.read_text(encoding="utf-8"))
            path.write_text(json.dumps(marked(answer), ensure_ascii=False), encoding="utf-8")


def mark_store(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, *_ in database.execute(f'PRAGMA table_info("{table}")').fetchall():
                for (value,) in database.execute(f'SELECT DISTINCT "{column}" FROM "{table}"').fetchall():  # noqa: S608 - our own names
                    database.execute(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?',  # noqa: S608 - our own names
                        (mark_cell(value), value),
                    )


def mark_cell(value: object) -> object:
    """Mark a value of a column; in a column of JSON, the texts inside it."""
    if isinstance(value, str) and value.startswith("{"):
        return json.dumps(marked({**json.loads(value), "theme": "sea"}))
    return marked(value)


@pytest.fixture(scope="module", params=["marked", "plain"])
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    paths = write_example(tmp_path_factory.mktemp("school"), at=AT)
    if request.param == "plain":
        return Planted(paths=paths, marks=PLAIN_MARKS)
    mark_feed(paths.feed)
    mark_store(paths.store)
    return Planted(paths=paths, marks=(MARK,))


def assert_clean(blobs: dict[str, bytes], marks: tuple[str, ...]) -> None:
    assert blobs
    assert {name: found for name, blob in blobs.items() if (found := leaks(blob, marks))} == {}
    assert [name for name, blob in blobs.items() if any(UPN.search(text) for text in opened(blob))] == []


# --- inside the program -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def audit(planted: Planted) -> Audit:
    return run_audit(
        Request(
            declarations=planted.paths.declarations,
            feeds=(str(planted.paths.feed),),
            stores=(str(planted.paths.store),),
            at=dt.datetime.combine(AT, dt.time(12), tzinfo=dt.UTC),
            options=RuleOptions(include_reserved=True),
        )
    )


def test_the_schools_hold_what_is_searched_for(planted: Planted) -> None:
    inputs = [path.read_bytes() for path in planted.paths.feed.iterdir()] + [planted.paths.store.read_bytes()]
    assert {mark for blob in inputs for mark in leaks(blob, planted.marks)} == set(planted.marks)


def test_the_audit_itself_holds_no_value(planted: Planted, audit: Audit) -> None:
    assert audit.findings
    assert_clean({"repr": repr(audit).encode()}, planted.marks)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_writes_a_value(planted: Planted, audit: Audit, name: str) -> None:
    assert_clean({name: FORMATS[name].render(audit).encode()}, planted.marks)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")  # WeasyPrint's to close
@pytest.mark.parametrize("kind", ones(sorted(REPORT_KINDS), "school-privacy", "record-controller", "access-annex"))
def test_no_report_holds_a_value(planted: Planted, audit: Audit, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        text = FORMATS["json"].render(audit)
        page = render_html(audit, REPORT_KINDS[kind], json_text=text)
        pdf = render_pdf(page, attachments=[attached_json(audit, text)])
    assert_clean({"HTML": page.encode(), "PDF": pdf, "log": caplog.text.encode()}, planted.marks)


# --- the command line -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the program."""

    code: int
    blobs: dict[str, bytes]
    """All that it said and every file that it left behind."""


def run(
    folder: Path, *arguments: str | Path, program: tuple[str, ...] = ("-m", "compliance"), debug: bool = False
) -> Run:
    """Run the program in ``folder``, which is also its home and its place for temporary files."""
    before = set(folder.rglob("*"))
    home = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "USERPROFILE"), str(folder))
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH"}}
    kept["PYTHONPATH"] = str(Path(__file__).parents[2])  # the tree that this test stands in
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-X", "dev", *program, *map(str, arguments)],
        cwd=folder,
        env={**kept, **home, "PYTHONDONTWRITEBYTECODE": "1", **({"COMPLIANCE_DEBUG": "1"} if debug else {})},
        capture_output=True,
        check=False,
    )
    left = (path for path in folder.rglob("*") if path.is_file() and path not in before)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in left}
    return Run(code=done.returncode, blobs={"stdout": done.stdout, "stderr": done.stderr} | files)


def audit_arguments(paths: ExamplePaths) -> list[str | Path]:
    options = ("--feed", paths.feed, "--store", paths.store, "--include-reserved", "--at", AT.isoformat())
    return [*paths.declarations, *options]


def test_an_audit_says_and_leaves_no_value(planted: Planted, tmp_path: Path) -> None:
    outputs = [part for name in FORMATS for part in ("--output", f"{name}=audit-{name}")]
    made = run(tmp_path, "audit", *audit_arguments(planted.paths), *outputs, "--report", "html=report.html")
    assert made.code == 1
    assert {f"audit-{name}" for name in FORMATS} | {"report.html"} <= made.blobs.keys()
    assert_clean(made.blobs, planted.marks)


@pytest.mark.slow
def test_a_report_says_and_leaves_no_value(planted: Planted, tmp_path: Path) -> None:
    made = run(tmp_path, "report", "school-privacy", *audit_arguments(planted.paths), "--out", "reports")
    assert made.code == 0
    assert {Path(name).suffix for name in made.blobs if name.startswith("reports/")} == {".html", ".pdf"}
    assert_clean(made.blobs, planted.marks)


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_inventory_says_no_value(planted: Planted, tmp_path: Path, form: str) -> None:
    for address, more in ((planted.paths.store, ()), (planted.paths.feed, ("--integrator", "xporter"))):
        made = run(tmp_path, "inventory", address, *more, "--format", form)
        assert made.code == 0
        assert_clean(made.blobs, planted.marks)


def test_a_saved_inventory_holds_no_value(planted: Planted, tmp_path: Path) -> None:
    asking = [option for path in planted.paths.declarations for option in ("--for", path)]
    for side, address in (("feed", planted.paths.feed), ("store", planted.paths.store)):
        file = f"{side}.inventory.json"
        made = run(tmp_path, "inventory", address, *asking, "--as", side, "--save", file)
        assert made.code == 0
        assert made.blobs.keys() == {"stdout", "stderr", file}
        assert_clean(made.blobs, planted.marks)


@pytest.mark.slow
def test_the_demonstration_leaves_values_in_its_example_alone(tmp_path: Path) -> None:
    made = run(tmp_path, "demo", "--at", AT.isoformat())
    assert made.code == 0
    example = "compliance-demo/example/"
    assert any(name.startswith(example) for name in made.blobs)
    assert_clean({name: blob for name, blob in made.blobs.items() if not name.startswith(example)}, PLAIN_MARKS)


# --- when it goes wrong -----------------------------------------------------------------------------------------


def broken_database(folder: Path) -> bytes:
    """Return a database whose pages after the first are no pages, only text."""
    path = folder / "whole.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE pupil (name)")
        database.executemany("INSERT INTO pupil VALUES (?)", [(f"{MARK}{number}",) for number in range(5_000)])
    whole = path.read_bytes()
    path.unlink()
    page = int.from_bytes(whole[16:18], "big")
    return whole[:page] + MARK.encode() * ((len(whole) - page) // len(MARK))


ROW = f'{{"Id": "1", "Forename": "{MARK}"}}'
BROKEN_FEEDS: dict[str, bytes] = {
    "cut off.json": f'{{"Students": [{ROW}, {{"Id": "2", "Forename": "{MARK}'.encode(),
    "a bare word.json": f'{{"Students": [{ROW}, {MARK}]}}'.encode(),
    "a wrong escape.json": f'{{"Students": [{{"Forename": "{MARK}\\q{MARK}"}}]}}'.encode(),
    "a line break in a text.json": f'{{"Students": [{{"Forename": "{MARK}\n{MARK}"}}]}}'.encode(),
    "a number too many.json": f'{{"Students": [{ROW}]}} {MARK}'.encode(),
    "not UTF-8.json": f'{{"Students": [{{"Forename": "{MARK}\xff{MARK}"}}]}}'.encode("latin-1"),
    "no envelope.json": f"[{ROW}]".encode(),
    "a text alone.json": f'"{MARK}"'.encode(),
    "a record alone.json": ROW.encode(),
    "an error answer.json": json.dumps({"Message": MARK, "ExceptionMessage": MARK, "ExceptionType": MARK}).encode(),
    "lines.jsonl": f"{ROW}\n{MARK}\n".encode(),
    "too many cells.csv": f"name,born\n{MARK},2020-01-01\n{MARK},{MARK},{MARK}\n".encode(),
    "two alike.csv": f"name,name\n{MARK},{MARK}\n".encode(),
    "an open quote.csv": f'name,born\n"{MARK},2020-01-01\n'.encode(),
    "another encoding.csv": f"name\n{MARK}\x81\n".encode("latin-1"),
    "no header.csv": f"{MARK},{MARK},2020-01-01,A123456726001\n".encode(),
    "nothing but a name.txt": MARK.encode(),
}
BROKEN_STORES: dict[str, bytes] = {
    "no database.sqlite": MARK.encode() * 1_000,
    "only its first words.sqlite": b"SQLite format 3\0" + MARK.encode() * 1_000,
}


@pytest.mark.parametrize("name", [*BROKEN_FEEDS, *BROKEN_STORES, "broken pages.sqlite"])
def test_a_file_that_cannot_be_read_is_not_quoted(tmp_path: Path, name: str) -> None:
    inputs, folder = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    folder.mkdir()
    broken = inputs / name
    broken.write_bytes((BROKEN_FEEDS | BROKEN_STORES).get(name) or broken_database(tmp_path))
    integrator = () if name.endswith((".sqlite", ".jsonl")) else ("--integrator", "xporter")
    made = run(folder, "inventory", broken, *integrator)
    assert made.code == 3, made.blobs
    assert made.blobs["stdout"] == b""
    assert made.blobs["stderr"].startswith(b"compliance: error: ")
    assert b"Traceback" not in made.blobs["stderr"]
    assert_clean(made.blobs, (MARK,))


CRASH = """
import sys
from compliance.cli.main import run
from tests.reports.wide import ones
from compliance.inventory import profile

def quote(self, batch):
    raise ValueError(f"cannot count {batch.records!r}")

profile.Growing.add = quote
sys.exit(run())
"""


def test_a_fault_of_the_program_itself_quotes_nothing(planted: Planted, tmp_path: Path) -> None:
    made = run(tmp_path, "audit", *audit_arguments(planted.paths), program=("-c", CRASH))
    assert made.code == 3
    assert made.blobs["stderr"].startswith(b"compliance: error: something failed inside the program: ValueError at ")
    assert_clean(made.blobs, planted.marks)


def test_the_same_fault_would_be_found_if_it_quoted(planted: Planted, tmp_path: Path) -> None:
    made = run(tmp_path, "audit", *audit_arguments(planted.paths), program=("-c", CRASH), debug=True)
    assert b"Traceback" in made.blobs["stderr"]
    assert leaks(made.blobs["stderr"], (*planted.marks, "Maths Set"))
