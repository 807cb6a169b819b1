"""PS16: that there is money for a pupil mostly does, and not why."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.lesser import asked_without_need

REASONS = frozenset({"pupil-premium-reason", "post-looked-after"})
NEED_THEM = frozenset({"funding_administration"})


@rule(
    "PS16",
    "pp-reason-not-flag",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)",),
)
def reason_not_flag(case: Case) -> Iterator[Hit]:
    """The reason for pupil premium is asked for, and none of its purposes is to administer funding.

    Why:
        The reason tells a child in care, an adopted child and a child of a service family from one whose parents are
        poor. A yes or no tells none of it.
    Example:
        "Students.PupilPremiumReason" for a purpose of the kind "wellbeing".
    Instead:
        Ask for the yes or no of pupil premium.
    Silent when:
        - A purpose of the field is to administer funding (funding_administration).
        - Only a yes or no is taken of it (precision).
        - The field says why nothing less would do (necessity).
    """
    for asked in asked_without_need(case, REASONS, NEED_THEM):
        yield asked.hit(
            f"{asked.name} is asked for, and no purpose of it needs more than a yes or no.",
            fix="Ask for pupil premium as a yes or no, or say under necessity why it does not do.",
        )
