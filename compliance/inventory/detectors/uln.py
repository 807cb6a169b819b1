"""Unique learner numbers (LAW.md 9; RULES.md DA11). One random ten-digit number in eleven passes: evidence is thin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Told, Verdict, is_named
from compliance.inventory.detectors.mod11 import ULN_REMAINDER, is_filler, remainder, told_of

_SHAPE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{9}(?![0-9A-Za-z])")
_SIGN = f"{START}[1-9][0-9]{{9}}{END}"
_WORDS = re.compile(r"\bulns?\b|\blearner", re.IGNORECASE)


def _judge(match: Match) -> Sighting | None:
    if is_filler(match[0]):
        return None
    passes = remainder(match[0]) == ULN_REMAINDER
    return Sighting(Verdict.MATCH if passes else Verdict.NEAR, match[0], is_named(_WORDS, match))


def _whole(texts: Sequence[str]) -> Iterable[Told]:
    fitting = list(filter(_SHAPE.fullmatch, texts))
    return told_of(fitting, fitting, ULN_REMAINDER)


ULN = Detector(id="uln", home="uln", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=_whole)
