"""The annex for an impact assessment: it answers what can be answered, and leaves the rest to the school."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from compliance.model.audit import Audit
from compliance.model.declarations import DpiaRecord
from compliance.reports.dpia.risks import risks
from compliance.reports.dpia.screening import screening
from compliance.reports.dpia.standards import standards
from compliance.reports.dpia.view import FOR_THE_SCHOOL, dpia_view
from compliance.reports.parts.stores import store_lines
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.writers import draft
from tests.reports import example_audit, reading, test_html


def answers(audit: Audit) -> dict[str, str]:
    return {line.question: line.answer.word for line in screening(audit)}


def test_the_screening_answers_rest_on_the_declarations(audit: Audit) -> None:
    assert answers(audit) == {
        "Is it about children or other vulnerable people?": "Yes",
        "Is there special category or criminal data on a large scale?": "Yes",
        "Is there biometric or genetic data?": "No",
        "Are data from different sources put together (data matching)?": "Yes",
        "Does data come from elsewhere than the person (invisible processing)?": "Yes",
        "Are people profiled or scored?": "Yes",
        "Does a machine alone decide about people?": "No",
        "Is new technology used, such as artificial intelligence?": "For the school",
        "Are people watched or tracked, or is a public place monitored?": "For the school",
        "Could somebody be denied a service?": "For the school",
        "Could somebody come to physical harm if data leaks?": "For the school",
    }


def test_silence_answers_no_question_with_no() -> None:
    assert "No" not in answers(example_audit.audit_without(*test_html.PARTS)).values()


@pytest.mark.parametrize(("said", "word"), [(True, "Yes"), (False, "No"), (None, "Not stated")])
def test_the_supplier_answers_for_its_machines(audit: Audit, *, said: bool | None, word: str) -> None:
    given = audit.declarations
    assert given.organisation
    changed = replace(given, organisation=replace(given.organisation, automated_decisions=said))
    assert answers(replace(audit, declarations=changed))["Does a machine alone decide about people?"] == word


def test_risks_are_the_childs_with_what_was_seen(audit: Audit) -> None:
    found = {risk.what: risk for risk in risks(audit)}
    late = found["Data is kept after a child has left"]
    assert late.tag.word == "Act"
    assert "People who left are still kept (DA30)" in late.seen
    assert late.measures.startswith("Pupil: 30 days after a pupil leaves")
    calm = {risk.what: risk.tag.word for risk in risks(replace(audit, findings=()))}
    assert set(calm.values()) == {"Nothing found"}
    unseen = {risk.tag.word for risk in risks(example_audit.audit_without("store"))}
    assert unseen == {"Not looked at"}


def test_stores_say_whether_a_person_can_be_found(audit: Audit) -> None:
    (line,) = store_lines(audit)
    assert (line.found_by, line.not_found_by, line.looked.word) == ("pupil and staff", "", "Read")
    assert line.guarded == "Encrypted: not stated. Who gets in: not stated. Access is logged: not stated."
    given = audit.declarations
    assert given.stored_fields
    bare = tuple(replace(each, person_key="") for each in given.stored_fields.datasets)
    changed = replace(audit, declarations=replace(given, stored_fields=replace(given.stored_fields, datasets=bare)))
    assert store_lines(changed)[0].not_found_by == "pupil and staff"


def test_the_code_has_its_eight_standards(audit: Audit) -> None:
    assert [(line.number, line.name) for line in standards(audit)] == [
        (1, "Best interests of the child"),
        (2, "Data protection impact assessments"),
        (4, "Transparency"),
        (7, "Default settings"),
        (8, "Data minimisation"),
        (9, "Data sharing"),
        (12, "Profiling"),
        (15, "Online tools"),
    ]


def test_the_suppliers_own_assessment_and_notice_are_told_with_what_they_rest_on(audit: Audit) -> None:
    given = audit.declarations
    assert given.organisation
    record = DpiaRecord(views="Two classes.", dpo_advice="No objection", review_on=dt.date(2027, 8, 12))
    said = replace(given.organisation, dpia="DPIA-1", dpia_record=record, privacy_notice="A", child_notice="B")
    told = standards(replace(audit, declarations=replace(given, organisation=said)))
    assert told[1].facts == (
        "The supplier's own: DPIA-1. Views: Two classes. Advice: No objection. Review: 12 August 2027."
    )
    assert told[2].facts == "The supplier's notice: A; for children: B"


def test_nothing_is_decided_for_the_school(audit: Audit) -> None:
    view = dpia_view(audit)
    assert len(view.for_the_school) == len(FOR_THE_SCHOOL) == 7
    html = draft(REPORT_KINDS["dpia-annex"], (audit,), json_text="{}").html
    words = reading.words_of(reading.tree(html).find("body"))
    assert words.count("For the school to fill in") >= len(view.risks) + len(view.standards) + 7
    assert "low risk" not in words.lower()
