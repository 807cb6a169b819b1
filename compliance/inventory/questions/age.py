"""Who is far from the ages that the school teaches (RULES.md DA39). Column: the date of birth."""

from __future__ import annotations

import datetime as dt

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import date_of

FAR = 2
"""Years beyond the ages of the school within which a pupil may be held back or moved on."""


def age_out_of_range(plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the age in whole years lies more than two years outside of the plan's; nobody unborn is asked.

    Raises ``ValueError`` when the plan names no ages.
    """
    if plan.ages is None:
        raise ValueError("a question about ages needs those that the school teaches")
    lowest, highest = plan.ages
    today = whole.at.date()

    yes = alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        born = date_of(row.values[0])
        if born is None or born > today:
            return None
        return NO if lowest - FAR <= age_on(today, born) <= highest + FAR else yes

    return ask


def age_on(day: dt.date, born: dt.date) -> int:
    """Return the age in whole years; whoever was born on 29 February is a year older from 1 March on."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
