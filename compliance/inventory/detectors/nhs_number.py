"""NHS numbers (LAW.md 9; RULES.md DA12). One random ten-digit number in eleven passes: evidence is thin."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Told, Verdict, is_named
from compliance.inventory.detectors.mod11 import NHS_REMAINDER, is_filler, is_whole, remainder

_SHAPE = re.compile(r"(?<![0-9A-Za-z])([0-9]{3})([ -]?)([0-9]{3})\2([0-9]{4})(?![0-9A-Za-z])")
_SIGN = f"{START}[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{4}}{END}"
_SPACED = len("999 999 9999")
_WORDS = re.compile(r"\bnhs\b", re.IGNORECASE)


def _judge(match: Match) -> Sighting | None:
    told = _told(match[1] + match[3] + match[4])
    return Sighting(*told, is_named(_WORDS, match)) if told else None


def _whole(text: str) -> Told | None:
    if len(text) == _SPACED and text[3] == text[7] and text[3] in " -":
        text = text[:3] + text[4:7] + text[8:]
    return _told(text) if is_whole(text) else None


def _told(digits: str) -> Told | None:
    if is_filler(digits):
        return None
    return Verdict.MATCH if remainder(digits) == NHS_REMAINDER else Verdict.NEAR, digits


NHS_NUMBER = Detector(id="nhs_number", home="nhs_number", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=_whole)
