"""SF05: an end that comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.declarations import Retention
from compliance.model.findings import Hit, Input, Severity
from compliance.model.periods import Period
from compliance.rules.base import Case, given, rule

LONGEST_YEARS = 100
_ENDLESS = re.compile(
    r"\b(indefinite(ly)?|permanent(ly)?|for ?ever|(for )?as long as (is |it is )?(necessary|needed|required))\b",
    re.IGNORECASE,
)


@rule(
    "SF05",
    "retention-indefinite",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(e)", "ICO, Edtech examined (2026)"),
)
def retention_indefinite(case: Case) -> Iterator[Hit]:
    """A retention lasts more than 100 years, or its criteria fit any length of time.

    Why:
        "As long as necessary" is what the law says; it does not tell a parent when the data goes, and no program can
        carry it out.
    Example:
        "criteria: Kept for as long as necessary."
    Instead:
        Give a period and the event from which it counts, or criteria that somebody can check on a day.
    Silent when:
        - The school or the law keeps it as an archive in the public interest, and the authority says so.
    """
    for retention in given(case.declarations.stored_fields).retentions.values():
        endless = _endless(retention)
        if endless and not _is_archive(retention):
            yield Hit(
                message=f"The retention {retention.id} {endless}.",
                place=retention.place,
                evidence={"retention": retention.id},
                fix="Give a period and the event from which it counts, or criteria that can be checked on a day.",
            )


def _endless(retention: Retention) -> str:
    words = _ENDLESS.search(retention.criteria)
    if words:
        return f'says "{words[0]}", which fits any length of time'
    is_long = retention.period is not None and Period.parse(retention.period).years > LONGEST_YEARS
    return f"lasts more than {LONGEST_YEARS} years" if is_long else ""


def _is_archive(retention: Retention) -> bool:
    return retention.set_by in {"school", "law"} and "archiv" in retention.authority.casefold()
