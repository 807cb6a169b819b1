"""Whom to ask, and how to complain."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Party

COMPLAINT = (
    "You can complain to the school, in writing if you like. It has to say within 30 days that it got your complaint, "
    "and to answer without undue delay (Data Protection Act 2018, section 164A). You can also complain to the ICO."
)
"""In force since 19 June 2026. The Information Commission goes on using the name ICO."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One place to turn to."""

    question: str
    who: str
    how: str


def contacts(audit: Audit) -> tuple[Contact, ...]:
    """Return whom to ask what."""
    organisation, authorisation = audit.declarations.organisation, audit.declarations.authorisation
    school = authorisation.school.name if authorisation else "The school"
    asked = audit.declarations.permission_set
    opt_out = asked.per_person_opt_out if asked else ""
    way_out = f"The supplier says: {opt_out}" if opt_out else "The supplier has not said how."
    return (
        Contact("To see, correct or erase a pupil's data", school, "Ask the school office first."),
        Contact("To keep one person out of the app", school, way_out),
        Contact(
            "Questions to the supplier",
            organisation.name if organisation else "Not stated",
            (organisation.rights_contact if organisation else "") or "Not stated",
        ),
        Contact(
            "The supplier's data protection officer",
            organisation.dpo.name if organisation and organisation.dpo else "Not stated",
            _reach(organisation.dpo if organisation else None),
        ),
    )


def binds_uk(audit: Audit) -> bool:
    """Whether the law of the United Kingdom applies; it does unless the permission set names other places only."""
    asked = audit.declarations.permission_set
    return asked is None or "uk" in asked.jurisdictions


def _reach(party: Party | None) -> str:
    return (", ".join(part for part in (party.email, party.telephone) if part) if party else "") or "Not stated"
