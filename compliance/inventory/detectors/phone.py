"""United Kingdom telephone numbers (LAW.md 9; RULES.md DA15)."""

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
    one_by_one,
)
from compliance.inventory.detectors.mod11 import LENGTH, NHS_REMAINDER, is_filler, remainder

DRAMA = (
    "01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960", "01314960", "01414960",
    "01514960", "01614960", "01632960", "01914980", "02079460", "02896496", "02920180", "03069990", "07700900",
    "08081570", "09098790",
)  # fmt: skip
"""First digits of the numbers that Ofcom keeps for drama: nobody is given one."""

# Groups of digits as people write them; one of two digits, as in a date, begins no telephone number.
_SHAPE = re.compile(
    r"(?<![\w.+/:-])(?:\+44[ -]?(?:\(0\)[ ]?)?|\(?0)([1235789][0-9]{1,9}\)?(?:[ -][0-9]{3,8}){0,3})(?![\w/-]|\.[0-9])"
)
_SIGN = f"{START}([+]44[ -]?([(]0[)] ?)?|[(]?0)[1235789][0-9]([)]?[ -]?[0-9]){{7,8}}{END}"
_SHORTEST, _LONGEST = 9, 10  # digits after the leading 0


def _judge(match: Match) -> Sighting | None:
    told = _told(match)
    return Sighting(*told) if told else None


def _whole(text: str) -> tuple[Verdict, str] | None:
    match = _SHAPE.fullmatch(text)
    return _told(match) if match else None


def _told(match: Match) -> tuple[Verdict, str] | None:
    rest = match[1].replace(" ", "").replace("-", "").replace(")", "")
    if not _SHORTEST <= len(rest) <= _LONGEST or is_filler(rest) or _passes_as_another(match[0]):
        return None
    number = f"0{rest}"
    return RESERVED if number[:_BLOCK] in _RESERVED else MATCH, number


def _passes_as_another(text: str) -> bool:
    """Whether it is ten digits in a row that pass the check of NHS numbers, which is also that of an ISBN."""
    return len(text) == LENGTH and text.isdigit() and remainder(text) == NHS_REMAINDER


_RESERVED = frozenset(DRAMA)
(_BLOCK,) = set(map(len, DRAMA))


PHONE = Detector(id="phone", home="phone", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=one_by_one(_whole))
