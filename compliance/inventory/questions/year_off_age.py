"""Whose year group is two years or more from that of their age (RULES.md DA36). Columns: year group, date of birth."""

from __future__ import annotations

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row
from compliance.inventory.values import date_of, year_group_of
from compliance.model.periods import academic_year

COMPULSORY = {str(year): year for year in range(1, 12)}
"""Reception, nursery and the years after 11 hold pupils of many ages."""
AGE_BEFORE_YEAR_1 = 4
"""A pupil of Year 1 was 5 on the 31 August before."""
AUGUST = 8
"""The month in which systems roll over to the next year."""
FAR = 2


def year_off_age(_plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether year group and age are far apart; in August nobody is asked."""
    today = whole.at.date()
    autumn = academic_year(today)

    def ask(row: Row) -> Answer | None:
        year_group, birth_date = row.values
        year, born = COMPULSORY.get(year_group_of(year_group)), date_of(birth_date)
        if year is None or born is None or today.month == AUGUST:
            return None
        age = autumn - born.year - (born.month > AUGUST)
        return Answer(digest(row.place)) if abs(year + AGE_BEFORE_YEAR_1 - age) >= FAR else NO

    return ask
