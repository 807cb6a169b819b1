"""PS01: every requested field says what it is for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "PS01",
    "purpose-missing",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 5(1)(b)", "UK GDPR 13(1)(c)", "UK GDPR 28(3)"),
)
def purpose_missing(case: Case) -> Iterator[Hit]:
    """A requested field does not say what it is for: it has no purpose of the permission set, or no reason.

    Why:
        A school that is asked for a field must be able to tell parents why. Data that nobody can give a purpose for
        must not be collected at all.
    Example:
        A field stands under a scope without purposes, and neither of them gives a reason.
    Instead:
        Name one or more purposes of the permission set on the field or on its scope, and write one plain sentence
        that says why the app needs it.
    Silent when:
        - The field only ties records together (sync_key) and its scope carries the purpose.
        - The field names no purpose of its own and inherits those of its scope.
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        lacks = tuple(_lacks(asked, permission_set.purposes))
        if lacks:
            yield asked.hit(
                f"{asked.name} is asked for without {listed(lacks, 'or')}.",
                fix=f"Give the field or its scope {asked.scope.id} a purpose that the permission set defines, and a "
                "reason in one plain sentence.",
            )


def _lacks(asked: AskedField, known: Collection[str]) -> Iterator[str]:
    scope, field = asked.scope, asked.field
    if not any(purpose in known for purpose in field.purposes):
        yield "a purpose"
    if not (field.reason or scope.reason or field.sync_key):
        yield "a reason"
