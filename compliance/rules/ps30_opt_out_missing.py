"""PS30: one person can be left out."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "PS30",
    "per-person-optout-missing",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 18", "UK GDPR 21", "UK GDPR 25"),
)
def per_person_optout_missing(case: Case) -> Iterator[Hit]:
    """The permission set does not say how a school keeps one person out of the sync.

    Why:
        A parent may object, and a family may have to stay hidden. The school has to know how to leave one person out
        without leaving everybody out.
    Example:
        A permission set without "per_person_opt_out".
    Instead:
        Say in one sentence where the school does it and what happens with what is held already.
    Silent when:
        - Every purpose is a legal obligation (6.1.c), to which nobody can object.
    """
    permission_set = given(case.declarations.permission_set)
    purposes = permission_set.purposes.values()
    if permission_set.per_person_opt_out or (purposes and all(purpose.lawful_basis == "6.1.c" for purpose in purposes)):
        return
    yield Hit(
        message=f"Nothing says how a school keeps one person out of {permission_set.label}.",
        place=permission_set.place,
        fix="Say under per_person_opt_out where the school does it and what happens with what is held already.",
    )
