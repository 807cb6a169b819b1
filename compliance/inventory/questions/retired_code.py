"""Which rows still hold a code that is retired (RULES.md DA06). Column: the code."""

from __future__ import annotations

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import is_set, key_of


def retired_code(plan: MeasurePlan, _whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the code is one of the plan's; rows that are kept as history are left out."""
    retired = frozenset(map(key_of, plan.codes))

    yes = alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        code = key_of(row.values[0])
        if not code or is_set(row.hold):
            return None
        return yes if code in retired else NO

    return ask
