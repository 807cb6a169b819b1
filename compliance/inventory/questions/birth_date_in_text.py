"""In whose texts their own date of birth stands (RULES.md DA17). Columns: the date of birth, then the texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import NO, Answer, Question, Row, alike
from compliance.inventory.values import date_of, text_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = re.compile(
    r"(?<![0-9])(?:"
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"
    r"|(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4}|[0-9]{2})"
    r"|(?P<of>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)? {1,3}"
    rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}[.]?,? {{1,3}}(?P<in>[0-9]{{4}})"
    r")(?![0-9])"
)
_CENTURY = 100


def birth_date_in_text(plan: MeasurePlan, _whole: InventoryPlan, digest: Digester) -> Question:
    """Ask whether one of the texts holds the day on which the row's person was born, however it is written."""
    yes = alike(plan, digest)

    def ask(row: Row) -> Answer | None:
        birth_date, *values = row.values
        born, texts = date_of(birth_date), list(filter(None, map(text_of, values)))
        if born is None or not texts:
            return None
        return yes if any(born in set(_days(text, born)) for text in texts) else NO

    return ask


def _days(text: str, born: dt.date) -> Iterator[dt.date]:
    """Yield every day that is written in ``text``; a year of two digits is taken for one of the century of birth."""
    for match in _DAYS.finditer(text.casefold()):
        year = int(match["y"] or match["year"] or match["in"])
        month = _MONTHS.index(match["name"]) + 1 if match["name"] else int(match["m"] or match["month"])
        day = int(match["d"] or match["day"] or match["of"])
        if year < _CENTURY:
            year += born.year - born.year % _CENTURY
        try:
            yield dt.date(year, month, day)
        except ValueError:
            continue
