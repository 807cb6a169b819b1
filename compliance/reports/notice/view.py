"""What the templates of the two notices for grown-ups see: the school's block, and the supplier's own notice."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.notice.facts import Choice, Facts, choices, decisions, facts
from compliance.reports.parts.brief import Brief, brief
from compliance.reports.parts.changes import Change, changes
from compliance.reports.parts.companies import app_label, supplier_name
from compliance.reports.parts.contacts import binds_uk, complaint
from compliance.reports.parts.head import Head, Section, head, school_name
from compliance.reports.parts.parties import PartyLine, school_parties, supplier_parties
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.parts.recipients import Recipients, recipients
from compliance.reports.parts.transfers import Transfer, transfers, transfers_sentence
from compliance.reports.words import counted, day, inside, listed

_SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("brief", "Before you publish", "parts"),
        ("in-short", "In short", "notice"),
        ("parties", "Who we are", "parts"),
        ("categories", "What data, and from where", "notice"),
        ("purposes", "Why, and on which basis", "notice"),
        ("recipients", "Who gets the data", "parts"),
        ("transfers", "Outside the United Kingdom", "parts"),
        ("rights", "Your rights", "notice"),
        ("choices", "Your choices", "notice"),
        ("decisions", "Decisions by machines", "notice"),
        ("duty", "Do you have to give it?", "notice"),
        ("complaint", "How to complain", "notice"),
        ("changes", "What changed", "parts"),
        ("provenance", "What this notice rests on", "parts"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """One notice, ready to be set out."""

    head: Head
    app: str
    supplier: str
    who: str
    """Who speaks: the school, or the supplier."""
    is_own: bool
    brief: Brief
    lines: tuple[str, ...]
    """The shortest layer: a line for each purpose."""
    parties: tuple[PartyLine, ...]
    facts: Facts
    recipients: Recipients
    transfers: tuple[Transfer, ...]
    transfers_sentence: str
    choices: tuple[Choice, ...]
    opt_out: str
    rights_contact: str
    decisions: str
    duty: str
    complaint: str
    updated: str
    changes: tuple[Change, ...]
    provenance: Provenance


def block_view(audit: Audit) -> NoticeView:
    """Return the block that a school pastes into its own notice."""
    return _view(audit, own=False)


def own_view(audit: Audit) -> NoticeView:
    """Return the notice of the supplier for the uses about which it decides itself."""
    return _view(audit, own=True)


def _view(audit: Audit, *, own: bool) -> NoticeView:
    told = facts(audit, own=own)
    supplier, organisation = supplier_name(audit), audit.declarations.organisation
    asked = audit.declarations.permission_set
    who = supplier if own else school_name(audit)
    return NoticeView(
        head=head(
            audit,
            kicker="Privacy notice: the supplier's own" if own else "Privacy notice: block for the school",
            lede=_lede(own=own),
            description=f"What personal data {app_label(audit)} uses, why, who gets it and for how long.",
            sections=_SECTIONS,
            school=who,
            meta=(
                ("Supplier" if own else "School", who),
                ("Speaks of", app_label(audit)),
                ("Version", asked.version if asked else "Not given"),
                ("Last updated", day(audit.at.date())),
            ),
        ),
        app=app_label(audit),
        supplier=supplier,
        who=who,
        is_own=own,
        brief=_brief(audit, told, own=own),
        lines=tuple(f"{purpose.text}" for purpose in told.purposes),
        parties=supplier_parties(audit) if own else (*school_parties(audit), *supplier_parties(audit)),
        facts=told,
        recipients=recipients(audit),
        transfers=transfers(audit),
        transfers_sentence=transfers_sentence(audit),
        choices=() if own else choices(audit),
        opt_out=asked.per_person_opt_out if asked else "",
        rights_contact=(organisation.rights_contact if organisation else "") or "Not stated",
        decisions=decisions(audit),
        duty=_duty(told),
        complaint=complaint(supplier if own else "the school") if binds_uk(audit) else
        "You can complain to the controller and to the supervisory authority of your country.",
        updated=day(audit.at.date()),
        changes=changes(audit),
        provenance=provenance(audit),
    )  # fmt: skip


def _lede(*, own: bool) -> str:
    if own:
        return "Uses of data about which the supplier itself decides, and answers for as a controller."
    return "Text for the school to paste into its own notice, under the headings of the Department for Education."


def _brief(audit: Audit, told: Facts, *, own: bool) -> Brief:
    if own and not told.purposes:
        declared = audit.declarations.permission_set is not None
        line = (
            "The supplier declares no use about which it decides itself, so that it owes no notice of its own."
            if declared
            else "Nobody gave us the supplier's purposes, so that nobody knows whether it owes a notice of its own."
        )
        return brief("nothing to tell" if declared else "not looked at", (line,), ())
    bare = [purpose for purpose in told.purposes if purpose.basis == "Not stated"]
    no_limit = [line for line in told.label if "No time limit" in line.kept]
    decide = (
        f"Do not publish before {counted(told.undeclared, 'data item')} without a declared purpose "
        f"{'is' if told.undeclared == 1 else 'are'} settled: no notice can explain them."
        if told.undeclared and not own else "",
        f"Name a lawful basis for {counted(len(bare), 'purpose')}." if bare else "",
        f"Set a time limit for {listed(inside(line.group) for line in no_limit)}." if no_limit else "",
        "Check every sentence against what the school really does." if not own else
        "Check every sentence against what the supplier really does.",
    )  # fmt: skip
    lines = (
        f"{counted(len(told.purposes), 'purpose')}, {counted(len(told.label), 'group')} of data.",
        f"Outside the United Kingdom: {inside(transfers_sentence(audit))}",
        decisions(audit),
    )
    return brief("check, then publish", lines, tuple(filter(None, decide)))


def _duty(told: Facts) -> str:
    from_school = any(line.source_path for each in told.activities for line in each.lines)
    typed = dict.fromkeys(
        entry.label for each in told.activities for entry in each.items
        if any(line.stored and line.stored.source in {"user_entered", "parent"} for line in entry.lines)
    )  # fmt: skip
    parts = (
        "Data from the school's records is not asked for again: you have nothing to give." if from_school else "",
        f"Some is typed into the app: {listed(map(inside, typed))}. Ask the school whether taking part is a duty."
        if typed else "",
    )  # fmt: skip
    return " ".join(part for part in parts if part) or "Not stated."
