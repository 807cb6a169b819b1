"""What stands where a day should and is none (RULES.md DA04). Column: the day."""

from __future__ import annotations

import datetime as dt
import re

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import date_of, text_of

FIRST_YEAR, YEARS_AHEAD = 1900, 20
"""Days before and after are nobody's in a school."""
OPEN = frozenset({dt.date(1900, 1, 1), dt.date(9999, 12, 31)})
"""Days that stand for "not known" and "until further notice"."""

_OF_THE_CALENDAR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?: .*)?")
_OTHER_SPELLINGS = re.compile(
    r"[0-9]{4}(?:-[0-9]{2})?|[0-9]{6,14}"
    r"|[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[a-z]{3,9})[-/. ][0-9]{1,4}(?:[t ,].*)?"
    r"|[a-z]{3,9}\.? [0-9]{1,2},? [0-9]{4}",
    re.IGNORECASE,
)


def no_day(plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether the value is no day, or one that the calendar or a school does not have.

    Whatever is written as a day may be, in whichever of the usual ways, is given the benefit of the doubt.
    """
    latest = whole.at.year + YEARS_AHEAD

    yes = alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        (value,) = row.values
        day, text = date_of(value), text_of(value)
        if day:
            return NO if day in OPEN or FIRST_YEAR <= day.year <= latest else yes
        if not text or not isinstance(value, str):
            return None
        is_spelled = not _OF_THE_CALENDAR.fullmatch(text) and _OTHER_SPELLINGS.fullmatch(text)
        return NO if is_spelled else yes

    return ask
