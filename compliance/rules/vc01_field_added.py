"""VC01: nothing is added behind a school's back."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, rule
from compliance.rules.versions import changes


@rule(
    "VC01",
    "field-added",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 28(3)(a)", "UK GDPR 13(3)"),
)
def field_added(case: Case) -> Iterator[Hit]:
    """The permission set asks for a field that its earlier version did not ask for.

    Why:
        A school authorised the earlier version. What came after it is outside its instruction, and parents may
        not have been told of it.
    Example:
        Version 2.1.0 asks for "Students.HomeLanguage", version 2.0.0 did not.
    Instead:
        Ask each school to authorise the new version before the field is fetched.
    Silent when:
        - The school has authorised the new version.
        - The field is optional, so that it is not sent until the school turns it on: then it is a warning.
    """
    for change in changes(case, Kind.FIELD_ADDED):
        yield change.hit(
            strength=Strength.WEAK if change.is_optional else Strength.FIRM,
            fix="Have the school authorise the new version before the field is fetched.",
        )
