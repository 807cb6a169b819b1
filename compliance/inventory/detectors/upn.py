"""Unique pupil numbers, permanent and temporary (LAW.md 9; RULES.md DA10)."""

from __future__ import annotations

import re
from operator import mul

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Told, Verdict, is_named

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of remainders 0 to 22; I, O and S are left out."""
FIRST_AUTHORITY = 201
"""Local authority numbers begin here: a number with a lower one was given to nobody."""
PUBLISHED = frozenset({"B801200005001", "A801200005001", "X00180001701A", "P207000016049"})
"""Examples printed in public guidance and recomputed in LAW.md 9."""

_LETTERS = LETTERS + LETTERS.lower()  # ignoring case would take the Kelvin sign for a K
WHOLE = re.compile(rf"[{_LETTERS}][0-9]{{11}}[0-9{_LETTERS}]")
_SHAPE = re.compile(rf"(?<![0-9A-Za-z]){WHOLE.pattern}(?![0-9A-Za-z])")
_SIGN = f"{START}{WHOLE.pattern}{END}"
_WORDS = re.compile(r"\bupns?\b|\bpupil (?:number|ref)", re.IGNORECASE)


def check_letter(rest: str) -> str:
    """Return the first letter that belongs to the other twelve characters of a number, in upper case."""
    return LETTERS[sum(map(mul, _WEIGHTS, rest.encode().translate(_VALUES))) % len(LETTERS)]


def _judge(match: Match) -> Sighting:
    return Sighting(*_told(match[0]), is_named(_WORDS, match))


def _whole(text: str) -> Told | None:
    return _told(text) if WHOLE.fullmatch(text) else None


def _told(text: str) -> Told:
    number = text.upper()
    if check_letter(number[1:]) != number[0]:
        return Verdict.NEAR, number
    reserved = number in PUBLISHED or int(number[1:4]) < FIRST_AUTHORITY
    return Verdict.RESERVED if reserved else Verdict.MATCH, number


_WEIGHTS = tuple(range(2, 14))
_VALUES = bytes.maketrans(f"0123456789{LETTERS}".encode(), bytes((*range(10), *range(len(LETTERS)))))


UPN = Detector(id="upn", home="upn", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=_whole)
