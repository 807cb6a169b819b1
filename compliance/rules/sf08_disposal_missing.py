"""SF08: something happens when the time is over."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "SF08",
    "disposal-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(e)", "UK GDPR 28(3)(g)"),
)
def disposal_missing(case: Case) -> Iterator[Hit]:
    """A retention does not say what happens when it is over.

    Why:
        The school decides whether it gets its data back or has it erased. A period without an action is a number
        that nothing is done about.
    Example:
        "period: P30D" and "trigger: roll.leaving_date" without "action".
    Instead:
        Write "action": erase, return, anonymise, transfer or review.
    Silent when:
        - The retention says what happens (action).
    """
    for retention in given(case.declarations.stored_fields).retentions.values():
        if not retention.action:
            yield Hit(
                message=f"The retention {retention.id} does not say what happens when it is over.",
                place=retention.place,
                evidence={"retention": retention.id},
                fix='Add "action": erase, return, anonymise, transfer or review.',
            )
