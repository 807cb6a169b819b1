"""The standards of the ICO's Children's code that matter most to a school's app (LAW.md 2 [B]), with facts for each."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Organisation
from compliance.reports.notice.facts import choices
from compliance.reports.parts.items import items_of
from compliance.reports.parts.recipients import recipients
from compliance.reports.words import counted, day, inside, listed, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One standard and what the declarations and the data say to it."""

    number: int
    name: str
    facts: str


def standards(audit: Audit) -> tuple[Standard, ...]:
    """Return the eight standards with the facts; whether they are met is for the school to judge."""
    organisation, asked = audit.declarations.organisation, audit.declarations.permission_set
    items = items_of(audit)
    spare = sum(entry.is_spare for entry in items)
    derived = [entry.label for entry in items if any(line.stored and line.stored.source == "derived"
               for line in entry.lines)]  # fmt: skip
    offered = choices(audit)
    advertising = {True: "uses data for advertising", False: "uses no data for advertising", None: ""}[
        organisation.advertising if organisation else None
    ]
    return (
        Standard(number=1, name="Best interests of the child",
                 facts=f"The supplier says that it {advertising}." if advertising
                 else "The supplier has not said whether it uses data for advertising."),
        Standard(number=2, name="Data protection impact assessments",
                 facts=_assessment(organisation)),
        Standard(number=4, name="Transparency",
                 facts=f"The supplier's notice: {organisation.privacy_notice}{_for_children(organisation)}"
                 if organisation and organisation.privacy_notice else "The supplier names no privacy notice."),
        Standard(number=7, name="Default settings",
                 facts=f"{counted(len(offered), 'bundle')} may be switched off: "
                 f"{listed(choice.label for choice in offered)}." if offered
                 else "Nothing is declared as optional." if asked else "No permission set was given."),
        Standard(number=8, name="Data minimisation",
                 facts=f"{counted(spare, 'item')} unlocked and not asked for."
                 if audit.declarations.catalogue and asked else "Nobody knows what its scopes unlock."),
        Standard(number=9, name="Data sharing", facts=f"{recipients(audit).sentence}."),
        Standard(number=12, name="Profiling",
                 facts=f"The app works out: {listed(map(inside, derived))}." if derived
                 else "No derived item is declared."),
        Standard(number=15, name="Online tools",
                 facts=f"To keep one person out: {asked.per_person_opt_out}" if asked and asked.per_person_opt_out
                 else "The supplier has not said how to keep one person out."),
    )  # fmt: skip


def _assessment(organisation: Organisation | None) -> str:
    """Name the supplier's own assessment, and what it rests on as far as that is declared (Article 35(2) and (9))."""
    if organisation is None or not organisation.dpia:
        return "The supplier names none of its own."
    record = organisation.dpia_record
    said = (
        ("The supplier's own", organisation.dpia),
        ("Views", record.views),
        ("Advice", record.dpo_advice),
        ("Signed by", record.signed_by),
        ("Review", day(record.review_on)),
    )
    return " ".join(sentence(f"{what}: {text}") for what, text in said if text)


def _for_children(organisation: Organisation) -> str:
    return f"; for children: {organisation.child_notice}" if organisation.child_notice else ""
