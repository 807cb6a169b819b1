"""NHS numbers (LAW.md 9; RULES.md DA12). One random ten-digit number in eleven passes: evidence is thin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Told, Verdict, is_named
from compliance.inventory.detectors.mod11 import NHS_REMAINDER, is_filler, remainder, told_of

_SHAPE = re.compile(r"(?<![0-9A-Za-z])([0-9]{3})([ -]?)([0-9]{3})\2([0-9]{4})(?![0-9A-Za-z])")
_SIGN = f"{START}[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{4}}{END}"
_WORDS = re.compile(r"\bnhs\b", re.IGNORECASE)


def _judge(match: Match) -> Sighting | None:
    digits = match[1] + match[3] + match[4]
    if is_filler(digits):
        return None
    passes = remainder(digits) == NHS_REMAINDER
    return Sighting(Verdict.MATCH if passes else Verdict.NEAR, digits, is_named(_WORDS, match))


def _whole(texts: Sequence[str]) -> Iterable[Told]:
    fitting = list(filter(_SHAPE.fullmatch, texts))
    return told_of(fitting, [text.replace(" ", "").replace("-", "") for text in fitting], NHS_REMAINDER)


NHS_NUMBER = Detector(id="nhs_number", home="nhs_number", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=_whole)
