"""XS05: data is kept for what it was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed, named

LEGAL_OBLIGATION = "6.1.c"
"""Article 6(1)(c): the law itself asks for it."""


@rule(
    "XS05",
    "purpose-mismatch",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 5(1)(b)", "UK GDPR 8A", "EU GDPR 6(4)"),
)
def purpose_mismatch(case: Case) -> Iterator[Hit]:
    """A stored field is kept for a purpose that the permission set does not name for it.

    Why:
        A school authorises data for the purposes that stood in front of it. Another use of the same data is another
        decision, and it is not the app's to make.
    Example:
        "Students.Gender" is asked for to monitor equality, and the stored field names the purpose "accounts".
    Instead:
        Name the purpose in the permission set and have it authorised, or stop that use.
    Silent when:
        - The purpose is a legal obligation: the permission set gives it the lawful basis 6.1.c.
        - The field is not asked for at all, or nothing says what for (XS01 and PS01 look at those).
    """
    purposes = given(case.declarations.permission_set).purposes
    legal = {name for name, purpose in purposes.items() if purpose.lawful_basis == LEGAL_OBLIGATION}
    for line in case.ledger:
        if line.stored is None or line.request is None or not line.request.purposes:
            continue
        others = [each for each in line.stored.purposes if each not in {*line.request.purposes, *legal}]
        if others:
            yield Hit(
                message=f"{named(line.item, line.stored.path)} is kept for {listed(others)}, and asked for only for "
                f"{listed(line.request.purposes)}.",
                path=line.stored.path,
                place=line.stored.place,
                item=line.item,
                data_class=line.data_class,
                evidence={"purposes": ", ".join(others)},
                fix="Name the purpose in the permission set and have it authorised, or stop that use.",
            )
