"""What RC04, RC05, RC06, RC11 and RC15 ask of documents, proved of every kind instead of looked for at every run."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from compliance.model.audit import Audit
from compliance.model.findings import Skipped
from compliance.reports.parts.provenance import provenance_of
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.words import day, moment
from compliance.reports.writers import WRITERS, draft
from tests.reports import example_audit, reading, test_notice, test_trust

KINDS = sorted(REPORT_KINDS)
OVERVIEW = "trust-overview"
"""It names no digest and no rule: it counts them, and the report of each school that it sums up names them."""
IN_FULL = [kind for kind in KINDS if kind != OVERVIEW]
NOTICES = ["privacy-notice", "privacy-notice-supplier"]
ADULT_GRADE, SUMMARY_WORDS = 8, 500
"""RULES.md, RC06: the grade of a reader of the summary, and its length."""


def words_of(kind: str, *audits: Audit) -> str:
    html = draft(REPORT_KINDS[kind], audits, json_text="{}").html
    return " ".join(" ".join(reading.tree(html).find("body").itertext()).split())


def section_of(kind: str, audit: Audit, anchor: str) -> str:
    html = draft(REPORT_KINDS[kind], (audit,), json_text="{}").html
    (found,) = reading.tree(html).xpath(f'//section[@aria-labelledby="{anchor}"]')
    return " ".join(" ".join(found.itertext()).split())


def abroad(audit: Audit) -> Audit:
    asked = audit.declarations.permission_set
    assert asked
    return replace(
        audit, declarations=replace(audit.declarations, permission_set=replace(asked, jurisdictions=("eu",)))
    )


# --- RC11 and RC15: what a document rests on, and what nobody looked at -----------------------------------------------


@pytest.mark.parametrize("kind", IN_FULL)
def test_a_document_says_what_it_rests_on(kind: str, audit: Audit) -> None:
    words = words_of(kind, audit)
    given = audit.declarations
    assert given.permission_set
    assert given.stored_fields
    for fact in (
        f"compliance {audit.program_version} made this",
        f"it speaks of {moment(audit.at)}",
        *given.digests,
        *given.digests.values(),
        f"Permission set Version {given.permission_set.version}",
        f"Stored fields Version {given.stored_fields.version}",
        *(source for part in (audit.feed, audit.store) if part for source in part.sources),
        *(moment(part.taken_at) for part in (audit.feed, audit.store) if part and part.taken_at),
    ):
        assert fact in words, fact


@pytest.mark.parametrize("kind", IN_FULL)
def test_a_document_says_what_nobody_looked_at(kind: str, audit: Audit) -> None:
    words = words_of(kind, audit)
    assert audit.skipped
    assert audit.feed
    for fact in (
        f"{len(audit.rules_run)} rules ran",
        *(f"({skipped.rule.id})" for skipped in audit.skipped),
        *(notice.what for notice in audit.feed.notices),
    ):
        assert fact in words, fact
    blind = words_of(kind, example_audit.audit_without("feed", "store"))
    assert "None Data received Not looked at" in blind
    assert "None Data kept Not looked at" in blind
    assert re.search(r"\w: declared, and not read", blind)


def test_the_overview_counts_what_each_school_rests_on() -> None:
    schools = test_trust.schools()
    words = words_of(OVERVIEW, *schools)
    assert f"compliance {schools[0].program_version} made this overview on {day(schools[0].at.date())}" in words
    for audit in schools:
        assert f"{len(audit.rules_run)} ran, {len(audit.skipped)} could not" in words
        assert f"{len(audit.declarations.digests)} files" in words
    assert "Not looked at" in words_of(OVERVIEW, example_audit.audit_without("feed", "store"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_out_of_a_document_says_who_made_it(kind: str, audit: Audit) -> None:
    """Text to paste and tables carry no digests: the document beside them does. A CSV file is the rows alone."""
    it = draft(REPORT_KINDS[kind], (audit,), json_text="{}")
    texts = [
        *([WRITERS["md"](it).decode()] if it.kind.markdown else []),
        *([" ".join(str(cell) for row in it.sheet.preamble for cell in row)] if it.kind.sheet else []),
    ]
    for text in texts:
        assert f"compliance {audit.program_version}" in text
        assert "ot legal advice" in text
        assert day(audit.at.date()) in text or audit.at.date().isoformat() in text


def test_a_record_of_many_schools_rests_on_all_of_them(audit: Audit) -> None:
    granted = audit.declarations.authorisation
    assert granted
    other = replace(
        example_audit.audit_without("store"),
        declarations=replace(
            audit.declarations,
            authorisation=replace(granted, school=replace(granted.school, name="Otherton School")),
            digests={"other.yaml": "f" * 64},
        ),
        rules_run=(),
        skipped=(*audit.skipped, Skipped(rule=audit.rules_run[0], missing=audit.skipped[0].missing)),
    )
    both = provenance_of((audit, other))
    assert {each.proof for each in both.files} == {*audit.declarations.digests.values(), "f" * 64}
    assert both.rules_run == 0
    assert [f"({audit.rules_run[0].id})" in each.rules for each in both.not_run] == [True]
    assert any(notice.startswith("Otherton School: ") for notice in both.notices)
    assert set(provenance_of((audit,)).sources) < set(both.sources)
    words = words_of("record-processor", audit, other)
    assert "f" * 64 in words
    assert "Otherton School: " in words


# --- RC04: how to complain --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_says_how_to_complain_where(kind: str, audit: Audit) -> None:
    here = section_of(kind, audit, "complaint")
    for fact in ("You can complain to", "within 30 days", "section 164A", "You can also complain to the ICO"):
        assert fact in here
    there = section_of(kind, abroad(audit), "complaint")
    assert "supervisory authority of your country" in there
    assert not re.search(r"164A|\bICO\b", there)


def test_the_notice_for_children_says_how_to_complain_where(audit: Audit) -> None:
    here, there = (section_of("privacy-notice-child", each, "you") for each in (audit, abroad(audit)))
    assert "Tell a teacher" in here
    assert "tell the ICO" in here
    assert "office in your country" in there
    assert "ICO" not in there


# --- RC05: what Articles 13 and 14 ask for ----------------------------------------------------------------------------

ASKED = {
    "parties": ("Supplier", "data protection officer"),
    "categories": ("Names and numbers", "through"),
    "purposes": ("account", "Article 6(1)"),
    "recipients": ("Northbank",),
    "transfers": ("United States",),
    "in-short": ("Kept until",),
    "rights": ("To be told", "to see the data", "to have it put right", "to limit its use"),
    "decisions": ("by a machine alone",),
    "duty": ("you have nothing to give",),
    "complaint": ("complain",),
}
"""Section of a notice to words that show it filled (LAW.md 5.1, in its order)."""


@pytest.mark.parametrize("anchor", ASKED)
@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_holds_what_the_law_asks_for(kind: str, anchor: str, audit: Audit) -> None:
    told = section_of(kind, test_notice.with_own_use(audit) if kind == "privacy-notice-supplier" else audit, anchor)
    for words in ASKED[anchor]:
        assert words in told


# --- RC06: whether it can be read -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NOTICES)
def test_the_summary_of_a_notice_can_be_read(kind: str) -> None:
    audit = test_notice.shipped()
    audit = test_notice.with_own_use(audit) if kind == "privacy-notice-supplier" else audit
    html = draft(REPORT_KINDS[kind], (audit,), json_text="{}").html
    (short,) = reading.tree(html).xpath('//section[@aria-labelledby="in-short"]')
    blocks = [reading.words_of(element) for element in short.iter("p", "li")]
    assert len(reading.words_of(short).split()) <= SUMMARY_WORDS
    assert reading.reading_grade([text for block in blocks for text in reading.sentences_of(block)]) <= ADULT_GRADE
