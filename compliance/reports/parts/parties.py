"""Who answers for the data: controller, processor, representative and officers."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Authorisation, Listed, Party, School
from compliance.reports.words import listed

NOT_STATED, TO_FILL_IN = "Not stated", "For the school to fill in"
NONE_NAMED = "None"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """One party and how to reach it."""

    part: str
    name: str
    address: str
    email: str
    telephone: str


def supplier_parties(audit: Audit) -> tuple[PartyLine, ...]:
    """Return the supplier, its representative and its data protection officer."""
    organisation = audit.declarations.organisation
    own = organisation.processor if organisation else None
    return (
        _line("Supplier", own or (Party(name=organisation.name) if organisation else None)),
        _line("Supplier's representative", organisation.representative if organisation else None, NONE_NAMED),
        _line("Supplier's data protection officer", organisation.dpo if organisation else None),
    )


def school_parties(audit: Audit) -> tuple[PartyLine, ...]:
    """Return the school as controller. What only the school knows is left to it, in so many words."""
    granted = audit.declarations.authorisation
    controller = granted.controller if granted else None
    school = Party(name=granted.school.name) if granted else None
    return (
        _line("Controller (school)", controller or school, TO_FILL_IN),
        _line("School's data protection officer", granted.dpo if granted else None, _no_officer(granted)),
        _line("School's representative", granted.representative if granted else None, TO_FILL_IN),
    )


def _no_officer(granted: Authorisation | None) -> str:
    return f"{NONE_NAMED}: {granted.dpo_not_required}" if granted and granted.dpo_not_required else TO_FILL_IN


def joint_controllers(audit: Audit) -> str:
    """Name the joint controllers with how to reach them."""
    organisation = audit.declarations.organisation
    return people_of(organisation.joint_controllers if organisation else Listed())


def people_of(parties: Listed[Party]) -> str:
    """Write parties with how to reach them; none, or that nobody says."""
    if not parties.is_answered:
        return NOT_STATED
    return "; ".join(map(reached, parties)) or NONE_NAMED


def school_numbers(school: School | None) -> str:
    """Write the numbers by which a school is known."""
    if school is None:
        return NOT_STATED
    numbers = (f"URN {school.urn}" if school.urn else "", f"LAESTAB {school.laestab}" if school.laestab else "")
    return listed(numbers) or NOT_STATED


def security(audit: Audit) -> tuple[str, ...]:
    """Return the supplier's security measures, a sentence each."""
    organisation = audit.declarations.organisation
    return tuple(organisation.security) if organisation else ()


def reached(party: Party) -> str:
    """Write a party with how to reach it."""
    return ", ".join(part for part in (party.name, party.address, party.email, party.telephone) if part)


def _line(part: str, party: Party | None, lacking: str = NOT_STATED) -> PartyLine:
    blank = TO_FILL_IN if part.startswith(("School", "Controller")) else NOT_STATED
    reach = {name: (getattr(party, name) if party else "") or blank for name in ("address", "email", "telephone")}
    return PartyLine(part=part, name=party.name if party else lacking, **reach)
