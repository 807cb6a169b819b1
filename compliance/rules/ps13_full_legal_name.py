"""PS13: the name by which a child is known mostly does."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.lesser import asked_without_need

LEGAL_NAMES = frozenset({
    "legal-forename", "legal-surname", "middle-name", "former-surname",
    "staff-legal-forename", "staff-legal-surname", "staff-middle-name",
})  # fmt: skip
NEED_THEM = frozenset({"exam_entry", "statutory_return", "safeguarding"})
"""Kinds of purpose for which the legal name counts."""


@rule(
    "PS13",
    "full-legal-name",
    Severity.INFO,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)", "ICO, Edtech examined (2026)"),
)
def full_legal_name(case: Case) -> Iterator[Hit]:
    """A legal, former or middle name is asked for, and none of its purposes needs it.

    Why:
        A former or a legal surname can tell of an adoption, a divorce or a flight from somebody. The ICO suggests an
        initial, or the name by which a person is known, where it does.
    Example:
        "Students.LegalSurname" for a purpose of the kind "wellbeing".
    Instead:
        Ask for the name by which the person is known.
    Silent when:
        - A purpose of the field needs the legal name: exam_entry, statutory_return or safeguarding.
        - The field says why nothing less would do (necessity).
    """
    for asked in asked_without_need(case, LEGAL_NAMES, NEED_THEM):
        yield asked.hit(
            f"{asked.name} is asked for, and no purpose of it needs more than the name by which a person is known.",
            fix="Ask for the name by which the person is known, or say under necessity why it does not do.",
        )
