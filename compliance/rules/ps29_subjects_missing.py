"""PS29: every scope says whom it is about."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule


@rule(
    "PS29",
    "subjects-missing",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 30(1)(c)",),
)
def subjects_missing(case: Case) -> Iterator[Hit]:
    """A scope does not say whom its data is about.

    Why:
        A record of processing has to name the categories of people. A school that does not know that a scope is also
        about parents or staff cannot tell them.
    Example:
        The scope "Contacts" has no "subjects".
    Instead:
        List them: pupil, contact, staff, group, school.
    Silent when:
        - Every field of the scope is about the school itself, by the catalogue.
    """
    permission_set = given(case.declarations.permission_set)
    of_people = {
        asked.scope.id
        for asked in asked_fields(case.declarations, permission_set)
        if asked.item is None or asked.item.subject is not Subject.SCHOOL
    }
    for scope in permission_set.scopes:
        if not scope.subjects and (scope.id in of_people or not scope.fields):
            yield Hit(
                message=f"The scope {scope.id} does not say whom its data is about.",
                place=scope.place,
                evidence={"scope": scope.id},
                fix="Add subjects, such as [pupil].",
            )
