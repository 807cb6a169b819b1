"""PS21: parents and other contacts are people of their own."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import PermissionSet
from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.ps20_population_too_wide import EVERYBODY
from compliance.rules.purposes import serves_any
from compliance.rules.wording import counted, listed

REACH_THEM = frozenset({"emergency_contact", "parent_messaging"})
"""Kinds of purpose by which a contact hears from the school through the app."""


@rule(
    "PS21",
    "contact-data-wider",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)", "UK GDPR 14"),
)
def contacts_wider(case: Case) -> Iterator[Hit]:
    """Data about contacts is asked for without saying which contacts, or how they learn of it.

    Why:
        A school's contacts are not only parents: neighbours, social workers and people whom a court keeps away stand
        there too. They never meet the app, so somebody has to tell them.
    Example:
        Fields of the scope "Contacts", and neither "populations: {contacts: parental_responsibility}" nor
        "contacts_notice".
    Instead:
        Choose the contacts under "populations", and say under "contacts_notice" how they learn of it.
    Silent when:
        - Contacts are chosen (populations), and it is said how they learn of it (contacts_notice).
        - Contacts are chosen, and every purpose reaches them through the app: emergency_contact or parent_messaging.
    """
    permission_set = given(case.declarations.permission_set)
    fields = [
        asked
        for asked in asked_fields(case.declarations, permission_set)
        if asked.item is not None and asked.item.subject is Subject.CONTACT
    ]
    lacks = tuple(_lacks(permission_set, fields)) if fields else ()
    if lacks:
        yield Hit(
            message=f"{counted(len(fields), 'field')} about contacts {'is' if len(fields) == 1 else 'are'} asked for, "
            f"and nothing says {listed(lacks, 'or')}.",
            place=fields[0].scope.place,
            evidence={"fields": len(fields)},
            fix="Choose the contacts under populations, and say under contacts_notice how they learn of it.",
        )


def _lacks(permission_set: PermissionSet, fields: list[AskedField]) -> Iterator[str]:
    if permission_set.populations.get("contacts", "") in EVERYBODY:
        yield "which contacts"
    are_reached = all(serves_any(asked, permission_set, REACH_THEM) for asked in fields)
    if not (permission_set.contacts_notice or are_reached):
        yield "how they learn of it"
