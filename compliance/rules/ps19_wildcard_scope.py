"""PS19: a permission set names what it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule

EVERYTHING = frozenset({"*", "all"})


@rule(
    "PS19",
    "wildcard-scope",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 28(3)(a)"),
    waiver_needs_end=True,
)
def wildcard_scope(case: Case) -> Iterator[Hit]:
    """The permission set asks for everything of a kind instead of naming the fields.

    Why:
        A school cannot authorise what it is not told, and whatever the integrator adds later would come along by
        itself.
    Example:
        The path "Students.*", the scope "all", or a scope without a list of fields.
    Instead:
        List each field that the app uses.
    Silent when:
        - A waiver covers it, with a name, a reason and an end: there is no other way.
    """
    for scope in given(case.declarations.permission_set).scopes:
        if scope.id.casefold() in EVERYTHING:
            yield Hit(
                message="The permission set asks for every scope.",
                place=scope.place,
                evidence={"scope": scope.id},
                fix="Name the scopes, and under each the fields that the app uses.",
            )
        elif not scope.fields:
            yield Hit(
                message=f"The scope {scope.id} is asked for without a list of fields.",
                place=scope.place,
                evidence={"scope": scope.id},
                fix="List the fields that the app uses of all those that the scope unlocks.",
            )
        for field in scope.fields:
            if field.is_wildcard:
                yield Hit(
                    message=f"{field.path} asks for everything instead of naming a field.",
                    path=field.path,
                    place=field.place,
                    evidence={"scope": scope.id},
                    fix="Put the fields that the app uses in its place.",
                )
