"""DA17: a date of birth stays in its own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, first_row, place_of
from compliance.rules.wording import counted, listed


@rule(
    "DA17",
    "dob-leak",
    Severity.INFO,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(c)",),
)
def dob_leak(case: Case) -> Iterator[Hit]:
    """The date of birth of a row's person stands in one of the row's texts as well.

    Why:
        A text is shown to more people than the column of birth dates, and is searched and copied. With a name, the
        date of birth is what most systems ask to prove who somebody is.
    Example:
        "Born 04/05/2016, moved here in June" in the column "notes".
    Instead:
        Take the date out of the text; the row has it already.
    Silent when:
        - The date in the text is another one, such as that of an event.
        - The text is no free text: its data item says that nobody writes sentences into it.
        - The dataset keeps no date of birth that it could be compared with.
    """
    stored_fields = case.declarations.stored_fields
    for key, measure in answers(given(case.store), "birth_date_in_text"):
        rows = sum(measure.keys.values())
        if rows:
            fields = [FieldPath(key.dataset, field) for field in key.basis.split("+")]
            yield Hit(
                message=f"The pupil's own date of birth stands in {listed(map(str, fields), 'or')} in "
                f"{counted(rows, 'row')}.",
                path=fields[0],
                place=place_of(fields[0], stored_fields),
                evidence={"dataset": key.dataset, "basis": key.basis, "rows": rows, **first_row(measure.first_row)},
                fix="Take the date out of the text; the row has it already.",
            )
