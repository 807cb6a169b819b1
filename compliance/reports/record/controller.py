"""What the templates of the school's record of processing see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from compliance.model.audit import Audit
from compliance.reports.parts.activities import is_own
from compliance.reports.parts.adherence import looked_at
from compliance.reports.parts.brief import Brief, brief, findings_sentence
from compliance.reports.parts.changes import Change, changes
from compliance.reports.parts.companies import Company, app_label, companies, supplier_name
from compliance.reports.parts.drift import Drift, drift
from compliance.reports.parts.flow import Flow, flow
from compliance.reports.parts.glossary import GLOSSARY
from compliance.reports.parts.grid import Grid, grid
from compliance.reports.parts.head import Head, Section, head, school_name
from compliance.reports.parts.items import items_of
from compliance.reports.parts.levels import CLASS_TAGS, Tag
from compliance.reports.parts.parties import PartyLine, joint_controllers, school_parties, supplier_parties
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.parts.recipients import Recipients, recipients
from compliance.reports.parts.retention import RetentionFigure, RetentionLine, retention_figure, retention_lines
from compliance.reports.parts.rights import rights
from compliance.reports.parts.special import condition, schedule_1
from compliance.reports.parts.transfers import Transfer, transfers, transfers_sentence
from compliance.reports.record.ico import COLUMNS, decides, decisions, reasons
from compliance.reports.record.rows import Row, rows
from compliance.reports.sheets import Sheet
from compliance.reports.words import counted, day, inside, listed, sentence

_OWN = "The supplier decides about this use; it belongs in the supplier's own record."

SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("brief", "Summary", "parts"),
        ("parties", "Who answers for it", "parts"),
        ("flow", "Where the data goes", "parts"),
        ("said-once", "The same for every activity", "record"),
        ("activities", "What is done, with whose data", "record"),
        ("grid", "Data and purposes", "parts"),
        ("special", "Special category and criminal data", "record"),
        ("assets", "Data items by group", "record"),
        ("recipients", "Recipients", "parts"),
        ("transfers", "Outside the United Kingdom", "parts"),
        ("retention", "How long it is kept", "parts"),
        ("drift", "Declared and actual", "parts"),
        ("changes", "What changed", "parts"),
        ("provenance", "What this record rests on", "parts"),
        ("glossary", "Words used", "parts"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """One row of the record as it is printed."""

    people: str
    group: str
    items: str
    source: str
    kept: str
    adherence: Tag
    evidence: str
    agreement: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeGroup:
    """The rows of one purpose."""

    purpose: str
    basis: str
    decides: str
    decisions: str
    rights: str
    own: str
    """That the supplier decides; empty when the school does."""
    trace: str
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialLine:
    """One row of the annex on Articles 9 and 10."""

    what: str
    purpose: str
    kind: Tag
    condition: str
    schedule_1: str
    basis: str
    policy: str
    adherence: Tag
    evidence: str
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One data item that the app has."""

    label: str
    group: str
    kind: Tag
    codes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerView:
    """The record, ready to be set out."""

    head: Head
    brief: Brief
    parties: tuple[PartyLine, ...]
    integrator: str
    role: str
    flow: Flow
    companies: tuple[Company, ...]
    said_once: tuple[tuple[str, str], ...]
    purposes: tuple[PurposeGroup, ...]
    grid: Grid | None
    special: tuple[SpecialLine, ...]
    assets: tuple[tuple[str, tuple[Asset, ...]], ...]
    recipients: Recipients
    transfers: tuple[Transfer, ...]
    transfers_sentence: str
    retention: tuple[RetentionLine, ...]
    retention_figure: RetentionFigure | None
    drift: tuple[Drift, ...]
    store_seen: bool
    looked_at: str
    changes: tuple[Change, ...]
    provenance: Provenance
    glossary: tuple[tuple[str, str], ...]
    sheet: Sheet


def controller_view(audit: Audit) -> ControllerView:
    """Return the school's record of one app."""
    record = rows(audit)
    given = audit.declarations
    review = given.authorisation.review_on if given.authorisation else None
    return ControllerView(
        head=head(
            audit,
            kicker="Record of processing: controller",
            lede="What the school's record has to say of this app: Article 30(1) of the UK GDPR, in the ICO's columns.",
            description=f"The school's record of processing for {app_label(audit)}, checked against its data.",
            sections=SECTIONS,
            meta=(
                ("School", school_name(audit)),
                ("Supplier", supplier_name(audit)),
                ("Date", day(audit.at.date())),
                ("Data looked at", _looked(audit)),
                ("Next review", day(review) or "Not set"),
            ),
        ),
        brief=_brief(audit, record),
        parties=(*school_parties(audit), *supplier_parties(audit)),
        integrator=given.catalogue.label if given.catalogue else "The integrator",
        role="",
        flow=flow(audit, items_of(audit)),
        companies=companies(audit),
        said_once=_said_once(record),
        purposes=tuple(_group(tuple(found)) for _, found in groupby(record, key=lambda row: row.activity.purpose.id)),
        grid=grid([row.activity for row in record]),
        special=tuple(_special(row) for row in record if row.activity.is_special),
        assets=_assets(audit),
        recipients=recipients(audit),
        transfers=transfers(audit),
        transfers_sentence=transfers_sentence(audit),
        retention=retention_lines(audit),
        retention_figure=retention_figure(audit),
        drift=drift(audit),
        store_seen=audit.store is not None,
        looked_at=looked_at(audit),
        changes=changes(audit),
        provenance=provenance(audit),
        glossary=GLOSSARY,
        sheet=_sheet(audit, record),
    )


def _looked(audit: Audit) -> str:
    return (day(audit.store.taken_at.date()) if audit.store.taken_at else "Yes") if audit.store else "No"


