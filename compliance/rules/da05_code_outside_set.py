"""DA05: a coded field holds codes that exist."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import FoundField, found_fields, holds_codes
from compliance.rules.wording import counted


@rule(
    "DA05",
    "code-outside-set",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(d)",),
)
def code_outside_set(case: Case) -> Iterator[Hit]:
    """A coded field holds something that is none of the codes of its set.

    Why:
        A code that nobody knows is shown as it stands, counted under nothing, or taken for another one. A wrong
        code of ethnicity or of special educational needs tells something about a child that is not so.
    Example:
        "sen_status" is declared to hold N, K and E; two rows hold Z.
    Instead:
        Correct the code in the school's system, or bring the list of codes up to date.
    Silent when:
        - The field holds the words that stand for the codes, or a yes or no, as many systems send: unless its own
          declaration names the set (code_set), a tenth of the rows must not be other than its codes.
        - The value was worked out from the code, so that it has codes of its own (transform).
        - The code differs in its case or in blanks only.
        - The field is empty.
    """
    side = "feed" if case.store is None else "store"
    for found in found_fields(case):
        code_set = case.declarations.vocabulary.code_sets.get(found.code_set) if found.code_set else None
        if found.side != side or code_set is None or not holds_codes(found, code_set.id):
            continue
        wrong = found.profile.filled - _fitting(found, code_set.id)
        if wrong > 0:
            yield found.hit(
                f"{found.name} holds something in {counted(wrong, 'row')} that is none of the codes of "
                f'"{code_set.label}".',
                {"code_set": code_set.id, "rows": wrong},
                fix="Correct it in the school's system, or bring the code set up to date.",
            )


def _fitting(found: FoundField, code_set: str) -> int:
    hits = found.profile.code_sets.get(code_set)
    return hits.rows if hits else 0
