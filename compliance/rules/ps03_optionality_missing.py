"""PS03: every requested field says whether the app cannot work without it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule


@rule(
    "PS03",
    "optionality-missing",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 25(2)"),
)
def optionality_missing(case: Case) -> Iterator[Hit]:
    """A requested field does not say whether it is required.

    Why:
        A school may refuse what the app can work without. It can only do so when it is told, and nobody should have
        to guess: there is no default.
    Example:
        A field has a path and a reason, but neither "required: true" nor "required: false".
    Instead:
        Write "required: true" only where the app cannot work at all without the field, and "required: false"
        everywhere else.
    Silent when:
        - The field only ties records together (sync_key): such a field is always required.
    """
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        if asked.field.required is None and not asked.field.sync_key:
            yield asked.hit(
                f"{asked.name} does not say whether the app cannot work without it.",
                fix='Add "required: true" or "required: false".',
            )
