"""DA33: nobody is there twice."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, place_of
from compliance.rules.wording import counted, listed


@rule(
    "DA33",
    "duplicate-person",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def duplicate_person(case: Case) -> Iterator[Hit]:
    """Two rows of a dataset stand for the same person.

    Why:
        A correction or an erasure reaches one of the two, and the other goes on being used. Answers and results end
        up with half a pupil.
    Example:
        Two rows share a UPN; or a name, a date of birth and a school.
    Instead:
        Merge the two, and find out why the sync did not recognise the person.
    Silent when:
        - They are twins: the same surname and date of birth, and another forename.
        - The two records wait to be merged, and the declared column says so (merge_pending).
    """
    for key, measure in answers(given(case.store), "duplicate"):
        people = sum(count > 1 for count in measure.keys.values())
        if people:
            path = FieldPath(key.dataset)
            rows = sum(count for count in measure.keys.values() if count > 1)
            yield Hit(
                message=f"{key.dataset} holds {counted(people, 'person', 'people')} more than once: "
                f"{counted(rows, 'row')} agree in {listed(key.basis.split('+'))}.",
                path=path,
                place=place_of(path, case.declarations.stored_fields),
                evidence={"dataset": key.dataset, "basis": key.basis, "people": people, "rows": rows},
                fix="Merge the rows, and find out why the sync did not recognise the person.",
            )
