"""National Insurance numbers (LAW.md 9; RULES.md DA13). They have no check digit: shape and prefix are all there is."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Verdict, is_named

EXAMPLE_PREFIX = "QQ"
"""Of HMRC's own example: no number is given out that begins with Q."""

_SHAPE = re.compile(r"(?<![\w/-])(?:[A-Z]{2}(?: ?[0-9]{2}){3} ?[A-D]|[a-z]{2}[0-9]{6}[a-d])(?![\w/-])")
_SIGN = f"{START}([A-Z]{{2}}( ?[0-9]{{2}}){{3}} ?[A-D]|[a-z]{{2}}[0-9]{{6}}[a-d]){END}"
_PREFIX = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]")
_ADMINISTRATIVE = frozenset({"CR", "FY", "MW", "NC", "PP", "PY", "PZ"})
"""Given by HMRC to references that are no National Insurance numbers; so is OO, which no prefix can be."""
_WORDS = re.compile(r"\bNINO\b|\bNI\b|national insurance", re.IGNORECASE)


def _judge(match: Match) -> Sighting | None:
    number = match[0].replace(" ", "").upper()
    prefix = number[:2]
    if prefix == EXAMPLE_PREFIX:
        return Sighting(Verdict.RESERVED, number, is_named(_WORDS, match))
    if prefix in _ADMINISTRATIVE or not _PREFIX.match(prefix):
        return None
    return Sighting(Verdict.MATCH, number, is_named(_WORDS, match))


NI_NUMBER = Detector(id="ni_number", home="ni_number", sign=_SIGN, shape=_SHAPE, judge=_judge)
