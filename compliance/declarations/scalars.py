"""What is written as text and means more: dates, periods, field paths. The schemas name these formats."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from compliance.declarations.yaml_nodes import BareDate
from compliance.model.paths import FieldPath
from compliance.model.periods import Period

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def path_below(dataset: str, name: str) -> FieldPath:
    """Return the path of a dataset's field; ``name`` is a column or the text of a path below one.

    Raises ``ValueError`` when ``name`` is no such text.
    """
    return FieldPath(dataset, FieldPath.parse(f"x.{name}").field)


def _is_date(text: str) -> bool:
    """Whether the text is a day of the calendar, and was written in quotes."""
    if isinstance(text, BareDate) or not _DATE.fullmatch(text):
        return False
    return _reads(dt.date.fromisoformat, text)


def _is_field_name(text: str) -> bool:
    return bool(text) and _reads(lambda name: path_below("x", name), text)


def _reads(read: Callable[[str], object], text: str) -> bool:
    """Whether ``read`` takes the text."""
    try:
        read(text)
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "period": lambda text: _reads(Period.parse, text),
    "field-path": lambda text: _reads(FieldPath.parse, text),
    "field-name": _is_field_name,
}
"""Name of a ``format`` in the schemas to its test."""
