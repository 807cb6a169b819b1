"""SF24: a risk to children is assessed before."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.permission_sets import BY_PROGRAM
from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import DataClass, Subject
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

ENOUGH = 2
"""So many criteria ask for an assessment, by a rule of thumb of the European regulators."""


@rule(
    "SF24",
    "dpia-trigger-no-dpia",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.ORGANISATION),
    law=("UK GDPR 35", "ICO, When do we need to do a DPIA?"),
)
def dpia_missing(case: Case) -> Iterator[Hit]:
    """Two or more criteria for an impact assessment are met, and none is named.

    Why:
        An assessment asks what can happen to a child before it happens. Children's data counts as one criterion, so
        one more is enough. Whether the assessment is any good is for people to say.
    Example:
        The app asks for "Students.Ethnicity", and the organisation has no "dpia".
    Instead:
        Make the assessment and name it, its day and its review under "dpia".
    Silent when:
        - An assessment is named (dpia).
        - The data protection officer signed that none is needed, with the reason (dpia_screening).
        - Fewer than two criteria are met.
    """
    organisation = given(case.declarations.organisation)
    screening = organisation.dpia_screening
    criteria = tuple(dict.fromkeys(_criteria(case)))
    is_settled = organisation.dpia or (screening.not_needed and screening.signed_by)
    if len(criteria) >= ENOUGH and not is_settled:
        yield Hit(
            message=f"{organisation.name} names no impact assessment, although {len(criteria)} criteria are met: "
            f"{listed(criteria)}.",
            place=organisation.place,
            evidence={"criteria": len(criteria)},
            fix="Make the assessment and name it under dpia, or have the data protection officer sign under "
            "dpia_screening why none is needed.",
        )


def _criteria(case: Case) -> Iterator[str]:
    """Yield the criteria that the declarations show, then those that somebody declared."""
    permission_set, organisation = given(case.declarations.permission_set), given(case.declarations.organisation)
    asked = tuple(asked_fields(case.declarations, permission_set))
    purposes = permission_set.purposes.values()
    if any(Subject.PUPIL in scope.subjects for scope in permission_set.scopes):
        yield "children"
    if any(each.data_class in {DataClass.SPECIAL, DataClass.CRIMINAL} for each in asked):
        yield "special category or criminal offence data"
    if organisation.automated_decisions or any(each.kind in BY_PROGRAM for each in purposes):
        yield "profiling"
    if organisation.trains_ai:
        yield "innovative technology"
    if any(each.field.biometric for each in asked):
        yield "biometrics"
    yield from (criterion.replace("_", " ") for criterion in organisation.dpia_screening.criteria)
