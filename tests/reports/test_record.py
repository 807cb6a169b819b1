"""The records of processing: what stands in their cells, and what a spreadsheet makes of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest

from compliance.model.audit import Audit
from compliance.model.declarations import Listed, Party, Role, Waiver
from compliance.model.findings import Finding
from compliance.model.inventory import Measure, MeasureKey
from compliance.pipeline import judge_document
from compliance.reports.parts.activities import activities
from compliance.reports.parts.adherence import adherence
from compliance.reports.parts.drift import drift
from compliance.reports.parts.recipients import recipients
from compliance.reports.parts.rights import ALWAYS, rights
from compliance.reports.parts.transfers import safeguards_sentence, transfers_sentence
from compliance.reports.record.controller import controller_view
from compliance.reports.record.ico import COLUMNS, ICO
from compliance.reports.record.processor import processor_view
from compliance.reports.record.rows import rows
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.sheets import Sheet, csv_text
from compliance.reports.writers import WRITERS, draft
from compliance.reports.xlsx import workbook
from tests.reports import example_audit

AT = example_audit.AT


def cells(audit: Audit) -> list[dict[str, str]]:
    return [{column.title: str(column.cell(row)) for column in COLUMNS} for row in rows(audit)]


def without(audit: Audit, *rules: str) -> Audit:
    return replace(audit, findings=tuple(f for f in audit.findings if f.rule.id not in rules))


def with_leavers(audit: Audit, **counts: int) -> Audit:
    assert audit.store
    measures = {
        MeasureKey("leaver", name, "left_on"): Measure(keys=dict.fromkeys(range(n), 1)) for name, n in counts.items()
    }
    kept = {key: each for key, each in audit.store.measures.items() if key.kind != "leaver"}
    return replace(audit, store=replace(audit.store, measures={**kept, **measures}))


def test_the_columns_are_the_icos_in_its_order() -> None:
    assert [column.title for column in ICO] == [
        "Business function",
        "Purpose of processing",
        "Name and contact details of joint controller (if applicable)",
        "Categories of individuals",
        "Categories of personal data",
        "Categories of recipients",
        "Link to contract with processor",
        "Names of third countries or international organisations transferred to (if applicable)",
        "Safeguards for exceptional transfers (if applicable)",
        "Retention schedule (if possible)",
        "General description of technical and organisational security measures (if possible)",
        "Article 6 lawful basis",
        "Article 9 condition",
        "Legitimate interests (if applicable)",
        "Link to record of legitimate interests assessment (if applicable)",
        "Rights available to individuals",
        "Existence of automated decision-making, including profiling (if applicable)",
        "The source of the personal data (if applicable)",
        "Link to record of consent",
        "Location of personal data",
        "DPIA required?",
        "DPIA progress",
        "Link to DPIA",
        "Has a breach occurred?",
        "Link to record of breach",
        "DPA 2018 Schedule 1 condition",
        "GDPR Article 6 lawful basis",
        "Link to retention and erasure policy document",
        "Is personal data retained and erased in accordance with the policy document?",
        "Reasons for not adhering to policy (if applicable)",
    ]


def test_the_record_follows_purpose_people_and_group(audit: Audit) -> None:
    found = [(each.purpose.id, each.people, each.group) for each in activities(audit)]
    assert found[:3] == [
        ("accounts", "Pupils", "Names and numbers"),
        ("accounts", "Pupils", "Classes and groups"),
        ("accounts", "Pupils", "Background and beliefs"),
    ]
    assert found[-1][0] == "", "what is there without a purpose is in the record all the same"
    assert any("Undescribed field pupil.religion" in each.labels for each in activities(audit) if not each.purpose.id)


def test_no_cell_is_empty_whatever_was_given() -> None:
    for missing in ((), ("organisation",), ("authorisation",), ("store",), ("permission_set", "catalogue")):
        for line in cells(example_audit.audit_without(*missing)):
            assert [title for title, text in line.items() if not text.strip()] == []


def test_what_the_school_switched_off_and_nobody_found_is_not_done(audit: Audit) -> None:
    assert any("Looked-after child" in each.labels for each in activities(audit)), "it is still held"
    gone = example_audit.audit_without("store")
    assert not any("Looked-after child" in each.labels for each in activities(gone))


# --- column 29 ----------------------------------------------------------------------------------------------------


def answer(audit: Audit, group: str) -> tuple[str, str]:
    entry = next(row for row in rows(audit) if row.activity.group == group and row.activity.purpose.id == "accounts")
    return entry.adherence.answer.word, entry.adherence.evidence


def test_leavers_that_are_still_there_are_a_no(audit: Audit) -> None:
    word, evidence = answer(audit, "Classes and groups")
    assert word == "No"
    assert evidence == "People who left are still kept (rule DA30). People past their time: 3."


def test_nobody_past_the_limit_is_a_yes_with_its_evidence(audit: Audit) -> None:
    clean = with_leavers(without(audit, "DA30", "XS03"), pupil=0)
    assert answer(clean, "Classes and groups") == (
        "Yes", "Nobody past the time limit among 412 rows of pupil (rule DA30).",
    )  # fmt: skip


def test_what_was_switched_off_and_is_kept_is_a_no_for_its_own_line_only(audit: Audit) -> None:
    clean = with_leavers(without(audit, "DA30"), pupil=0)
    assert answer(clean, "Care and safeguarding")[0] == "No"
    assert answer(clean, "Classes and groups")[0] == "Yes"


def test_silence_is_no_yes(audit: Audit) -> None:
    assert answer(audit, "Staff") == (
        "Not tested", "Staff holds no date from which its time limit could be worked out.",
    )  # fmt: skip
    assert answer(example_audit.audit_without("store"), "Staff") == ("Not looked at", "No store was given.")
    assert audit.store
    cut = replace(audit.store, datasets={"staff": audit.store.datasets["staff"]})
    lines = next(each for each in activities(audit) if each.group == "Classes and groups").lines
    unread = adherence(replace(without(audit, "DA30", "XS03"), store=cut), lines)
    assert (unread.answer.word, unread.evidence) == ("Not tested", "Pupil was not read.")


def test_a_reason_is_the_waivers(audit: Audit) -> None:
    waiver = Waiver(rule="DA30", path="*", reason="The school asked us to wait", owner="x", expires=dt.date(2027, 1, 1))

    def waived(finding: Finding) -> Finding:
        return replace(finding, waiver=waiver) if finding.rule.id == "DA30" else finding

    title = "Reasons for not adhering to policy (if applicable)"
    assert {line[title] for line in cells(audit)} == {"No reason is given.", "Not applicable"}
    changed = replace(audit, findings=tuple(map(waived, audit.findings)))
    assert "The school asked us to wait." in {line[title] for line in cells(changed)}


# --- other cells --------------------------------------------------------------------------------------------------


def test_rights_follow_the_basis() -> None:
    assert rights(None) == ALWAYS
    assert "to object" in rights("6.1.e")
    assert "to have it erased (limited)" in rights("6.1.e")
    assert "to move it elsewhere" not in rights("6.1.e")
    assert "to withdraw agreement" in rights("6.1.a")
    assert "to object" not in rights("6.1.c")


def test_transfers_and_recipients_are_named(audit: Audit) -> None:
    assert transfers_sentence(audit) == (
        "To Ireland (Clarity Support Example Ltd) and United States (Lumen Mail Example Inc)."
    )
    assert safeguards_sentence(audit) == (
        "Clarity Support Example Ltd: UK adequacy regulations; Lumen Mail Example Inc: none named"
    )
    assert transfers_sentence(example_audit.audit_without("organisation")).startswith("Not stated")
    seen = recipients(audit)
    assert seen.internal == ("Support desk",)
    assert seen.processors[0] == "Brightwell Learning Example Ltd"
    assert "Not every store" in recipients(audit, ()).sentence


def test_drift_is_named_worst_first(audit: Audit) -> None:
    found = [(each.label, each.what.word) for each in drift(audit)]
    assert found[0] == ("Undescribed field pupil.religion", "Kept, not declared")
    assert ("Looked-after child", "Switched off, still kept") in found
    assert [each for each in drift(example_audit.audit_without("store", "feed")) if each.what.style == "stop"] == []


def test_the_suppliers_own_uses_are_shown_even_if_there_are_none(audit: Audit) -> None:
    assert processor_view((audit,)).own == ()
    asked = audit.declarations.permission_set
    assert asked
    own = {
        **asked.purposes,
        "accounts": replace(asked.purposes["accounts"], role=Role.CONTROLLER, lawful_basis="6.1.f"),
    }
    changed = replace(audit, declarations=replace(audit.declarations, permission_set=replace(asked, purposes=own)))
    (line,) = processor_view((changed,)).own
    assert (line.role, line.basis) == ("Decides alone", "Legitimate interests, Article 6(1)(f)")
    group = next(each for each in controller_view(changed).purposes if each.purpose == line.text)
    assert group.own
    assert group.decides == "The supplier"


def test_a_processors_record_names_every_school(audit: Audit) -> None:
    given = audit.declarations
    assert given.authorisation
    other = replace(
        given.authorisation, school=replace(given.authorisation.school, name="Blenthy School", urn="123457")
    )
    second = replace(audit, declarations=replace(given, authorisation=other))
    view = processor_view((audit, second))
    assert [line.name for line in view.controllers] == ["Exampleton Primary School", "Blenthy School"]
    assert {line.school for line in view.categories} == {"Exampleton Primary School", "Blenthy School"}
    assert view.head.meta[1] == ("Schools", "2")
    due = [(each.what, each.due, each.state.word) for each in view.deletions if each.school == "Blenthy School"]
    assert due == [
        ("Pupils' family and care (StudentFamily), switched off", "14 September 2026", "Still kept"),
        ("3 people who left", "Now", "Still kept"),
    ]


def test_the_records_say_whom_to_turn_to_at_each_school(audit: Audit) -> None:
    given = audit.declarations
    assert given.authorisation
    trust = Party(name="Blenthy Learning Trust", email="office@blenthy.example", telephone="01632 960113")
    granted = replace(given.authorisation, controller=trust, dpo_not_required="A nursery with 30 children.")
    told = replace(audit, declarations=replace(given, authorisation=granted))
    contact = "Blenthy Learning Trust, office@blenthy.example, 01632 960113"
    lines = processor_view((audit, told)).controllers
    assert [(line.contact, line.officer) for line in lines] == [
        ("Kept by the school", "Kept by the school"),
        (contact, "None: A nursery with 30 children."),
    ]
    (row, *_) = processor_view((told,)).sheet.rows
    assert row[:3] == (
        f"Exampleton Primary School (URN 123456 and LAESTAB 1234567); contact details: {contact}",
        "Kept by the school",
        "None: A nursery with 30 children.",
    )
    controller, officer, representative = controller_view(told).parties[:3]
    assert (controller.name, controller.address) == ("Blenthy Learning Trust", "For the school to fill in")
    assert officer.name == "None: A nursery with 30 children."
    assert representative.name == "For the school to fill in"


def test_a_record_of_many_schools_may_name_the_contacts_of_all(audit: Audit) -> None:
    given = audit.declarations
    assert given.authorisation
    real = Party(name="Blenthy School", email="head@school.nowhere")
    granted = replace(given.authorisation, controller=real)
    other = replace(audit, declarations=replace(given, authorisation=granted))
    words = "Write to head@school.nowhere."
    assert [found.rule.id for found in judge_document(audit, words)] == ["RC08"]
    assert judge_document(audit, words, (audit, other)) == ()
    assert judge_document(other, words) == ()


# --- spreadsheets -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["record-controller", "record-processor"])
def test_a_workbook_has_a_frozen_filtered_head_and_real_dates(audit: Audit, name: str) -> None:
    made = draft(REPORT_KINDS[name], (audit,), json_text="{}")
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](made)))
    (page,) = book.worksheets
    head = len(made.sheet.preamble) + 1
    titles = [cell.value for cell in page[head]]
    assert titles == list(made.sheet.titles)
    assert head == 9, "the ICO's head stands in row 9"
    assert page.freeze_panes == f"A{head + 1}"
    assert page.auto_filter.ref.startswith(f"A{head}:")
    assert page.max_row == head + len(made.sheet.rows)
    dates = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, dt.datetime)]
    assert dates
    assert all(cell.is_date for cell in dates)
    assert [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert WRITERS["xlsx"](made) == WRITERS["xlsx"](made)


def formulas() -> Sheet:
    words = ("=1+1", "+1", "-1", "@SUM(A1)", " =2", "\t=3", "\uff1d4", "plain", 'a "quoted", one\nand a line')
    return Sheet(
        title="x", author="y", at=AT, preamble=(("=cmd|' /C calc'!A0",),), titles=("Text", "Day", "Number"),
        widths=(9, 9, 9), rows=tuple((word, dt.date(2026, 9, 1), 7) for word in words),
    )  # fmt: skip


def test_no_text_becomes_a_formula() -> None:
    found = list(csv.reader(io.StringIO(csv_text(formulas()))))
    assert found[0] == ["Text", "Day", "Number"]
    assert [row[0] for row in found[1:]] == [
        "'=1+1", "'+1", "'-1", "'@SUM(A1)", "' =2", "' =3", "'\uff1d4", "plain", 'a "quoted", one and a line',
    ]  # fmt: skip
    assert {tuple(row[1:]) for row in found[1:]} == {("2026-09-01", "7")}
    page = openpyxl.load_workbook(io.BytesIO(workbook(formulas()))).active
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "d", "n"}
    assert page["A1"].value == "=cmd|' /C calc'!A0"
    assert page["A1"].data_type != "f"


def test_csv_is_the_icos_table(audit: Audit) -> None:
    made = draft(REPORT_KINDS["record-controller"], (audit,), json_text="{}")
    found = list(csv.reader(io.StringIO(WRITERS["csv"](made).decode("utf-8-sig"))))
    assert found[0][:30] == [column.title for column in ICO]
    assert len(found) == len(rows(audit)) + 1
    assert {len(row) for row in found} == {len(COLUMNS)}


def test_joint_controllers_are_named_or_said_to_be_unstated(audit: Audit) -> None:
    title = "Name and contact details of joint controller (if applicable)"
    assert cells(audit)[0][title] == "Not stated"
    given = audit.declarations
    assert given.organisation
    none = replace(given.organisation, joint_controllers=Listed(none_confirmed=True))
    assert cells(replace(audit, declarations=replace(given, organisation=none)))[0][title] == "None"
