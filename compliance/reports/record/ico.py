"""The thirty columns of the ICO's template for controllers, in its order, and what a check of the data adds.

The order is that of LAW.md 1.2 [B]. What only a person can know is left to the school in so many words: no cell is
empty. Nothing here claims that a breach did or did not occur.
"""

from __future__ import annotations

import datetime as dt

from compliance.model.audit import Audit
from compliance.reports.countries import country
from compliance.reports.parts.activities import is_own
from compliance.reports.parts.adherence import looked_at
from compliance.reports.parts.companies import app_label
from compliance.reports.parts.levels import CLASS_TAGS
from compliance.reports.parts.parties import TO_FILL_IN, joint_controllers, school_numbers, security
from compliance.reports.parts.rights import rights
from compliance.reports.parts.special import NOT_APPLICABLE, condition, schedule_1
from compliance.reports.parts.transfers import safeguards_sentence, transfers_sentence
from compliance.reports.record.rows import NOT_STATED, Row
from compliance.reports.sheets import Cell, Column
from compliance.reports.words import listed, sentence


def decides(row: Row) -> str:
    """Say who decides about a purpose: the school, unless the supplier says that it does."""
    purpose = row.activity.purpose
    if is_own(purpose):
        return "The supplier" if purpose.role == "controller" else "The school and the supplier together"
    return "The school" if purpose.role else NOT_STATED


def decisions(row: Row) -> str:
    """Say whether anything is decided about one person by a machine, as the supplier states it."""
    organisation, purpose = row.audit.declarations.organisation, row.activity.purpose
    answers = {True: "yes", False: "no", None: "not stated"}
    automated = answers[organisation.automated_decisions if organisation else None]
    return f"Automated decisions: {automated}. Decisions about one person: {answers[purpose.individual_decision]}."


def reasons(row: Row) -> str:
    """Return why the policy is not kept to; that nobody gave a reason; or that none is called for."""
    if row.adherence.answer.word != "No":
        return NOT_APPLICABLE
    return row.adherence.reason or "No reason is given."


def checked(audit: Audit) -> Cell:
    """Return the day on which the data was looked at."""
    taken: dt.datetime | None = audit.store.taken_at if audit.store else None
    return taken.date() if taken else "Not looked at" if audit.store is None else audit.at.date()


def _of(audit: Audit, name: str) -> str:
    organisation = audit.declarations.organisation
    return (getattr(organisation, name) if organisation else "") or NOT_STATED


def _dpia(audit: Audit) -> str:
    said = _of(audit, "dpia")
    return said if said == NOT_STATED else f"The supplier's: {said}"


def _interests(row: Row) -> str:
    return _if_basis(row, "6.1.f")


def _if_basis(row: Row, code: str) -> str:
    return TO_FILL_IN if row.activity.purpose.lawful_basis == code else NOT_APPLICABLE


def _location(row: Row) -> str:
    stored = row.audit.declarations.stored_fields
    stores = dict.fromkeys(stored.store_of(name) for name in row.datasets) if stored else {}
    return listed(f"{store.label} ({country(store.country)})" for store in stores if store) or NOT_STATED


def _school(audit: Audit) -> str:
    granted = audit.declarations.authorisation
    return f"{granted.school.name} ({school_numbers(granted.school)})" if granted else NOT_STATED


def _version(audit: Audit) -> str:
    asked = audit.declarations.permission_set
    return asked.version if asked else NOT_STATED


ICO: tuple[Column[Row], ...] = (
    Column("Business function", lambda row: app_label(row.audit)),
    Column("Purpose of processing", lambda row: row.purpose, 40),
    Column("Name and contact details of joint controller (if applicable)", lambda row: joint_controllers(row.audit)),
    Column("Categories of individuals", lambda row: row.activity.people),
    Column("Categories of personal data", lambda row: f"{row.activity.group}: {row.activity.labels}", 44),
    Column("Categories of recipients", lambda row: row.recipients, 44),
    Column("Link to contract with processor", lambda row: _of(row.audit, "contract")),
    Column(
        "Names of third countries or international organisations transferred to (if applicable)",
        lambda row: transfers_sentence(row.audit),
    ),
    Column("Safeguards for exceptional transfers (if applicable)",
           lambda row: safeguards_sentence(row.audit)),
    Column("Retention schedule (if possible)", lambda row: row.activity.kept, 34),
    Column("General description of technical and organisational security measures (if possible)",
           lambda row: " ".join(map(sentence, security(row.audit))) or NOT_STATED, 50),
    Column("Article 6 lawful basis", lambda row: row.basis),
    Column("Article 9 condition", lambda row: condition(row.activity)),
    Column("Legitimate interests (if applicable)", _interests),
    Column("Link to record of legitimate interests assessment (if applicable)", _interests),
    Column("Rights available to individuals",
           lambda row: sentence(", ".join(rights(row.activity.purpose.lawful_basis))), 34),
    Column("Existence of automated decision-making, including profiling (if applicable)", decisions),
    Column("The source of the personal data (if applicable)", lambda row: sentence(row.activity.source), 34),
    Column("Link to record of consent", lambda row: _if_basis(row, "6.1.a")),
    Column("Location of personal data", _location, 34),
    Column("DPIA required?", lambda _: TO_FILL_IN),
    Column("DPIA progress", lambda row: _dpia(row.audit)),
    Column("Link to DPIA", lambda _: TO_FILL_IN),
    Column("Has a breach occurred?", lambda _: TO_FILL_IN),
    Column("Link to record of breach", lambda _: TO_FILL_IN),
    Column("DPA 2018 Schedule 1 condition", lambda row: schedule_1(row.activity)),
    Column("GDPR Article 6 lawful basis",
           lambda row: row.basis if row.activity.is_special else NOT_APPLICABLE),
    Column("Link to retention and erasure policy document", lambda row: row.authority),
    Column("Is personal data retained and erased in accordance with the policy document?",
           lambda row: f"{row.adherence.answer.word}. {row.adherence.evidence} Looked at: {looked_at(row.audit)}", 50),
    Column("Reasons for not adhering to policy (if applicable)",
           reasons),
)  # fmt: skip

ADDED: tuple[Column[Row], ...] = (
    Column("School", lambda row: _school(row.audit)),
    Column("Who decides (role for this purpose)", decides),
    Column("Group of data items", lambda row: row.activity.group),
    Column("How much care it needs", lambda row: CLASS_TAGS[row.activity.data_class].word),
    Column("Declared and actual", lambda row: row.agreement),
    Column("Last check of the data", lambda row: checked(row.audit), 18),
    Column("Version of the permission set", lambda row: _version(row.audit)),
    Column("Where this is declared", lambda row: row.activity.trace or NOT_STATED, 34),
)
"""What a record gains from somebody looking at the data (LAW.md 1.5)."""

COLUMNS = (*ICO, *ADDED)
