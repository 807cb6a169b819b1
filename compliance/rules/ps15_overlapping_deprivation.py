"""PS15: one sign of poverty is enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

OVERLAPPING = frozenset({
    "free-school-meals", "free-school-meals-category", "ever-6-fsm", "pupil-premium", "pupil-premium-reason",
})  # fmt: skip
"""Data items that tell of low income."""
USE_THE_DIFFERENCE = frozenset({"funding_administration", "statutory_reconciliation"})
"""Kinds of purpose for which it counts where these items differ."""


@rule(
    "PS15",
    "overlapping-deprivation",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)",),
)
def overlapping_deprivation(case: Case) -> Iterator[Hit]:
    """Two or more items that tell of low income are asked for one purpose, and all but one of them do not say why.

    Why:
        Free school meals, the six years after them and pupil premium overlap almost wholly. Where they differ they
        tell more: who was poor once, and who is in care.
    Example:
        "Students.PupilPremium" and "Students.FsmEligible" for the purpose "equality", both without "necessity".
    Instead:
        Ask for the one that the purpose needs, or write under "necessity" what the other adds to it.
    Silent when:
        - The purpose is to administer or to reconcile funding, where the difference itself is used:
          funding_administration or statutory_reconciliation.
        - All but one of them say why nothing less would do (necessity).
        - They serve different purposes.
    """
    permission_set = given(case.declarations.permission_set)
    unexplained: defaultdict[str, list[AskedField]] = defaultdict(list)
    for asked in asked_fields(case.declarations, permission_set):
        if asked.item is not None and asked.item.id in OVERLAPPING and not asked.field.necessity:
            for purpose in asked.field.purposes:
                unexplained[purpose].append(asked)
    for purpose, fields in unexplained.items():
        known = permission_set.purposes.get(purpose)
        if len(fields) > 1 and not (known and known.kind in USE_THE_DIFFERENCE):
            yield fields[-1].hit(
                f"{listed(asked.name for asked in fields)} are all asked for the purpose {purpose} and tell much the "
                "same.",
                fix="Ask for the one that the purpose needs, or say under necessity what each other adds to it.",
            )
