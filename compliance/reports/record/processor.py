"""What the templates of the supplier's record of processing see: Article 30(2), for every school that it acts for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Authorisation
from compliance.model.periods import Period, add
from compliance.reports.parts.activities import Activity, activities, purposes_own
from compliance.reports.parts.brief import Brief, brief
from compliance.reports.parts.changes import Change, changes
from compliance.reports.parts.companies import Company, app_label, companies, supplier_name
from compliance.reports.parts.glossary import GLOSSARY
from compliance.reports.parts.head import Head, Section, head, school_name
from compliance.reports.parts.items import items_of
from compliance.reports.parts.levels import Tag
from compliance.reports.parts.parties import (
    NOT_STATED,
    PartyLine,
    people_of,
    reached,
    school_numbers,
    security,
    supplier_parties,
)
from compliance.reports.parts.provenance import Provenance, provenance_of
from compliance.reports.parts.reasons import BASES
from compliance.reports.parts.retention import people_overdue
from compliance.reports.parts.special import condition
from compliance.reports.parts.switched_off import switched_off
from compliance.reports.parts.transfers import Transfer, safeguards_sentence, transfers, transfers_sentence
from compliance.reports.sheets import Cell, Column, Sheet
from compliance.reports.words import counted, day, inside, listed, sentence

SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("brief", "Summary", "parts"),
        ("parties", "Who processes the data", "parts"),
        ("controllers", "Schools that it acts for", "record"),
        ("categories", "What is done for each school", "record"),
        ("sub-processors", "Sub-processors", "record"),
        ("transfers", "Outside the United Kingdom", "parts"),
        ("security", "How data is protected", "parts"),
        ("own-purposes", "The supplier's own purposes", "record"),
        ("deletions", "What is due to be erased", "record"),
        ("changes", "What changed", "parts"),
        ("provenance", "What this record rests on", "parts"),
        ("glossary", "Words used", "parts"),
    )
)
SCHOOL_KEEPS = "Kept by the school"
"""What a controller knows of itself, where its authorisation does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerLine:
    """One school that the supplier acts for."""

    name: str
    numbers: str
    contact: str
    officer: str
    version: str
    authorised: str
    by_role: str
    status: str
    review: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLine:
    """One category of processing on behalf of one school."""

    school: str
    people: str
    data: str
    purpose: str
    condition: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One use about which the supplier decides."""

    text: str
    role: str
    basis: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """Something of one school's that is due to be erased."""

    school: str
    what: str
    due: str
    state: Tag
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessorView:
    """The record, ready to be set out."""

    head: Head
    brief: Brief
    parties: tuple[PartyLine, ...]
    controllers: tuple[ControllerLine, ...]
    categories: tuple[CategoryLine, ...]
    sub_processors: tuple[Company, ...]
    sub_processors_answered: bool
    transfers: tuple[Transfer, ...]
    transfers_sentence: str
    security: tuple[str, ...]
    own: tuple[OwnLine, ...]
    roles_stated: bool
    """Whether every purpose says in which role the supplier acts."""
    deletions: tuple[Deletion, ...]
    changes: tuple[Change, ...]
    provenance: Provenance
    glossary: tuple[tuple[str, str], ...]
    sheet: Sheet


def processor_view(audits: tuple[Audit, ...]) -> ProcessorView:
    """Return the supplier's record for these schools. What is the app's is taken from the first of them."""
    audit = audits[0]
    organisation = audit.declarations.organisation
    asked = audit.declarations.permission_set
    controllers = tuple(_controller(each) for each in audits)
    categories = tuple(_category(each, activity) for each in audits for activity in activities(each))
    deletions = tuple(deletion for each in audits for deletion in _deletions(each))
    own = tuple(_own(audit))
    return ProcessorView(
        head=head(
            audit,
            kicker="Record of processing: processor",
            lede="What the supplier does with data on behalf of schools: Article 30(2) of the UK GDPR.",
            description=f"The supplier's record of processing for {app_label(audit)}.",
            sections=SECTIONS,
            school=supplier_name(audit),
            meta=(
                ("Supplier", supplier_name(audit)),
                ("Schools", school_name(audit) if len(audits) == 1 else f"{len(audits):,}"),
                ("Version", asked.version if asked else "Not given"),
                ("Date", day(audit.at.date())),
                ("Next review", _next_review(audits)),
            ),
        ),
        brief=_brief(audit, controllers, deletions, own),
        parties=supplier_parties(audit),
        controllers=controllers,
        categories=categories,
        sub_processors=companies(audit)[1:],
        sub_processors_answered=bool(organisation and organisation.sub_processors.is_answered),
        transfers=transfers(audit),
        transfers_sentence=transfers_sentence(audit),
        security=security(audit),
        own=own,
        roles_stated=bool(asked) and all(purpose.role for purpose in (asked.purposes.values() if asked else ())),
        deletions=deletions,
        changes=tuple(dict.fromkeys(change for each in audits for change in changes(each))),
        provenance=provenance_of(audits),
        glossary=GLOSSARY,
        sheet=_sheet(audits),
    )


