"""The whole document: what stands in it, in which order, and what can never get into it."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from compliance import resources
from compliance.errors import TemplateError
from compliance.model.audit import Audit
from compliance.model.findings import Hit
from compliance.model.paths import FieldPath
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html, typeset
from tests.reports import example_audit, reading

KIND = REPORT_KINDS["school-privacy"]
EXPECTED = Path(__file__).parent / "expected"


def rendered(audit: Audit) -> str:
    return render_html(audit, KIND, json_text="{}")


def outline(html: str) -> str:
    """Write headings, captions and first columns: what a reader who skims sees."""
    lines = []
    for element in reading.tree(html).find("body").iter("h1", "h2", "h3", "caption", "figcaption", "th"):
        if element.tag == "th" and element.get("scope") == "col":
            continue
        depth = {"h1": 0, "h2": 1, "h3": 2, "caption": 3, "figcaption": 3, "th": 4}[str(element.tag)]
        lines.append("  " * depth + reading.words_of(element))
    return "\n".join(lines) + "\n"


def page_one(html: str) -> str:
    (summary,) = reading.tree(html).xpath('//section[contains(@class, "first")]')
    rows = [" | ".join(reading.words_of(cell) for cell in row) for row in summary.iter("tr")]
    texts = [reading.words_of(element) for element in summary.iter("h2", "h3", "p")]
    return "\n".join([*texts, "", *rows]) + "\n"


def test_the_whole_document(html: str) -> None:
    assert outline(html) == (EXPECTED / "outline.txt").read_text(encoding="utf-8")


def test_page_one(html: str) -> None:
    assert page_one(html) == (EXPECTED / "page-one.txt").read_text(encoding="utf-8")


def test_the_same_audit_gives_the_same_document(html: str, audit: Audit) -> None:
    from tests.reports.conftest import JSON_TEXT  # noqa: PLC0415 - the text that the fixture was made with

    assert render_html(audit, KIND, json_text=JSON_TEXT) == html


def test_links_ids_and_headings_hold_together(html: str) -> None:
    document = reading.tree(html)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in document.xpath('//a/@href[starts-with(., "#")]')} <= set(ids)
    assert {name for names in document.xpath("//@aria-labelledby") for name in names.split()} <= set(ids)
    levels = [int(element.tag[1]) for element in document.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_is_even_and_has_headers(html: str) -> None:
    for table in reading.tree(html).iter("table"):
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1, reading.words_of(table)
        assert all(header.get("scope") for header in table.iter("th"))
        assert table.find("caption") is not None
        assert table.find("tbody") is not None


def test_the_document_needs_nothing_but_itself(html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    for tag in ("style", "script"):
        content = html.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'; ")
    assert set(re.findall(r"(?:src|href)=\"([a-z]+:)", html)) == {"data:"}
    assert re.findall(r"url\((?!\"data:)", html) == []
    assert re.findall(r"\sstyle=|\son\w+=", html) == []


def test_the_facts_can_be_saved(html: str) -> None:
    (address,) = reading.tree(html).xpath('//a[@download="privacy-report.json"]/@href')
    assert base64.b64decode(address.split("base64,")[1]).startswith(b'{"schema"')


# --- hostile words ----------------------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}\x1b[31m\u202e</svg></title>"


def hostile_audit() -> Audit:
    audit = example_audit.example_audit()
    given = audit.declarations
    assert given.permission_set
    assert given.authorisation
    assert given.organisation
    company = replace(next(iter(given.organisation.sub_processors)), name=HOSTILE, service=HOSTILE, country=HOSTILE)
    given = replace(
        given,
        permission_set=replace(given.permission_set, label=HOSTILE),
        authorisation=replace(given.authorisation, school=replace(given.authorisation.school, name=HOSTILE)),
        organisation=replace(
            given.organisation,
            name=HOSTILE,
            sub_processors=replace(given.organisation.sub_processors, items=(company,)),
        ),
        digests={HOSTILE: "0" * 64},
    )
    hit = Hit(message=HOSTILE, path=FieldPath.of("pupil", HOSTILE), fix=HOSTILE)
    return replace(audit, declarations=given, findings=(replace(audit.findings[0], hit=hit), *audit.findings))


def test_hostile_words_stay_words() -> None:
    document = rendered(hostile_audit())
    page = reading.tree(document)
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img") == []
    assert page.xpath("//@onerror") == []
    assert "49" not in reading.words_of(page.find("body").find("header"))
    assert "{{ 7*7 }}" in reading.words_of(page.find("body").find("header"))
    assert "\x1b" not in document
    assert "\u202e" not in document
    assert len(page.xpath("//svg")) == 2


def test_texts_are_typeset() -> None:
    assert typeset("the school's pupils' 'data'") == "the school\u2019s pupils\u2019 'data'"
    assert typeset("a\tb\x00c\u2028d") == "a b c d"
    assert typeset(7) == 7


# --- what was not looked at -------------------------------------------------------------------------------------

PARTS = ("permission_set", "catalogue", "stored_fields", "authorisation", "organisation", "feed", "store")


def checks(html: str) -> Mapping[str, tuple[str, str]]:
    """Return name, word and sentence of each check."""
    (table,) = reading.tree(html).xpath('//section[@class="checks"]//tbody')
    return {row[0].text.strip(): (reading.words_of(row[1]), reading.words_of(row[0][0])) for row in table}


@pytest.mark.parametrize(
    ("missing", "unseen"),
    [
        ("feed", {"Only what you authorised", "Everything was looked at"}),
        ("store", {"What you switched off is gone", "Kept no longer than agreed", "Data is tidy"}),
        ("authorisation", {"Only what you authorised", "What you switched off is gone", "Everything was looked at"}),
        ("organisation", {"Companies and countries", "Everything was looked at"}),
        ("permission_set", {"Only what is needed", "Sensitive data explained", "Everything was looked at"}),
        ("stored_fields", {"Companies and countries", "Kept no longer than agreed", "Everything was looked at"}),
        ("catalogue", {"Only what is needed", "Everything was looked at"}),
    ],
)  # fmt: skip
def test_what_is_missing_is_never_fine(missing: str, unseen: set[str]) -> None:
    html = rendered(example_audit.audit_without(missing))
    found = checks(html)
    assert {name for name in unseen if found[name][0] == "Good"} == set()
    assert unseen <= {name for name, (word, _) in found.items() if word in {"Not looked at", "Check"}}
    assert "Not looked at" in html or missing == "catalogue"


def test_a_report_of_nothing_says_so() -> None:
    audit = replace(example_audit.audit_without(*PARTS), skipped=example_audit.example_audit().skipped)
    html = rendered(audit)
    found = checks(html)
    assert {word for word, _ in found.values()} == {"Not looked at"}
    assert "not all was looked at" in html
    assert "Nothing that was looked at asks you to act." in html
    assert "No item is known." in html


def test_a_report_without_findings_is_calm_only_where_somebody_looked() -> None:
    audit = replace(example_audit.example_audit(), findings=(), skipped=())
    audit = replace(audit, feed=replace(audit.feed, notices=())) if audit.feed else audit
    found = checks(rendered(audit))
    assert found["Data is tidy"] == ("Good", "No doubles, mix-ups or stray numbers found.")
    assert found["Everything was looked at"][0] == "Good"
    assert found["Only what is needed"][0] == "Check"


# --- templates that fail ----------------------------------------------------------------------------------------


@pytest.fixture(name="templates")
def _templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the renderer read a copy of the templates that a test may spoil."""
    copy = tmp_path / "templates"
    shutil.copytree(resources.folder("templates"), copy)
    monkeypatch.setattr(resources, "folder", lambda _: copy)
    return copy


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{{ view.nothing }}", "has no attribute 'nothing'"),
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{% if %}", "Expected an expression"),
        ("{{ 1 + 'a' }}", "TypeError"),
    ],
)
def test_a_failing_template_is_named_with_its_line(audit: Audit, templates: Path, line: str, reason: str) -> None:
    (templates / "parts" / "contacts.html.j2").write_text(f"<p>\n{line}\n</p>\n", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        rendered(audit)
    assert str(caught.value.place) == "parts/contacts.html.j2:2:1"
    assert reason in caught.value.message


def test_a_missing_template_is_named(audit: Audit, templates: Path) -> None:
    (templates / KIND.template).unlink()
    with pytest.raises(TemplateError, match=r"document\.html\.j2"):
        rendered(audit)
