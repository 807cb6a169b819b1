"""The PDF says what the HTML says, is the same each time, and carries its facts."""

from __future__ import annotations

import builtins
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from compliance.errors import OutputError, TemplateError
from compliance.model.audit import Audit
from compliance.reports.pdf import PdfUnavailable, attached_json, render_pdf
from tests.reports import reading, structure
from tests.reports.conftest import JSON_TEXT


def solid(text: str) -> str:
    """Return the text without spaces and hyphens, which lines and pages put in and take out."""
    return re.sub(r"[\s\u00ad\u0002\ufffe-]", "", text)


def pages(pdf: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.get_textpage().get_text_bounded()
    document.close()


def parts(block: str) -> Iterator[tuple[str, str]]:
    """Yield every way to split a block over two pages; the first is not to split it."""
    return ((block[:at], block[at:]) for at in range(len(block), 0, -1))


def missing_words(html: str, pdf: bytes) -> list[str]:
    """Return what stands in the printed HTML and not in the PDF."""
    texts = [solid(text) for text in pages(pdf)]
    return [
        block
        for block in reading.printed_blocks(html)
        if not any(solid(block) in text for text in texts)
        and not any(
            any(head in one and tail in other for one, other in pairwise(texts)) for head, tail in parts(solid(block))
        )
    ]


def test_every_word_of_the_html_is_in_the_pdf(html: str, pdf: bytes) -> None:
    assert len(list(reading.printed_blocks(html))) > 500
    assert missing_words(html, pdf) == []


def test_page_one_holds_the_whole_summary(html: str, pdf: bytes) -> None:
    (summary,) = reading.tree(html).xpath('//section[contains(@class, "first")]')
    first, second, *_ = pages(pdf)
    cells = [reading.words_of(cell) for cell in summary.iter("td", "h2", "h3")]
    assert [cell for cell in cells if solid(cell) not in solid(first)] == []
    assert "In this report" in second


def test_the_contents_name_the_pages(pdf: bytes) -> None:
    texts = list(pages(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        titles = [str(item.title) for item in opened.open_outline().root[0].children]
    numbered = {re.sub(r"^\d+\. ", "", title): title for title in titles if re.match(r"\d+\. ", title)}
    assert len(numbered) == 12
    contents = solid(texts[1].split("2. Where the data goes\r\n")[0])
    for name, title in list(numbered.items())[1:]:
        on = next(number for number, text in enumerate(texts, 1) if solid(title) in solid(text) and number > 1)
        if on > 2:
            assert solid(name) in contents


def test_the_structure_is_whole(pdf_file: Path) -> None:
    assert structure.faults(pdf_file) == []


def test_the_structure_check_finds_what_is_wrong(tmp_path: Path, pdf_file: Path) -> None:
    with pikepdf.open(pdf_file) as opened:
        del opened.Root.Lang
        del opened.Root.StructTreeRoot.IDTree
        for element in structure._below(opened.Root.StructTreeRoot):
            if element.S == "/TH":
                del element.A.Scope
                break
        opened.save(tmp_path / "spoilt.pdf")
    assert structure.faults(tmp_path / "spoilt.pdf") == [
        "a header cell that does not say what it heads",
        "elements have ids and there is no IDTree",
        "no language",
    ]


def test_the_facts_are_attached(pdf_file: Path, audit: Audit) -> None:
    with pikepdf.open(pdf_file) as opened:
        (name,) = opened.attachments
        attached = opened.attachments[name]
        assert name == "privacy-report.json"
        assert str(attached.relationship) == "/Data"
        file = attached.get_file()
        assert file.read_bytes().decode() == JSON_TEXT
        assert file.creation_date == audit.at


def test_the_same_audit_gives_the_same_bytes_in_another_process(
    html: str, pdf: bytes, audit: Audit, tmp_path: Path
) -> None:
    program = (
        "import sys, pathlib\n"
        "from compliance.reports.pdf import attached_json, render_pdf\n"
        "from tests.reports.example_audit import example_audit\n"
        "html, text, out = sys.argv[1:]\n"
        "document = pathlib.Path(html).read_text(encoding='utf-8')\n"
        "pathlib.Path(out).write_bytes(render_pdf(document, attachments=[attached_json(example_audit(), text)]))\n"
    )
    (tmp_path / "report.html").write_text(html, encoding="utf-8")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    arguments = [str(tmp_path / "report.html"), JSON_TEXT, str(tmp_path / "report.pdf")]
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, env=environment)  # noqa: S603 - our own program
    assert (tmp_path / "report.pdf").read_bytes() == pdf
    assert render_pdf(html, attachments=[attached_json(audit, JSON_TEXT)]) == pdf


def test_the_environment_is_left_as_it_was(html: str) -> None:
    before = dict(os.environ)
    render_pdf(html.partition("<section")[0] + "</main></body></html>")
    assert dict(os.environ) == before


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/hostname", "//example.org/b.png"])
def test_nothing_is_fetched(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    page = f'<html lang="en"><title>x</title><body><h1>x</h1><img alt="a picture" src="{address}"></body></html>'
    if address.startswith("//"):  # it has no protocol, and a document in memory has none to lend
        assert render_pdf(page).startswith(b"%PDF")
    else:
        with pytest.raises(TemplateError, match=r"outside itself"):
            render_pdf(page)


def test_without_pango_the_error_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pango(name: str, *rest: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(PdfUnavailable) as caught:
        render_pdf("<p>x</p>")
    assert isinstance(caught.value, OutputError)
    assert caught.value.message == "A PDF cannot be made because Pango is not installed."
    for package in ("apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "brew install pango", "MSYS2"):
        assert package in caught.value.hint
