"""VC07: nothing is kept longer than a school was told."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind, Sign
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, rule
from compliance.rules.versions import AUTHORISE, changes_of_keeping


@rule(
    "VC07",
    "retention-lengthened",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.OLD_STORED_FIELDS),
    law=("UK GDPR 5(1)(e)", "UK GDPR 13(2)(a)"),
)
def retention_lengthened(case: Case) -> Iterator[Hit]:
    """Fields are kept longer than before, or the time counts from another event, or no longer ends.

    Why:
        A school agreed to a period and told parents of it. Which of two events comes later no program can tell, so a
        new one is shown as well.
    Example:
        "period: P30D" in the earlier file, "period: P1Y" in this one.
    Instead:
        Keep to the earlier period, or have the school authorise the new version.
    Silent when:
        - The school has authorised the new version.
        - The period became shorter: then it is only worth knowing.
    """
    for change in changes_of_keeping(case, Kind.RETENTION_LONGER, Kind.RETENTION_OTHER, Kind.RETENTION_SHORTER):
        strength = Strength.FIRM if change.sign is Sign.BREAKING else Strength.NOTE
        yield change.hit(strength=strength, fix=f"Keep to the earlier period. {AUTHORISE}")
