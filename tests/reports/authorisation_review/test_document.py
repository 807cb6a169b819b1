"""The whole review: what stands in it, in which order, and what it says when something was not given."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.catalogue import Contradiction
from compliance.model.declarations import Authorisation, Listed, PermissionSet
from compliance.reports.authorisation_review.view import ReviewView, review_view
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports import example_audit, reading, test_html
from tests.reports.reviewed import NEW, previous, review_audit

KIND = REPORT_KINDS["authorisation-review"]
EXPECTED = Path(__file__).parent / "expected" / "review.txt"


def rendered(audit: Audit) -> str:
    return render_html(audit, KIND, json_text="{}")


def told(html: str) -> str:
    """Write the document as its blocks and rows: all that a reader sees of it."""
    lines = []
    body = reading.tree(html).find("body")
    for element in body.iter("h1", "h2", "h3", "p", "li", "caption", "tr"):
        if element.tag != "tr" and next(element.iterancestors("tr"), None) is not None:
            continue
        cells = [reading.words_of(cell) for cell in element] if element.tag == "tr" else [reading.words_of(element)]
        lines.append(" | ".join(cells) if element.tag == "tr" else f"{element.tag}: {cells[0]}")
    return "\n".join(lines) + "\n"


@pytest.fixture(name="html", scope="module")
def _html() -> str:
    return rendered(review_audit())


def test_the_whole_document(html: str) -> None:
    assert told(html) == EXPECTED.read_text(encoding="utf-8")


def given(**parts: object) -> Audit:
    """Return the review's audit with other declarations."""
    audit = review_audit()
    declarations = replace(audit.declarations, **parts)  # type: ignore[arg-type]  # one value a part
    return replace(audit, declarations=declarations, ledger=build_ledger(declarations, audit.feed, audit.store))


def authorised(**members: object) -> Authorisation:
    found = review_audit().declarations.authorisation
    assert found
    return replace(found, **members)  # type: ignore[arg-type]  # likewise


def asked(**members: object) -> PermissionSet:
    found = review_audit().declarations.permission_set
    assert found
    return replace(found, **members)  # type: ignore[arg-type]  # likewise


