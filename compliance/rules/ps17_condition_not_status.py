"""PS17: that a pupil has support mostly does, and not for what."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.lesser import asked_without_need

CONDITIONS = frozenset({
    "sen-type", "sen-type-detail", "disability", "medical-condition", "medication", "pregnancy",
})  # fmt: skip
NEED_THEM = frozenset({"send_provision", "medical_needs"})


@rule(
    "PS17",
    "sen-type-not-status",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)", "UK GDPR 9"),
)
def condition_not_status(case: Case) -> Iterator[Hit]:
    """The kind of a special need, a disability or a medical detail is asked for, and none of its purposes is to provide
    for it.

    Why:
        The kind of need names a condition, often one that a child would keep to itself. SEN status (E, K or N) tells
        that there is support, and is enough to compare groups.
    Example:
        "Students.SENType" for a purpose of the kind "equality_monitoring".
    Instead:
        Ask for the SEN status.
    Silent when:
        - A purpose of the field is to provide for the need: send_provision or medical_needs.
        - The field says why nothing less would do (necessity).
    """
    for asked in asked_without_need(case, CONDITIONS, NEED_THEM):
        yield asked.hit(
            f"{asked.name} is asked for, and no purpose of it needs more than the SEN status.",
            fix="Ask for the SEN status, or say under necessity why it does not do.",
        )
