"""DA04: a value is what its field says it is."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import FoundField, found_fields, rows_met
from compliance.rules.wording import counted

CHECKED = {
    "nhs_number": "NHS number",
    "uln": "unique learner number",
    "ni_number": "National Insurance number",
    "email": "e-mail address",
}
"""Formats that every right value keeps to, and what the value is called. A telephone number or a postcode may be one
from abroad; pupil numbers are those of DA21."""
TEN_DIGITS = frozenset({"nhs_number", "uln"})
"""Of these, what is no number at all is not counted: nobody can tell a slip from a number that stands for none."""


@rule(
    "DA04",
    "type-or-format",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def type_or_format(case: Case) -> Iterator[Hit]:
    """A field holds something that does not have the declared shape: no day, no e-mail address, no such number.

    Why:
        What is in the wrong column is neither found nor erased, and a retention that counts from a day that is none
        never ends.
    Example:
        "left_on" is a day; two rows hold "last summer", and one holds 30 February.
    Instead:
        Correct the value in the school's system, or find out which import fills the column with something else.
    Silent when:
        - The field is empty.
        - The value stands for "not known" or "until further notice": 1900-01-01, 9999-12-31, or ten digits that
          are all the same.
        - It is a day in another spelling, such as 4 May 2016 or 2016-05.
        - It is a telephone number or a postcode: those from abroad have other shapes.
        - It is a day in a table that is no list of people (name_columns), and nothing is declared to hang on it.
    """
    for met in rows_met(case, "no_day"):
        yield met.hit(
            f"{met.name} holds something in {counted(met.rows, 'row')} that is no day, or one that cannot be.",
            fix="Correct it in the school's system, or find out what fills the column.",
        )
    for found in found_fields(case):
        what = CHECKED.get(found.format or "")
        if found.side != "store" or what is None:
            continue
        if (wrong := _wrong(found)) > 0:
            yield found.hit(
                f"{found.name} holds something in {counted(wrong, 'row')} that is no {what}.",
                {"rows": wrong},
                fix="Correct it in the school's system, or find out what fills the column.",
            )


def _wrong(found: FoundField) -> int:
    """Count the rows whose value is not of the field's format."""
    met = found.profile.detections.get(found.format or "")
    if found.format in TEN_DIGITS:
        return met.near if met else 0
    return found.profile.filled - (met.matches + met.reserved if met else 0)
