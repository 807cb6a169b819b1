"""DA39: pupils are of the ages that the school teaches."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import rows_met

ANY_AGE = ("special", "nursery", "sixth form")
"""Words in the kind or the phase of schools in which ages say little."""


@rule(
    "DA39",
    "age-out-of-range",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.AUTHORISATION, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def age_out_of_range(case: Case) -> Iterator[Hit]:
    """A pupil is more than two years younger or older than the school's statutory ages.

    Why:
        It is a slip in the date of birth, a pupil who left years ago, or an adult among the children. Whatever is
        worked out from the age is wrong.
    Example:
        The school teaches ages 4 to 11; a pupil is 27.
    Instead:
        Compare the date of birth with the school's system, and find out who the person is.
    Silent when:
        - The school is a special school, a nursery school or a sixth form.
        - The rows are about staff or contacts.
        - The pupil is not born yet, as in a list of admissions to come.
        - The authorisation does not give the school's ages (lowest_age, highest_age).
    """
    authorisation = case.declarations.authorisation
    sort = f"{authorisation.school.kind} {authorisation.school.phase}".casefold() if authorisation else ""
    if any(word in sort for word in ANY_AGE):
        return
    for met in rows_met(case, "age_out_of_range"):
        is_one = met.rows == 1
        yield met.hit(
            f"{met.counted} {'is' if is_one else 'are'} about {'a pupil' if is_one else 'pupils'} more than two years "
            "from the ages that the school teaches.",
            fix="Compare the dates of birth with the school's system.",
        )
