"""Whose retention has ended (RULES.md DA30 and DA45, LAW.md 8.4). Column: the day from which it counts."""

from __future__ import annotations

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row
from compliance.inventory.values import MISSING, date_of, is_set, text_of
from compliance.model.periods import expiry

ENROLLED = frozenset({"c", "s", "m", "g"})
"""Statuses of pupils who are here, if only beside another school or as guests: a leaving date there says nothing."""


def leaver(plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the last day on which the record may be kept is over. Without a day of leaving nobody has left.

    The same is asked of a row that was written on a day (``old_record``), which has no enrolment status.

    Raises ``ValueError`` when the plan has no retention.
    """
    if plan.retention is None:
        raise ValueError("a question about leavers needs a retention")
    retention, today = plan.retention, whole.at.date()

    def ask(row: Row) -> Answer | None:
        (left_on,) = row.values
        day = date_of(left_on)
        if day is None:
            return None if left_on is MISSING or text_of(left_on) else NO
        stays = is_set(row.hold) or text_of(row.status).casefold() in ENROLLED
        return NO if stays or today <= expiry(day, retention) else Answer(digest(row.place))

    return ask
