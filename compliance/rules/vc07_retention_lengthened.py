"""VC07: nothing is kept longer than a school was told."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Retention
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.periods import is_longer
from compliance.rules.base import Case, given, rule
from compliance.rules.versions import AUTHORISE, is_authorised
from compliance.rules.wording import counted


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
    if is_authorised(case):
        return
    before = {stored.path: stored.retention for stored in given(case.declarations.previous_stored_fields).fields}
    pairs: dict[tuple[str, str], tuple[Retention, Retention, int]] = {}
    for stored in given(case.declarations.stored_fields).fields:
        now, earlier = stored.retention, before.get(stored.path)
        if now and earlier:
            *_, fields = pairs.get((earlier.id, now.id), (earlier, now, 0))
            pairs[earlier.id, now.id] = earlier, now, fields + 1
    for earlier, now, fields in pairs.values():
        changed, strength = _change(earlier, now)
        if changed:
            yield Hit(
                message=f"{counted(fields, 'field')} kept by the retention {now.id}: {changed}.",
                place=now.place,
                strength=strength,
                evidence={"retention": now.id, "fields": fields},
                fix=f"Keep to the earlier period. {AUTHORISE}",
            )


def _change(earlier: Retention, now: Retention) -> tuple[str, Strength]:
    """Say how the time changed, and how much that matters; nothing when it did not."""
    if earlier.trigger != now.trigger:
        return f"the time counted from {earlier.trigger or 'nothing'} and now from {now.trigger or 'nothing'}", _FIRM
    if earlier.period == now.period:
        return "", _FIRM
    if now.period is None or earlier.period is None:
        return f"the period was {earlier.period or 'open'} and is now {now.period or 'open'}", _FIRM
    strength = _FIRM if is_longer(now.period, earlier.period) else Strength.NOTE
    return f"the period was {earlier.period} and is now {now.period}", strength


_FIRM = Strength.FIRM
