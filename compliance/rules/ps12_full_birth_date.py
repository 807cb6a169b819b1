"""PS12: month and year of birth where they do."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import serves_any

NEED_THE_DAY = frozenset({"identity_matching", "age_standardised_score", "statutory_return", "exam_entry"})
"""Kinds of purpose that need the exact day."""
COARSER = frozenset({"month", "year"})


@rule(
    "PS12",
    "full-dob-requested",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)", "ICO, Edtech examined (2026)"),
)
def full_dob_requested(case: Case) -> Iterator[Hit]:
    """The full date of birth is asked for, and none of its purposes needs the day.

    Why:
        A date of birth helps to steal an identity for a whole life. The ICO suggests month and year where they do.
    Example:
        "Students.DateOfBirth" for a purpose of the kind "wellbeing".
    Instead:
        Write "precision: month", and keep no more than that.
    Silent when:
        - A purpose of the field needs the day: identity_matching, age_standardised_score, statutory_return or
          exam_entry.
        - The field says that month and year are used (precision).
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        is_full = asked.item is not None and asked.item.id == "date-of-birth" and asked.field.precision not in COARSER
        if is_full and not serves_any(asked, permission_set, NEED_THE_DAY):
            yield asked.hit(
                f"{asked.name} is asked for to the day, and no purpose of it needs more than month and year.",
                fix='Write "precision: month" and keep no more than that, or name the purpose that needs the day.',
            )
