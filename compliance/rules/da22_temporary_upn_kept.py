"""DA22: a temporary pupil number gives way to a permanent one."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import is_in_england, rows_met
from compliance.rules.wording import counted


@rule(
    "DA22",
    "temporary-upn-kept",
    Severity.INFO,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def temporary_upn_kept(case: Case) -> Iterator[Hit]:
    """A pupil who joined over a term ago still has a temporary pupil number, which ends with a letter.

    Why:
        The permanent number ties a child's records together. As long as only a temporary one is known, what belongs
        to the child is taken for somebody else's.
    Example:
        "X00180001701A" in November, of a pupil who joined in September of the year before.
    Instead:
        Have the school put in the permanent number; the app takes it from there.
    Silent when:
        - The pupil joined in this term, or nothing says when.
        - The school is outside of England: its URN does not begin with 1.
        - The number is a permanent one, which ends with a digit.
    """
    for met in rows_met(case, "temporary_upn") if is_in_england(case) else ():
        yield met.hit(
            f"{met.name} holds a temporary number in {counted(met.rows, 'row')} of pupils who joined over a term ago.",
            fix="Have the school put in the permanent number.",
        )
