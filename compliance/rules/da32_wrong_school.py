"""DA32: each school sees its own."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, first_row, place_of
from compliance.rules.wording import counted


@rule(
    "DA32",
    "wrong-school",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.AUTHORISATION, Input.STORE),
    law=("UK GDPR 5(1)(f)", "UK GDPR 32"),
    waiver_needs_end=True,
)
def wrong_school(case: Case) -> Iterator[Hit]:
    """A row in this school's store carries the number of another school.

    Why:
        Two schools' data in one place is one slip away from being shown to the wrong people. If that happened,
        the supplier has to tell the schools without undue delay (Article 33(2)), and each school decides what
        it has to report.
    Example:
        The authorisation is of the school 1234567; a row of "pupil" carries 1234568.
    Instead:
        Find out how the row came there and whether anybody saw it. Move it to its own school's store.
    Silent when:
        - The other number is one of the same school's own, such as the one from before it became an academy
          (also_known_as).
        - The app serves a trust or a pupil of two schools, and the authorisation lists the other school's number as
          one that it speaks for (also_known_as).
    """
    for key, measure in answers(given(case.store), "other_school"):
        rows, schools = sum(measure.keys.values()), len(measure.keys)
        if rows:
            path = FieldPath(key.dataset, key.basis)
            yield Hit(
                message=f"{counted(rows, 'row')} of {key.dataset} {'belongs' if rows == 1 else 'belong'} to "
                f"{counted(schools, 'other school')}.",
                path=path,
                place=place_of(path, case.declarations.stored_fields),
                evidence={"dataset": key.dataset, "rows": rows, "schools": schools, **first_row(measure.first_row)},
                fix="Find out how they came there and who saw them, and move them to their own school's store.",
            )
