"""Who and what is here: people, people in their year groups, groups, and whoever is here twice."""

from __future__ import annotations

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import Answer, Question, Row, together
from compliance.inventory.values import is_set, year_group_of


def present(_plan: MeasurePlan, _whole: InventoryPlan, digest: Digester) -> Question:
    """Who is here, by person key or by the name of a group, and who is here twice.

    A record that is on hold is left out: it waits to be merged, or is kept as history only.
    """

    def ask(row: Row) -> Answer | None:
        return None if is_set(row.hold) else together(row.values, digest)

    return ask


def person_year(_plan: MeasurePlan, _whole: InventoryPlan, digest: Digester) -> Question:
    """Who is here in which year group. Columns: person key, year group."""

    def ask(row: Row) -> Answer | None:
        key, year = row.values
        return together((key, year_group_of(year)), digest)

    return ask
