"""Which groups carry an earlier academic year (RULES.md DA37). Column: the academic year."""

from __future__ import annotations

import datetime as dt

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row
from compliance.inventory.values import academic_year_of, is_set
from compliance.model.periods import academic_year

ROLLOVER = ((7, 15), (9, 30))
"""First and last month and day of the weeks in which one year's groups give way to the next."""


def past_year(_plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the group's year is over; groups kept as history, and the weeks of rollover, are left out."""
    today = whole.at.date()
    rolling_over = is_rollover(today)

    def ask(row: Row) -> Answer | None:
        (value,) = row.values
        year = academic_year_of(value)
        if year is None or rolling_over or is_set(row.hold):
            return None
        return Answer(digest(row.place)) if year < academic_year(today) else NO

    return ask


def is_rollover(day: dt.date) -> bool:
    """Whether one year's groups give way to the next in these weeks."""
    first, last = ROLLOVER
    return first <= (day.month, day.day) <= last
