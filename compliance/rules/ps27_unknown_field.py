"""PS27: every requested field is known."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule


@rule(
    "PS27",
    "unknown-field",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 28(3)", "UK GDPR 30"),
)
def unknown_field(case: Case) -> Iterator[Hit]:
    """A requested field stands neither in the integrator's catalogue nor among the custom fields.

    Why:
        Nobody can say what an unknown field means or how much care it needs, so nobody can authorise it knowingly.
    Example:
        The path "Students.PupilPremuim", a slip of the pen.
    Instead:
        Write the path as the integrator documents it, or describe the field under "custom_fields".
    Silent when:
        - The field is described under "custom_fields", with its data item and its class.
    """
    catalogue = given(case.declarations.catalogue)
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        if asked.is_described or asked.field.is_wildcard:
            continue
        near = difflib.get_close_matches(str(asked.path), map(str, catalogue.fields), n=1)
        meant = f"Did you mean {near[0]}? " if near else ""
        yield asked.hit(
            f"{asked.path} is not in the catalogue of {catalogue.label}, and no custom field describes it.",
            fix=f"{meant}Else describe the field under custom_fields, with its item and class.",
        )
