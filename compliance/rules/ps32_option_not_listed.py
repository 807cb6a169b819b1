"""PS32: what a pull is widened by is written down."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule


@rule(
    "PS32",
    "option-not-listed",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 28(3)(a)", "UK GDPR 5(1)(c)"),
)
def option_not_listed(case: Case) -> Iterator[Hit]:
    """A requested field comes only with a pull-time option that the permission set does not list.

    Why:
        An option widens what arrives without another scope, and no school sees it in the list of scopes. Where nobody
        wrote it down, either the field never comes, or the app sends an option of which the school does not know.
    Example:
        The field "Students.Photo", and "options" without "includePhotos".
    Instead:
        List under "options" every option that the app sends, or do without the field.
    Silent when:
        - The permission set lists the option.
    """
    catalogue, permission_set = given(case.declarations.catalogue), given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        entry = catalogue.fields.get(asked.path)
        if entry and entry.option and entry.option not in permission_set.options.items:
            yield asked.hit(
                f"{asked.name} comes only with the option {entry.option}, which the permission set does not list.",
                fix=f"List {entry.option} under options, or do without the field.",
            )
