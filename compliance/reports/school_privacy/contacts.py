"""Whom to ask, and how to complain."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Party


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
    return (
        Contact("To see, correct or erase a pupil's data", school, "Ask the school office first."),
        Contact("To keep one person out of the app", school, opt_out or "The supplier has not said how."),
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


def _reach(party: Party | None) -> str:
    return (", ".join(part for part in (party.email, party.telephone) if part) if party else "") or "Not stated"
