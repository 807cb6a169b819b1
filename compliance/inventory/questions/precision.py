"""What is told more exactly than it is declared to be (RULES.md DA47). Column: a day, or a postcode."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import date_of, key_of

_SECTOR = re.compile(r"[a-z]{1,2}[0-9][0-9a-z]? ?[0-9]")
_WHOLE_POSTCODE = re.compile(rf"{_SECTOR.pattern}[a-z]{{2}}")
_DISTRICT = re.compile(r"[a-z]{1,2}[0-9][0-9a-z]?")
_YEAR_AND_MONTH = re.compile(r"[0-9]{4}-(?:0[2-9]|1[0-2])")


def _tells_the_day(value: object) -> bool:
    day = date_of(value)
    return day is not None and day.day != 1


def _tells_the_month(value: object) -> bool:
    day = date_of(value)
    return (day is not None and (day.month, day.day) != (1, 1)) or bool(_YEAR_AND_MONTH.fullmatch(key_of(value)))


def _fits_one_of(*shapes: re.Pattern[str]) -> Callable[[object], bool]:
    def fits(value: object) -> bool:
        text = key_of(value)
        return any(shape.fullmatch(text) for shape in shapes)

    return fits


FINER: Mapping[str, Callable[[object], bool]] = {
    "month": _tells_the_day,
    "year": _tells_the_month,
    "sector": _fits_one_of(_WHOLE_POSTCODE),
    "district": _fits_one_of(_WHOLE_POSTCODE, _SECTOR),
    "area": _fits_one_of(_WHOLE_POSTCODE, _SECTOR, _DISTRICT),
}
"""Word for how exact a value may be to whether a value is more exact. The first of a month, or of a year, is taken for
the month or the year itself."""


def too_precise(plan: MeasurePlan, _whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the value says more than the plan's precision.

    Raises ``ValueError`` when nobody can tell of that precision.
    """
    if plan.precision not in FINER:
        raise ValueError(f"a question about precision needs one of {', '.join(FINER)}")
    is_finer = FINER[plan.precision]

    yes = alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        (value,) = row.values
        if not key_of(value):
            return None
        return yes if is_finer(value) else NO

    return ask
