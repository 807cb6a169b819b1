"""The notices: what the law asks to be said is said, and a child of the band can read the child's version."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from compliance.example.generate import write_example
from compliance.model.audit import Audit
from compliance.model.declarations import Role
from compliance.pipeline import Request, run_audit
from compliance.reports.notice.child import child_view
from compliance.reports.notice.facts import choices, decisions, facts
from compliance.reports.notice.view import block_view, own_view
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.writers import WRITERS, draft
from tests.reports import example_audit, reading

LAST_GRADE = 5
"""Of a United States school: readers of ten to twelve are in grades 4 to 6."""


@cache
def shipped() -> Audit:
    with TemporaryDirectory() as folder:
        paths = write_example(Path(folder), clean=True, at=dt.date(2026, 11, 23))
        return run_audit(Request(declarations=paths.declarations, at=example_audit.AT, key=b"k" * 32))


def with_own_use(audit: Audit) -> Audit:
    asked = audit.declarations.permission_set
    assert asked
    accounts = replace(asked.purposes["accounts"], role=Role.CONTROLLER, lawful_basis="6.1.f")
    changed = replace(asked, purposes={**asked.purposes, "accounts": accounts})
    return replace(audit, declarations=replace(audit.declarations, permission_set=changed))


def markdown(kind: str, audit: Audit) -> str:
    return WRITERS["md"](draft(REPORT_KINDS[kind], (audit,), json_text="{}")).decode()


@pytest.mark.parametrize("audit_of", [shipped, example_audit.example_audit])
def test_children_can_read_their_notice(audit_of: object) -> None:
    audit = audit_of() if callable(audit_of) else None
    assert audit
    view = child_view(audit)
    texts = [text for it in view.answers for text in (*it.sentences, *it.points, *it.after)]
    sentences = [sentence for text in texts for sentence in reading.sentences_of(text)]
    assert sum(len(text.split()) for text in texts) <= 300
    assert reading.reading_grade(sentences) <= LAST_GRADE
    assert max(len(sentence.split()) for sentence in sentences) <= 20


def test_the_measure_turns_down_what_grown_ups_write() -> None:
    assert reading.reading_grade([*block_view(shipped()).lines, block_view(shipped()).complaint]) > LAST_GRADE


@pytest.mark.parametrize(
    "heading",
    [
        "Who we are", "The categories of information that we use", "Why we use it, and the lawful basis",
        "How we get it", "How long it is kept", "Who gets it", "Outside the United Kingdom", "Your rights",
        "Your choices",
        "Decisions by machines", "Whether you have to give the data", "How to complain", "Last updated",
    ],
)  # fmt: skip
def test_the_block_says_all_that_article_14_asks(heading: str) -> None:
    text = markdown("privacy-notice", shipped())
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    assert len(section.split()) > 1, heading


def test_the_block_names_basis_condition_and_choice() -> None:
    text = markdown("privacy-notice", shipped())
    assert "Lawful basis: Public task, Article 6(1)(e)." in text
    assert "Article 9(2)(g), substantial public interest" in text
    assert "section 164A" in text
    assert "Before you publish" not in text
    offered = {choice.label: choice for choice in choices(example_audit.example_audit())}
    family = offered["Pupils' family and care (StudentFamily)"]
    assert family.effect == "The school has switched it off. Results cannot be shown by group."
    assert family.items == "Looked-after child, Service child"
    assert not any("(Student)" in label for label in offered), "what is required is no choice"


def test_data_without_a_purpose_stops_the_block(audit: Audit) -> None:
    assert facts(audit, own=False).undeclared > 0
    assert "Do not publish before" in block_view(audit).brief.decisions[0]
    assert facts(shipped(), own=False).undeclared == 0


def test_a_supplier_without_own_uses_owes_no_notice(audit: Audit) -> None:
    view = own_view(audit)
    assert view.lines == ()
    assert "owes no notice of its own" in view.brief.lines[0]
    assert own_view(example_audit.audit_without("permission_set")).brief.title == "not looked at"


def test_a_suppliers_own_use_moves_from_the_block_to_its_own_notice(audit: Audit) -> None:
    changed = with_own_use(audit)
    (purpose,) = own_view(changed).facts.purposes
    assert purpose.basis == "Legitimate interests, Article 6(1)(f)"
    assert purpose.text not in block_view(changed).lines
    assert "to Brightwell Learning Example Ltd" in own_view(changed).complaint
    assert next(party.part for party in own_view(changed).parties) == "Supplier"


def test_decisions_are_said_whatever_the_answer(audit: Audit) -> None:
    given = audit.declarations
    assert given.organisation
    said = {
        answer: decisions(
            replace(
                audit,
                declarations=replace(given, organisation=replace(given.organisation, automated_decisions=answer)),
            )
        )
        for answer in (True, False, None)
    }
    assert said[False] == "The supplier says that no decision about a person is made by a machine alone."
    assert len(set(said.values())) == 3
