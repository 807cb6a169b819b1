"""The number by which a school and a supplier can both show what was decided."""

from __future__ import annotations

from compliance.changes.content import content_hash
from compliance.model.declarations import Authorisation

DECIDED = (
    "app",
    "version",
    "permission_set_digest",
    "authorised_on",
    "by_role",
    "dpo_advice",
    "method",
    "granted_scopes",
    "declined_scopes",
    "declined_fields",
)
"""What an authorisation decides. What may change without another decision, such as a hold, is not in it."""


def receipt_of(authorisation: Authorisation) -> str:
    """Return the receipt number: the hash of the school's name and numbers, and of all that was decided."""
    school = authorisation.school
    return content_hash({
        "school": (school.name, school.urn, school.laestab),
        **{name: getattr(authorisation, name) for name in DECIDED},
    })  # fmt: skip