def _controller(audit: Audit) -> ControllerLine:
    granted = audit.declarations.authorisation
    return ControllerLine(
        name=school_name(audit),
        numbers=school_numbers(granted.school if granted else None),
        contact=contact_of(granted),
        officer=officer_of(granted),
        version=granted.version if granted and granted.version else NOT_STATED,
        authorised=day(granted.authorised_on) if granted and granted.authorised_on else NOT_STATED,
        by_role=granted.by_role if granted and granted.by_role else NOT_STATED,
        status=granted.status.capitalize() if granted else NOT_STATED,
        review=day(granted.review_on) if granted and granted.review_on else "Not set",
        trace=str(granted.place) if granted else "",
    )


def contact_of(granted: Authorisation | None) -> str:
    """Write how to reach the controller; that the school keeps it, when the authorisation does not say it."""
    return reached(granted.controller) if granted and granted.controller else SCHOOL_KEEPS


def officer_of(granted: Authorisation | None) -> str:
    """Write how to reach the controller's data protection officer, or why there is none."""
    if granted and granted.dpo_not_required:
        return f"None: {granted.dpo_not_required}"
    return reached(granted.dpo) if granted and granted.dpo else SCHOOL_KEEPS


def _category(audit: Audit, activity: Activity) -> CategoryLine:
    return CategoryLine(
        school=school_name(audit),
        people=activity.people,
        data=f"{activity.group}: {activity.labels}",
        purpose=sentence(activity.purpose.text),
        condition=condition(activity),
        trace=activity.trace,
    )


def _own(audit: Audit) -> Iterator[OwnLine]:
    for purpose in purposes_own(audit):
        basis = purpose.lawful_basis or ""
        yield OwnLine(
            text=sentence(purpose.text),
            role="Decides alone" if purpose.role == "controller" else "Decides together with the school",
            basis=BASES.get(basis, basis or NOT_STATED),
            trace=str(purpose.place),
        )


def _deletions(audit: Audit) -> Iterator[Deletion]:
    """Yield what this school switched off, and people who left or are kept out and should be gone."""
    granted, school = audit.declarations.authorisation, school_name(audit)
    declined = (*granted.declined_scopes, *granted.declined_fields) if granted else ()
    grace = granted.withdrawal_grace if granted else ""
    for off, each in zip(switched_off(audit, items_of(audit)), declined, strict=True):
        yield Deletion(school=school, what=f"{off.label}, switched off", due=_due(each.on, grace),
                       state=off.proof, trace=str(each.place))  # fmt: skip
    overdue = people_overdue(audit)
    if overdue:
        yield Deletion(school=school, what=f"{counted(overdue, 'person', 'people')} who left", due="Now",
                       state=Tag("stop", "Still kept"), trace="Rule DA30")  # fmt: skip
    elif audit.store is None:
        yield Deletion(school=school, what="People who left", due="Not known",
                       state=Tag("unseen", "Not looked at"), trace="No store was given")  # fmt: skip


def _due(on: dt.date | None, grace: str) -> str:
    if on is None:
        return "Not known: no date was given"
    try:
        return day(add(on, Period.parse(grace)))
    except ValueError:
        return day(on)


def _next_review(audits: tuple[Audit, ...]) -> str:
    granted = (each.declarations.authorisation for each in audits)
    days = [each.review_on for each in granted if each and each.review_on]
    return day(min(days)) if days else "Not set"


def _brief(
    audit: Audit, controllers: tuple[ControllerLine, ...], deletions: tuple[Deletion, ...], own: tuple[OwnLine, ...]
) -> Brief:
    late = [each for each in deletions if each.state.style == "stop"]
    unseen = [each for each in deletions if each.state.style == "unseen"]
    names = controllers[0].name if len(controllers) == 1 else counted(len(controllers), "school")
    lines = (
        f"{supplier_name(audit)} acts for {names}.",
        f"Sub-processors: {listed(company.name for company in companies(audit)[1:]) or 'none is named'}.",
        f"Outside the United Kingdom: {inside(transfers_sentence(audit))}",
        f"Uses about which the supplier itself decides: {len(own) or 'none is declared'}.",
        f"Due to be erased and still there: {len(late)}; not looked at: {len(unseen)}.",
    )
    decide = (
        f"Erase what is due ({counted(len(late), 'point')}) and tell the school when that was done." if late else "",
        "Keep a record as controller for the supplier's own uses." if own else "",
        "" if security(audit) else "Describe how data is protected (Article 32(1)).",
    )
    return brief("what the supplier does for schools", lines, tuple(filter(None, decide)))


