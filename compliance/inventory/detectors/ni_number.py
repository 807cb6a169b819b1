"""National Insurance numbers (LAW.md 9; RULES.md DA13). They have no check digit: shape and prefix are all there is."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import (
    END,
    MATCH,
    RESERVED,
    START,
    Detector,
    Match,
    Sighting,
    Verdict,
    is_named,
    one_by_one,
)

EXAMPLE_PREFIX = "QQ"
"""Of HMRC's own example: no number is given out that begins with Q."""

_SHAPE = re.compile(r"(?<![\w/-])(?:[A-Z]{2}(?: ?[0-9]{2}){3} ?[A-D]|[a-z]{2}[0-9]{6}[a-d])(?![\w/-])")
_SIGN = f"{START}([A-Z]{{2}}( ?[0-9]{{2}}){{3}} ?[A-D]|[a-z]{{2}}[0-9]{{6}}[a-d]){END}"
_NEVER_GIVEN = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_ADMINISTRATIVE = frozenset({"CR", "FY", "MW", "NC", "PP", "PY", "PZ"})
"""Given by HMRC to references that are no National Insurance numbers; so is OO, which no prefix can be."""
_GIVEN = (
    frozenset(first + second for first in "ABCEGHJKLMNOPRSTWXYZ" for second in "ABCEGHJKLMNPRSTWXYZ")
    - _NEVER_GIVEN
    - _ADMINISTRATIVE
)
_WORDS = re.compile(r"\bNINO\b|\bNI\b|national insurance", re.IGNORECASE)


def _judge(match: Match) -> Sighting | None:
    told = _told(match[0])
    return Sighting(*told, is_named(_WORDS, match)) if told else None


def _whole(text: str) -> tuple[Verdict, str] | None:
    return _told(text) if _SHAPE.fullmatch(text) else None


def _told(text: str) -> tuple[Verdict, str] | None:
    number = text.replace(" ", "").upper()
    prefix = number[:2]
    if prefix == EXAMPLE_PREFIX:
        return RESERVED, number
    return (MATCH, number) if prefix in _GIVEN else None


NI_NUMBER = Detector(id="ni_number", home="ni_number", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=one_by_one(_whole))
