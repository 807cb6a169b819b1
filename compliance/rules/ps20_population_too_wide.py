"""PS20: an app asks about the pupils whom it serves."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import PermissionSet
from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

EVERYBODY = frozenset({"", "all", "everyone", "asked"})
"""Words of ``populations`` that choose nobody, and its silence."""
NOT_ASKED = "not_asked"


@rule(
    "PS20",
    "population-too-wide",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 5(1)(e)"),
)
def population_too_wide(case: Case) -> Iterator[Hit]:
    """An app that is not for the whole school does not say which pupils it asks about, or also asks about those who
    left.

    Why:
        An integrator hands over everybody unless it is told whom to leave out. A reading test for Year 3 has no use
        for the names of six hundred others, or of pupils who left years ago.
    Example:
        A permission set without "populations", or with "leavers: asked".
    Instead:
        Write under "populations" which pupils are asked about, such as "pupils: years_3_to_6", and "leavers:
        not_asked".
    Silent when:
        - The app is for the whole school, and says so (whole_school).
        - No scope is about pupils.
    """
    permission_set = given(case.declarations.permission_set)
    is_about_pupils = any(Subject.PUPIL in scope.subjects for scope in permission_set.scopes)
    wide = tuple(_wide(permission_set)) if is_about_pupils and not permission_set.whole_school else ()
    if wide:
        yield Hit(
            message=f"{permission_set.label} {listed(wide)}.",
            place=permission_set.place,
            fix="Say under populations which pupils are asked about, or that the app is for the whole school "
            "(whole_school).",
        )


def _wide(permission_set: PermissionSet) -> Iterator[str]:
    populations = permission_set.populations
    if populations.get("pupils", "") in EVERYBODY:
        yield "does not say which pupils it asks about"
    if populations.get("leavers", NOT_ASKED) != NOT_ASKED:
        yield "also asks about pupils who left"
