"""Whose school is another one (RULES.md DA32). Column: the school's number."""

from __future__ import annotations

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row
from compliance.inventory.values import school_number_of


def other_school(plan: MeasurePlan, _whole: InventoryPlan, digest: Digester) -> Question:
    """Ask for the number of a school that is none of the plan's own."""
    own = frozenset(map(school_number_of, plan.own))

    def ask(row: Row) -> Answer | None:
        (value,) = row.values
        number = school_number_of(value)
        if not number:
            return None
        return NO if number in own else Answer(digest(number))

    return ask
