"""DA05: codes come from the set that is declared."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import FoundField, found_fields
from compliance.rules.wording import counted


@rule(
    "DA05",
    "code-outside-set",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(d)",),
)
def code_outside_set(case: Case) -> Iterator[Hit]:
    """A field holds a value that is no code of the set that it is declared to hold.

    Why:
        A code that nobody knows is shown wrongly, counted wrongly or lost. It may also be a remark that was typed where
        a code belongs.
    Example:
        "XXXX" in the column "ethnicity".
    Instead:
        Correct the code where it comes from, or declare the code set, and its version, that is really in use.
    Silent when:
        - The code is written in another case or with blanks around it.
        - The field is empty.
        - The field is filled with codes of another set (DA20 looks at those when they tell something private).
    """
    sets = case.declarations.vocabulary.code_sets
    for found in found_fields(case):
        if found.code_set not in sets:
            continue
        outside = found.profile.filled - _rows(found, found.code_set)
        if outside > 0 and all(_rows(found, each) <= _rows(found, found.code_set) for each in sets):
            yield found.hit(
                f"{found.name} holds something in {counted(outside, 'row')} that is no code of "
                f'"{sets[found.code_set].label}".',
                {"code_set": found.code_set, "rows": outside},
                fix="Correct the code where it comes from, or declare the code set that is really in use.",
            )


def _rows(found: FoundField, code_set: str) -> int:
    """Count the rows that hold a code of the set."""
    hits = found.profile.code_sets.get(code_set)
    return hits.rows if hits else 0
