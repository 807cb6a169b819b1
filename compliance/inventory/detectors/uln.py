"""Unique learner numbers (LAW.md 9; RULES.md DA11). One random ten-digit number in eleven passes: evidence is thin."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Told, Verdict, is_named
from compliance.inventory.detectors.mod11 import ULN_REMAINDER, is_filler, is_whole, remainder

_SHAPE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{9}(?![0-9A-Za-z])")
_SIGN = f"{START}[1-9][0-9]{{9}}{END}"
_WORDS = re.compile(r"\bulns?\b|\blearner", re.IGNORECASE)


def _judge(match: Match) -> Sighting | None:
    told = _told(match[0])
    return Sighting(*told, is_named(_WORDS, match)) if told else None


def _whole(text: str) -> Told | None:
    return _told(text) if is_whole(text) and text[0] != "0" else None


def _told(digits: str) -> Told | None:
    if is_filler(digits):
        return None
    return Verdict.MATCH if remainder(digits) == ULN_REMAINDER else Verdict.NEAR, digits


ULN = Detector(id="uln", home="uln", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=_whole)
