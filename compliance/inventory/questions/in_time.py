"""Whether a dataset was synced in time (RULES.md DA41). Column: the day on which the row last came."""

from __future__ import annotations

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import date_of
from compliance.model.periods import Period, add


def in_time(plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the row came so lately that the next sync is not yet due."""
    today, within, yes = whole.at.date(), Period.parse(plan.within), alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        day = date_of(row.values[0])
        if day is None:
            return None
        return yes if add(day, within) >= today else NO

    return ask
