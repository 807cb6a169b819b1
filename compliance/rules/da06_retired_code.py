"""DA06: codes that nobody uses any more are gone."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import found_fields, holds_codes, is_in_england, rows_met
from compliance.rules.wording import counted


@rule(
    "DA06",
    "retired-code",
    Severity.INFO,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def retired_code(case: Case) -> Iterator[Hit]:
    """A coded field holds a code that is retired.

    Why:
        A retired code was set years ago and nobody has looked at it since. It may say of a child what is no longer
        so.
    Example:
        "sen_status" holds S, A or P, which gave way to K and E in England.
    Instead:
        Have the school look at these pupils' records; its system gives the code that holds today.
    Silent when:
        - The school is outside of England, where other codes hold: its URN does not begin with 1.
        - The row is kept as history, and the declared column says so (historic).
        - The field holds words, or a yes or no, and no codes.
    """
    coded = {
        found.path
        for found in found_fields(case)
        if found.side == "store" and found.code_set and holds_codes(found, found.code_set)
    }
    for met in rows_met(case, "retired_code") if is_in_england(case) else ():
        if met.path in coded:
            yield met.hit(
                f"{met.name} holds a retired code in {counted(met.rows, 'row')}.",
                fix="Have the school look at these records.",
            )
