"""SF04: an end that can be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Retention
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "SF04",
    "retention-not-computable",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(e)", "UK GDPR 30(1)(f)"),
)
def retention_not_computable(case: Case) -> Iterator[Hit]:
    """A retention has no period, or a period that does not say from which event it counts.

    Why:
        Nobody can tell on which day data has to go, so no program can erase it and no audit can find it overdue.
    Example:
        "period: P30D" without a "trigger".
    Instead:
        Give both: how long (an ISO 8601 period such as P30D), and from which event (such as roll.leaving_date).
    Silent when:
        - No period is possible: the retention gives criteria in its place, and how often they are looked at again.
    """
    stored_fields = given(case.declarations.stored_fields)
    for retention in stored_fields.retentions.values():
        lack = _lack(retention)
        if lack:
            kept = sum(stored.retention == retention for stored in stored_fields.fields)
            yield Hit(
                message=f"The retention {retention.id} {lack}, so nobody can work out when data has to go.",
                place=retention.place,
                evidence={"retention": retention.id, "fields": kept},
                fix="Give it a period such as P30D, and as its trigger the event from which the period counts.",
            )


def _lack(retention: Retention) -> str:
    if retention.period is None:
        return "" if retention.criteria and retention.review else "has no period"
    return "" if retention.trigger else "does not say from which event its period counts"