# --- the table ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One category of processing for one school."""

    audit: Audit
    activity: Activity


def _school(row: _Row) -> Cell:
    granted = row.audit.declarations.authorisation
    numbers = school_numbers(granted.school if granted else None)
    return f"{school_name(row.audit)} ({numbers}); contact details: {contact_of(granted)}"


def _representative(row: _Row) -> Cell:
    granted = row.audit.declarations.authorisation
    return reached(granted.representative) if granted and granted.representative else SCHOOL_KEEPS


def _authorised(row: _Row) -> Cell:
    granted = row.audit.declarations.authorisation
    return granted.authorised_on if granted and granted.authorised_on else NOT_STATED


def _granted(row: _Row, name: str) -> Cell:
    granted = row.audit.declarations.authorisation
    return (getattr(granted, name) if granted else "") or NOT_STATED


def _contract(row: _Row) -> Cell:
    organisation = row.audit.declarations.organisation
    return (organisation.contract if organisation else "") or NOT_STATED


def _due_list(row: _Row) -> Cell:
    found = [f"{each.what} ({each.state.word.lower()}, due {each.due})" for each in _deletions(row.audit)]
    return "; ".join(found) or "Nothing is known to be due"


def _sub_processors(row: _Row) -> Cell:
    named = [f"{company.name} ({company.where})" for company in companies(row.audit)[1:]]
    return "; ".join(named) or "None is named"


COLUMNS: tuple[Column[_Row], ...] = (
    Column("Name and contact details of controller", _school, 36),
    Column("Name and contact details of controller's representative (if applicable)",
           _representative),
    Column("Name and contact details of controller's data protection officer (if applicable)",
           lambda row: officer_of(row.audit.declarations.authorisation)),
    Column("Categories of processing", lambda row: _processing(row.activity), 60),
    Column("Names of third countries or international organisations transferred to (if applicable)",
           lambda row: transfers_sentence(row.audit)),
    Column("Safeguards for exceptional transfers (if applicable)", lambda row: safeguards_sentence(row.audit)),
    Column("General description of technical and organisational security measures (if possible)",
           lambda row: " ".join(map(sentence, security(row.audit))) or NOT_STATED, 50),
    Column("Link to contract with controller", _contract),
    Column("Authorised version", lambda row: _granted(row, "version"), 14),
    Column("Authorised on", _authorised, 20),
    Column("Role of who authorised", lambda row: _granted(row, "by_role")),
    Column("Sub-processors", _sub_processors, 40),
    Column("Due to be erased", _due_list, 40),
    Column("Where this is declared", lambda row: row.activity.trace or NOT_STATED, 34),
)  # fmt: skip
"""The ICO's columns for processors (LAW.md 1.2 [B]), then what LAW.md 1.5 adds."""


def _processing(activity: Activity) -> str:
    return f"{sentence(activity.purpose.text)} {activity.people}: {activity.group.lower()} ({activity.labels})."


def _sheet(audits: tuple[Audit, ...]) -> Sheet:
    audit = audits[0]
    organisation = audit.declarations.organisation
    who = supplier_parties(audit)
    return Sheet(
        title="Record of processing",
        author=f"compliance {audit.program_version}",
        at=audit.at,
        preamble=(
            ("Record of processing activities (processor)", app_label(audit)),
            ("", *(party.part for party in who)),
            ("Name", *(party.name for party in who)),
            ("Address", *(party.address for party in who)),
            ("E-mail", *(party.email for party in who)),
            ("Telephone", *(party.telephone for party in who)),
            ("Date of this record", audit.at.date(), "Joint controllers",
             people_of(organisation.joint_controllers) if organisation else NOT_STATED),
            (f"Made by compliance {audit.program_version}. Not legal advice.",
             "What was not looked at is said so in its cell."),
        ),
        titles=tuple(column.title for column in COLUMNS),
        widths=tuple(column.width for column in COLUMNS),
        rows=tuple(
            tuple(column.cell(_Row(audit=each, activity=activity)) for column in COLUMNS)
            for each in audits
            for activity in activities(each)
        ),
    )  # fmt: skip
