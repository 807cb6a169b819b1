"""DA35: what hangs on a person is erased with the person."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, rule
from compliance.rules.orphans import orphans
from compliance.rules.wording import counted, listed


@rule(
    "DA35",
    "orphan-activity",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 17", "UK GDPR 5(1)(e)"),
)
def orphan_activity(case: Case) -> Iterator[Hit]:
    """Marks, answers, messages or other rows belong to a person who is not in the store any more.

    Why:
        Erasing a person means all of it. What is left behind is found by no search for the person, and often still
        tells who it was.
    Example:
        "survey_answer" belongs to "pupil.id"; 340 rows name a pupil who was erased.
    Instead:
        Erase what hangs on a person together with the person; a foreign key that cascades does it by itself.
    Silent when:
        - The row names nobody: what ties it to a person was taken out when it was made anonymous.
        - A legal hold is set on the row.
        - The dataset to which the rows belong was not looked at, or not to its end.
        - The rows are about contacts: that is DA34.
    """
    for each in orphans(case):
        if each.dataset.subject is not Subject.CONTACT:
            yield Hit(
                message=f"{counted(each.rows, 'row')} of {each.dataset.name} "
                f"{'belongs' if each.rows == 1 else 'belong'} "
                f"to nobody in {listed(map(str, each.found_in), 'or')}.",
                path=each.path,
                place=each.dataset.place,
                evidence={"dataset": each.dataset.name, "rows": each.rows, "owners": each.owners},
                fix="Erase these rows, and erase what hangs on a person together with the person from now on.",
            )
