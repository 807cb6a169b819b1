"""PS14: the unique pupil number is for matching."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import serves_any

MATCHING = frozenset({"education_matching", "statutory_return", "exam_entry"})
"""Kinds of purpose that a UPN is meant for."""


@rule(
    "PS14",
    "upn-outside-purpose",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(b)", "UK GDPR 5(1)(c)", "DfE, Unique pupil numbers guide"),
)
def upn_outside_purpose(case: Case) -> Iterator[Hit]:
    """The unique pupil number is asked for, and none of its purposes is to match a pupil's records.

    Why:
        The DfE means the number as a blind identifier for the transfer of data in education. Each app that uses it to
        sign pupils in or to show who they are makes it easier to tie a child's records together.
    Example:
        "Students.UPN" for a purpose of the kind "login".
    Instead:
        Use the integrator's own id, or name the purpose for which records are matched.
    Silent when:
        - A purpose of the field matches records: education_matching, statutory_return or exam_entry.
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        is_upn = asked.item is not None and asked.item.id == "upn"
        if is_upn and not serves_any(asked, permission_set, MATCHING):
            yield asked.hit(
                f"{asked.name} is asked for, and no purpose of it is to match a pupil's records.",
                fix="Use the integrator's own id, or name a purpose of the kind education_matching.",
            )
