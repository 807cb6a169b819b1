"""PS23: what keeps a child safe stays with those who do."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.lesser import COARSE
from compliance.rules.purposes import serves_any

SAFEGUARDING = frozenset({"child-protection", "child-in-need", "contact-court-order", "agency-involvement"})
KEEPS_SAFE = frozenset({"safeguarding"})


@rule(
    "PS23",
    "safeguarding-data",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)", "DPA 2018 Schedule 1 paragraph 18", "DfE, Data protection in schools"),
)
def safeguarding_data(case: Case) -> Iterator[Hit]:
    """Child protection, a court order or the work of social care is asked for by an app that is not there to keep
    children safe.

    Why:
        Only the few who protect a child may know of it. In a class list or a test it can bring somebody to a door who
        must not find it.
    Example:
        "Contacts.CourtOrder" for a purpose of the kind "parent_messaging".
    Instead:
        Do without it, or take one yes or no that the school sets for the app (precision: flag).
    Silent when:
        - A purpose of the field is safeguarding, and a DPIA is named that covers it.
        - One yes or no is taken, which the school sets (precision).
    """
    permission_set = given(case.declarations.permission_set)
    organisation = case.declarations.organisation
    for asked in asked_fields(case.declarations, permission_set):
        if asked.item is None or asked.item.id not in SAFEGUARDING or asked.field.precision in COARSE:
            continue
        has_dpia = bool(asked.field.dpia or (organisation and organisation.dpia))
        if not (has_dpia and serves_any(asked, permission_set, KEEPS_SAFE)):
            yield asked.hit(
                f"{asked.name} is asked for, and the app is not there to keep children safe, or names no DPIA for it.",
                fix="Do without it, or take one yes or no that the school sets (precision: flag).",
            )