CASES = {
    "never": (given(authorisation=None), "a first decision", "Nobody gave us an earlier authorisation of yours."),
    "no earlier version": (given(previous=None), "another version than yours", "Nobody gave us that version"),
    "another version": (
        given(previous=replace(previous(), version="1.0.0")),
        "another version than yours",
        "We were given version 1.0.0 to compare with",
    ),
    "the same version": (
        given(authorisation=authorised(version="2.1.0")), "nothing is new", "You authorised this version, 2.1.0."
    ),
    "no permission set": (given(permission_set=None), "nothing to decide", "No permission set was given"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_says_what_could_be_compared(case: str) -> None:
    audit, title, compared = CASES[case]
    view = review_view(audit)
    assert view.verdict.title == title
    assert view.compared.startswith(compared) or compared in view.compared
    assert view.changes == ()
    assert compared in reading.words_of(reading.tree(rendered(audit)).find("body"))


def test_less_is_no_reason_to_worry() -> None:
    before = asked(version="2.0.0", scopes=(*asked().scopes, *previous().scopes[:0]))
    now = asked(scopes=asked().scopes[1:])
    view = review_view(given(permission_set=now, previous=before))
    assert view.verdict.level == "ok"
    assert {change.tag.word for change in view.changes} == {"Dropped"}
    assert view.dpia == ()


def test_wording_alone_asks_for_nothing_where_somebody_says_so() -> None:
    said = "It said before: To ask pupils about lunch."
    assert {change.text: change.tag.word for change in review_view(review_audit()).changes}[said] == "Changed"
    later = review_view(given(permission_set=asked(patch_versions=("2.0.0",), populations={}, options=Listed())))
    assert {change.text: change.tag.word for change in later.changes}[said] == "Reads otherwise"


def test_companies_countries_and_time_limits_are_compared_where_earlier_ones_are_given() -> None:
    declared = review_audit().declarations
    assert declared.stored_fields
    assert declared.organisation
    kept = declared.stored_fields
    limit = replace(kept.retentions["pupil-leaver"], period="P14D", backups=None)
    store = replace(kept.stores["database"], country="IE", recipients=Listed())
    first, second, _ = declared.organisation.sub_processors
    companies = Listed((replace(first, country="IE"), second))
    view = review_view(
        given(
            previous_stored_fields=replace(
                kept, retentions={**kept.retentions, "pupil-leaver": limit}, stores={"database": store}
            ),
            previous_organisation=replace(declared.organisation, sub_processors=companies, advertising=None),
        )
    )
    told = {(change.tag.word, change.label): change.text for change in view.changes}
    assert view.compared == "Compared are version 2.0.0 and version 2.1.0."
    assert told["Changed", "Time limit: pupil leaver"] == (
        "Before: 14 days after a pupil leaves, 7 days more to erase it. "
        "Now: 30 days after a pupil leaves, 7 days more to erase it, 35 days in backups."
    )
    assert told["New", "Company: Lumen Mail Example Inc"] == "It is a new sub-processor (E-mail to staff)."
    assert told["New", "Company: Northbank Hosting Example Ltd"] == (
        "It worked in Ireland and now works in United Kingdom."
    )
    stored = {change.text for change in view.changes if change.label == "Place of storage: App database"}
    assert stored == {
        "App database stood in Ireland and now stands in United Kingdom.",
        "Support desk now sees what stands in App database.",
    }


def test_changes_are_told_without_ids_and_codes() -> None:
    words = " ".join(f"{change.label} {change.text}" for change in review_view(review_audit()).changes)
    ids = r"\b(?:6\.1\.[a-f]|P\d+[DMY]|equality|accounts|Students\.|Staff\.|not_\w+)"
    assert re.findall(ids, words) == []


def held(view: ReviewView, label: str) -> str:
    (row,) = (row for group in view.groups for row in group.rows if row.label == label)
    return row.held


def test_what_becomes_of_held_data_is_said_of_each_item() -> None:
    view = review_view(review_audit())
    assert held(view, "Gender") == "It is kept now, to be erased by 30 November 2026 if you decline it today."
    assert held(view, "Unique pupil number (UPN)") == "It stays, under the legal hold that you recorded."
    audit = review_audit()
    unseen = replace(audit, store=None, ledger=build_ledger(audit.declarations, audit.feed, None))
    assert held(review_view(unseen), "Gender") == (
        "The supplier says that it keeps it, to be erased by 30 November 2026 if you decline it today. Nobody looked."
    )
    at_once = review_view(given(authorisation=authorised(withdrawal_grace="P0D")))
    assert held(at_once, "Gender") == "It is kept now, to be erased at once if you decline it today."
    undeclared = review_view(given(stored_fields=None))
    assert held(undeclared, "Gender").startswith("Nobody could tell whether it is kept.")


def test_where_the_integrator_contradicts_itself_the_item_says_so_and_no_other() -> None:
    catalogue = review_audit().declarations.catalogue
    assert catalogue
    contradiction = Contradiction(
        says="The one list has it, the other has not", scopes=frozenset({"StudentDemographic"}), fields=frozenset({NEW})
    )
    audit = given(catalogue=replace(catalogue, contradictions=(contradiction,)))
    rows = [row for group in review_view(audit).groups for row in group.rows]
    (row,) = (row for row in rows if row.doubt)
    assert row.doubt == "Xporter on Demand contradicts itself here. The one list has it, the other has not."
    assert row.doubt in reading.words_of(reading.tree(rendered(audit)))


@pytest.mark.parametrize("missing", [*test_html.PARTS, "all"])
def test_it_is_whole_whatever_is_missing(missing: str) -> None:
    parts = test_html.PARTS if missing == "all" else (missing,)
    document = reading.tree(rendered(example_audit.audit_without(*parts)))
    for table in document.iter("table"):
        assert all(reading.words_of(row) or row.xpath(".//input") for row in table.iter("tr"))
        empty = [cell for cell in table.iter("td", "th") if not reading.words_of(cell) and not cell.xpath(".//input")]
        assert empty == [], reading.words_of(table)
    assert bool(document.xpath("//input")) == ("permission_set" not in parts)


def test_links_ids_and_headings_hold_together(html: str) -> None:
    document = reading.tree(html)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {name for names in document.xpath("//@aria-labelledby") for name in names.split()} <= set(ids)
    assert set(document.xpath("//label/@for")) == set(document.xpath("//input/@id"))
    levels = [int(element.tag[1]) for element in document.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in document.iter("table"):
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1, reading.words_of(table)
    assert re.findall(r"\sstyle=|\son\w+=", html) == []


def test_nothing_is_chosen_for_the_school(html: str) -> None:
    assert reading.tree(html).xpath("//input[@checked]") == []


def test_hostile_words_stay_words() -> None:
    page = reading.tree(rendered(test_html.hostile_audit()))
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img") == []
    assert page.xpath("//@onerror") == []


def test_page_one_is_short_and_plain(html: str) -> None:
    (summary,) = reading.tree(html).xpath('//section[contains(@class, "first")]')
    blocks = [reading.words_of(element) for element in summary.iter("p", "h2", "h3", "th", "td", "li")]
    sentences = [sentence for block in blocks for sentence in reading.sentences_of(block)]
    assert 50 < sum(len(sentence.split()) for sentence in sentences) <= 500
    assert reading.reading_grade([sentence for sentence in sentences if len(sentence.split()) > 3]) <= 8


def test_no_word_that_is_not_ours_to_say(html: str) -> None:
    words = reading.words_of(reading.tree(html).find("body")).lower()
    assert re.findall(r"\b(?:consent\w*|complian(?:t|tly)|certif\w+|unlawful\w*)\b", words) == []
    assert "not legal advice" in words
