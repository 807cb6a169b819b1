"""What holds for every kind of document, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import lxml.html
import pytest

from compliance.model.audit import Audit
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.writers import WRITERS, Draft, draft
from tests.reports import example_audit, reading, test_html

KINDS = sorted(REPORT_KINDS)
MARKDOWN = sorted(name for name, kind in REPORT_KINDS.items() if "md" in kind.formats)
SHEETS = sorted(name for name, kind in REPORT_KINDS.items() if "xlsx" in kind.formats or "csv" in kind.formats)


def nothing() -> Audit:
    return replace(
        example_audit.audit_without(*test_html.PARTS), skipped=example_audit.example_audit().skipped, findings=()
    )


AUDITS: dict[str, Callable[[], Audit]] = {
    "rich": example_audit.example_audit,
    "nothing": nothing,
    "hostile": test_html.hostile_audit,
}


@cache
def made(kind: str, of: str) -> Draft:
    return draft(REPORT_KINDS[kind], (AUDITS[of](),), json_text="{}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_what_its_formats_need(kind: str) -> None:
    it = REPORT_KINDS[kind]
    assert set(it.formats) <= set(WRITERS)
    assert {"html", "pdf"} <= set(it.formats)
    assert bool(it.markdown) == ("md" in it.formats)
    assert bool(it.sheet) == bool({"xlsx", "csv"} & set(it.formats))
    assert it.title
    assert it.reader


def test_a_kind_about_one_school_takes_one() -> None:
    audit = example_audit.example_audit()
    for kind in REPORT_KINDS.values():
        with pytest.raises(ValueError, match="speaks of"):
            kind.view_of(())
        if kind.of_many:
            kind.view_of((audit, audit))
        else:
            with pytest.raises(ValueError, match="one school"):
                kind.view_of((audit, audit))


@pytest.mark.parametrize("of", AUDITS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_document_holds_together(kind: str, of: str) -> None:
    document = reading.tree(made(kind, of).html)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in document.xpath('//a/@href[starts-with(., "#")]')} <= set(ids)
    assert {name for names in document.xpath("//@aria-labelledby") for name in names.split()} <= set(ids)
    levels = [int(element.tag[1]) for element in document.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    titles = [reading.words_of(element) for element in document.iter("h2")]
    assert [title.split(".")[0] for title in titles] == [str(number) for number in range(1, len(titles) + 1)]


def is_empty(cell: lxml.html.HtmlElement) -> bool:
    """Whether a cell says nothing and asks for nothing."""
    return not reading.words_of(cell) and cell.find(".//input") is None


@pytest.mark.parametrize("of", AUDITS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_table_is_even_and_no_cell_is_empty(kind: str, of: str) -> None:
    for table in reading.tree(made(kind, of).html).iter("table"):
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1, reading.words_of(table)
        assert all(header.get("scope") for header in table.iter("th"))
        assert table.find("caption") is not None
        assert table.find("tbody") is not None
        if kind != "school-privacy":
            assert [row for row in table.iter("tr") if any(is_empty(cell) for cell in row)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_stay_words(kind: str) -> None:
    document = made(kind, "hostile").html
    page = reading.tree(document)
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img") == []
    assert page.xpath("//@onerror") == []
    assert not set("\x1b\u202e") & set(document)


@pytest.mark.parametrize("of", ["rich", "nothing"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_that_is_not_ours_to_say(kind: str, of: str) -> None:
    words = reading.words_of(reading.tree(made(kind, of).html).find("body")).lower()
    assert re.findall(r"\b(?:consent\w*|complian(?:t|tly)|certif\w+|unlawful\w*)\b", words) == []
    assert "not legal advice" in words


@pytest.mark.parametrize("kind", KINDS)
def test_no_python_shows_through(kind: str) -> None:
    for of in AUDITS:
        words = reading.words_of(reading.tree(made(kind, of).html).find("body"))
        assert re.findall(r"\bNone\b(?=[,)\]])|<[a-z_.]+ object|Listed\(|\b[A-Z]\w+\.[A-Z_]{3,}\b", words) == []


@pytest.mark.parametrize("kind", MARKDOWN)
def test_markdown_holds_no_markup_of_others(kind: str) -> None:
    text = WRITERS["md"](made(kind, "hostile")).decode()
    assert text.startswith("# ")
    assert re.findall(r"(?<!\\)<(?!br>)", text) == []
    assert not set("\x1b\u202e") & set(text)
    rows = [re.sub(r"\\.", "", line) for line in text.splitlines() if line.startswith("|")]
    blocks = [line.count("|") for line in rows]
    assert all(count > 1 for count in blocks)
    plain = WRITERS["md"](made(kind, "rich")).decode()
    assert "not legal advice" in plain
    assert plain.count("\n\n\n\n") == 0


def test_a_draft_without_a_table_says_so() -> None:
    with pytest.raises(ValueError, match="has no table"):
        _ = made("school-privacy", "rich").sheet
