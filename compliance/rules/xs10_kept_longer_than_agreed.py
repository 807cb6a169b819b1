"""XS10: nothing is kept longer than the contract says."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Retention
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.periods import is_longer
from compliance.rules.base import Case, given, rule

BY_LAW = "law"


@rule(
    "XS10",
    "retention-vs-contract",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.ORGANISATION),
    law=("UK GDPR 28(3)(g)", "UK GDPR 5(1)(e)"),
)
def kept_longer_than_agreed(case: Case) -> Iterator[Hit]:
    """A retention is longer than the period that the schedule of the contract gives it.

    Why:
        How long is the school's instruction. A processor that keeps data longer keeps it for itself.
    Example:
        "period: P90D" for "pupil-leaver", and "contract_schedule: {retentions: {pupil-leaver: P30D}}".
    Instead:
        Shorten the retention to what was agreed, or agree another period with the school.
    Silent when:
        - A law asks for the longer period, and the retention names it (set_by, authority).
        - The retention is as long as was agreed, or shorter.
        - The schedule gives it no period: then it is a warning that asks for one.
        - No schedule is declared at all (XS09 asks for it).
    """
    schedule = given(case.declarations.organisation).contract_schedule
    for retention in given(case.declarations.stored_fields).retentions.values() if schedule else ():
        agreed = schedule.retentions.get(retention.id) if schedule else None
        if retention.period is None or _is_lawful_duty(retention):
            continue
        if agreed is None:
            yield Hit(
                message=f"The schedule of the contract gives the retention {retention.id} no period.",
                place=retention.place,
                strength=Strength.WEAK,
                evidence={"retention": retention.id},
                fix="Agree one, and list it under contract_schedule: retentions.",
            )
        elif is_longer(retention.period, agreed):
            yield Hit(
                message=f"The retention {retention.id} lasts {retention.period}; the contract allows {agreed}.",
                place=retention.place,
                evidence={"retention": retention.id, "agreed": agreed},
                fix=f"Shorten it to {agreed}, or agree another period with the school.",
            )


def _is_lawful_duty(retention: Retention) -> bool:
    return retention.set_by == BY_LAW and bool(retention.authority)
