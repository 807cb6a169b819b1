"""Whose account goes on after they left (RULES.md DA38). Columns: day of leaving, whether it is active, until when."""

from __future__ import annotations

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import MISSING, date_of, is_set, text_of

CLOSED = frozenset({"inactive", "disabled", "suspended", "closed", "locked", "archived", "deleted", "left"})
"""Words by which systems say that an account may not be used."""


def account_of_leaver(plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the account may be used although the day of leaving is over.

    Somebody from outside may use it until the day that is set for them, whatever the day of leaving.
    """
    today = whole.at.date()

    yes = alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        left_on, active, until = row.values
        day, last = date_of(left_on), date_of(until)
        if active is MISSING or (day is None and (left_on is MISSING or text_of(left_on))):
            return None
        may_be_used = is_set(active) and text_of(active).casefold() not in CLOSED
        has_left = day is not None and day < today and not (last and last >= today)
        return yes if may_be_used and has_left else NO

    return ask
