"""VC16: what was to be looked at again was."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "VC16",
    "review-overdue",
    Severity.WARNING,
    needs=(Input.AUTHORISATION,),
    law=("UK GDPR 5(2)", "UK GDPR 24"),
)
def review_overdue(case: Case) -> Iterator[Hit]:
    """The day on which the school meant to review its authorisation has passed.

    Why:
        What was right when it was decided may not be so a year later, and the school has to be able to show that it
        looked.
    Example:
        "review_on: 2026-09-01", and the audit is made on 23 November 2026.
    Instead:
        Have the school review the authorisation and set the next day.
    Silent when:
        - The day of the audit is not after the review, whenever the program really runs.
        - No day is given (review_on).
    """
    authorisation = given(case.declarations.authorisation)
    if authorisation.review_on and authorisation.review_on < case.today:
        yield Hit(
            message=f"The authorisation of {authorisation.school.name} was to be reviewed on "
            f"{authorisation.review_on.isoformat()}.",
            place=authorisation.place,
            fix="Have the school review it and set the next day.",
        )
