"""Whose unique pupil number is still a temporary one (RULES.md DA22). Columns: the number, the day of joining."""

from __future__ import annotations

from compliance.inventory.detectors.upn import WHOLE
from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import date_of, text_of
from compliance.model.periods import Period, add

TERM = Period(months=4)
"""A term and the holidays after it: the longest, that of autumn, lasts from September to the end of December."""


def temporary_upn(plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the number ends with a letter, as temporary ones do, although the pupil joined over a term ago."""
    today = whole.at.date()

    yes = alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        upn, joined = row.values
        number, day = text_of(upn), date_of(joined)
        if day is None or not WHOLE.fullmatch(number):
            return None
        return yes if number[-1].isalpha() and add(day, TERM) < today else NO

    return ask
