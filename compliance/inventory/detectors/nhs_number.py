"""NHS numbers (LAW.md 9; RULES.md DA12). One random ten-digit number in eleven passes: evidence is thin.

The check is that of an ISBN of ten digits, and a library has a column of those. English books begin with 0 or 1, where
the only NHS numbers are Scotland's, which begin with a day and a month of birth (https://en.wikipedia.org/wiki/NHS_number).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Told, Verdict, is_named
from compliance.inventory.detectors.mod11 import NHS_REMAINDER, is_filler, remainder, told_of

_SHAPE = re.compile(r"(?<![0-9A-Za-z])([0-9]{3})([ -]?)([0-9]{3})\2([0-9]{4})(?![0-9A-Za-z])")
_SIGN = f"{START}[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{4}}{END}"
_WORDS = re.compile(r"\bnhs\b", re.IGNORECASE)


_BORN = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])")


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits pass the check, and may have been given to somebody."""
    return remainder(digits) == NHS_REMAINDER and _may_be_given(digits)


def _may_be_given(digits: str) -> bool:
    return digits[0] > "2" or _BORN.match(digits) is not None


def _judge(match: Match) -> Sighting | None:
    digits = match[1] + match[3] + match[4]
    if is_filler(digits):
        return None
    return Sighting(Verdict.MATCH if is_nhs_number(digits) else Verdict.NEAR, digits, is_named(_WORDS, match))


def _whole(texts: Sequence[str]) -> Iterable[Told]:
    fitting = list(filter(_SHAPE.fullmatch, texts))
    return told_of(fitting, [text.replace(" ", "").replace("-", "") for text in fitting], NHS_REMAINDER, _may_be_given)


NHS_NUMBER = Detector(id="nhs_number", home="nhs_number", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=_whole)
