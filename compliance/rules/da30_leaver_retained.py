"""DA30: who has left is forgotten in time."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, first_row, place_of
from compliance.rules.wording import counted


@rule(
    "DA30",
    "leaver-retained",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(e)", "UK GDPR 28(3)(g)"),
)
def leaver_retained(case: Case) -> Iterator[Hit]:
    """A person who left is still in the store, although period and grace of the retention are over.

    Why:
        The declaration sets a period. What is kept longer is outside it, and goes on growing year by year.
    Example:
        A pupil left on 22 July; the retention is 30 days and 7 days' grace; on 23 November the row is still there.
    Instead:
        Erase what is overdue and find out why the erasure did not run. Tell the school when that was done.
    Silent when:
        - The person is enrolled at two schools, or is a guest (enrolment status M, S or G).
        - The person has come back: the enrolment status is C, or the leaving date was cleared.
        - A legal hold is set on the row.
        - The use of the data is restricted under Article 18, and the same column says so.
        - The days of grace are not over.
        - The leaving date lies in the future.
    """
    for key, measure in answers(given(case.store), "leaver"):
        rows = sum(measure.keys.values())
        if rows:
            path = FieldPath(key.dataset, key.basis)
            yield Hit(
                message=f"{counted(rows, 'row')} of {key.dataset} {'is' if rows == 1 else 'are'} about people who left "
                "longer ago than the retention allows.",
                path=path,
                place=place_of(path, case.declarations.stored_fields),
                evidence={"dataset": key.dataset, "rows": rows, **first_row(measure.first_row)},
                fix="Erase these rows and what hangs on them, and find out why the erasure did not run.",
            )
