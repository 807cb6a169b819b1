"""The words that messages are made of."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataItem


def named(item: DataItem | None, path: FieldPath) -> str:
    """Return ``Pupil premium (Students.PupilPremium)``, or the path alone when the field has no data item."""
    return f"{item.label} ({path})" if item else str(path)


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 row`` or ``25 rows``; ``many`` is for words that do not take an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str], conjunction: str = "and") -> str:
    """Return ``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last