def _brief(audit: Audit, record: tuple[Row, ...]) -> Brief:
    purposes = len({row.activity.purpose.id for row in record if row.activity.purpose.id})
    bad = [row for row in record if row.adherence.answer.word == "No"]
    untested = [row for row in record if row.adherence.answer.word in {"Not looked at", "Not tested"}]
    differs = drift(audit)
    special = sum(row.activity.is_special for row in record)
    well = sum(row.adherence.answer.word == "Yes" for row in record)
    no_purpose = [row for row in record if not row.activity.purpose.id]
    lines = (
        f"{counted(purposes, 'purpose')} in {counted(len(record), 'line')}; {special} with special or criminal data.",
        f"Kept and erased by the policy: {well} yes, {len(bad)} no, {len(untested)} not tested.",
        transfers_line(audit),
        f"{counted(len(differs), 'data item')} not as declared." if audit.store else "Nobody looked at the data kept.",
        findings_sentence(audit),
    )
    decide = (
        f"Have {counted(len(bad), 'line')} of the record kept to the policy, or write down why not." if bad else "",
        f"Settle {counted(len(differs), 'data item')} that {_is(differs)} not as declared." if differs else "",
        f"Find a purpose for {counted(len(no_purpose), 'line')} without one, or have the data erased." if no_purpose
        else "",
        "Fill in what only the school knows: its contacts, its impact assessment and any breach.",
    )  # fmt: skip
    return brief("what the record holds", tuple(filter(None, lines)), tuple(filter(None, decide)))


def transfers_line(audit: Audit) -> str:
    """Say as a line of a summary whether data leaves the country."""
    return f"Outside the United Kingdom: {inside(transfers_sentence(audit))}"


def _is(things: tuple[Drift, ...]) -> str:
    return "is" if len(things) == 1 else "are"


def _said_once(record: tuple[Row, ...]) -> tuple[tuple[str, str], ...]:
    """Return the columns of the ICO's that say the same in every row; all others stand in the tables."""
    if not record:
        return ()
    numbered = [(number, column) for number, column in enumerate(COLUMNS[:30], 1) if number in _ONCE]
    return tuple((f"{number}. {column.title}", str(column.cell(record[0]))) for number, column in numbered)


_ONCE = (1, 3, 7, 8, 9, 11, 21, 22, 23, 24, 25)
"""Numbers of the columns whose answer is the app's or the school's, not the activity's."""


def _group(found: tuple[Row, ...]) -> PurposeGroup:
    first = found[0]
    return PurposeGroup(
        purpose=first.purpose,
        basis=first.basis,
        decides=decides(first),
        decisions=decisions(first),
        rights=sentence(", ".join(rights(first.activity.purpose.lawful_basis))),
        own=_OWN if is_own(first.activity.purpose) else "",
        trace=str(first.activity.purpose.place),
        lines=tuple(_line(row) for row in found),
    )


def _line(row: Row) -> ActivityLine:
    return ActivityLine(
        people=row.activity.people,
        group=row.activity.group,
        items=row.activity.labels,
        source=sentence(row.activity.source),
        kept=row.activity.kept,
        adherence=row.adherence.answer,
        evidence=row.adherence.evidence,
        agreement=row.agreement,
        trace=row.activity.trace,
    )


def _special(row: Row) -> SpecialLine:
    special = [entry for entry in row.activity.items if entry.data_class in {"special", "criminal"}]
    return SpecialLine(
        what=listed(entry.label for entry in special),
        purpose=row.purpose,
        kind=CLASS_TAGS[row.activity.data_class],
        condition=condition(row.activity),
        schedule_1=schedule_1(row.activity),
        basis=row.basis,
        policy=row.authority,
        adherence=row.adherence.answer,
        evidence=row.adherence.evidence,
        reasons=reasons(row),
    )


def _assets(audit: Audit) -> tuple[tuple[str, tuple[Asset, ...]], ...]:
    used = [entry for entry in items_of(audit) if entry.arrives or entry.is_("declared") or entry.is_("held")]
    sets = audit.declarations.vocabulary.code_sets
    found = (
        Asset(
            label=entry.label,
            group=entry.group,
            kind=CLASS_TAGS[entry.data_class],
            codes=sets[entry.item.code_set].authority if entry.item and entry.item.code_set else "",
        )
        for entry in used
    )
    return tuple((label, tuple(assets)) for label, assets in groupby(found, key=lambda asset: asset.group))


def _sheet(audit: Audit, record: tuple[Row, ...]) -> Sheet:
    """Return the record in the ICO's form: contacts above, thirty columns, then what a check of the data adds."""
    controller, officer, representative = school_parties(audit)
    who = (controller, officer, representative, *supplier_parties(audit)[::2])
    at: dt.datetime = audit.at
    return Sheet(
        title="Record of processing",
        author=f"compliance {audit.program_version}",
        at=at,
        preamble=(
            ("Record of processing activities (controller)", f"{app_label(audit)} at {school_name(audit)}"),
            ("", *(party.part for party in who)),
            ("Name", *(party.name for party in who)),
            ("Address", *(party.address for party in who)),
            ("E-mail", *(party.email for party in who)),
            ("Telephone", *(party.telephone for party in who)),
            ("Date of this record", at.date(), "Joint controller", joint_controllers(audit)),
            (
                f"Made by compliance {audit.program_version}. Not legal advice.",
                "What was not looked at is said so in its cell.",
            ),
        ),
        titles=tuple(column.title for column in COLUMNS),
        widths=tuple(column.width for column in COLUMNS),
        rows=tuple(tuple(column.cell(row) for column in COLUMNS) for row in record),
    )
