"""Detectors that a vocabulary adds: a pattern, and what can be said of a match without writing a program.

A pattern keeps to what a sign keeps to, so that it can be asked of a database as it stands. It has no ``*`` and no
``+``, so that a match has a greatest length and many of them take no more time than the text is long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from compliance.inventory.detectors.base import END, START, Detector, Match, Sighting, Verdict, is_named
from compliance.inventory.detectors.linear import Edged, is_whole, refusal
from compliance.inventory.detectors.mod11 import LENGTH, NHS_REMAINDER, ULN_REMAINDER, is_filler, remainder
from compliance.inventory.detectors.upn import WHOLE, check_letter
from compliance.model.vocabulary import OwnDetector

_KNOWN = re.compile(
    r"""(?:
        [0-9A-Za-z _/:;,#@%&'"!<>=~-]                      # for itself
        | \[[0-9A-Za-z _/:;,#@%'"!<>=.()?*+|{}$-]+\]       # one of a class
        | \((?!\?) | [)|]
        | (?<![?}])(?:\?|\{[0-9]{1,2}(?:,[0-9]{1,2})?\})   # how often, and nothing lazy
    )*""".replace(" _/", "\\ _/").replace("#@", "\\#@"),
    re.VERBOSE,
)
_MADE_OF = "It is made of letters, digits, classes such as [0-9A-F] or [.], groups, |, ? and repeats such as {2,6}."


def flaw_of(pattern: str) -> tuple[str, str] | None:
    """Return what is wrong with a pattern and what to write instead, or None."""
    known = _KNOWN.match(pattern)
    if known and known.end() < len(pattern):
        return f"the pattern cannot be read from character {known.end() + 1} on.", _MADE_OF
    if why := refusal(pattern):
        return f"the pattern cannot be used: {why}.", _MADE_OF
    if is_whole(pattern)(""):
        return "the pattern matches an empty text.", "Say what must be there."
    return None


def detector_of(own: OwnDetector) -> Detector:
    """Return the detector that a vocabulary describes. ``flaw_of`` finds nothing wrong with its patterns."""
    passes = CHECKS[own.check]
    named = "|".join(map(re.escape, own.context))
    words = re.compile(rf"(?<![0-9A-Za-z])(?:{named})(?![0-9A-Za-z])", re.IGNORECASE)
    is_reserved = is_whole(own.reserved) if own.reserved else lambda _: False

    def judge(match: Match) -> Sighting:
        plain = re.sub("[^0-9A-Z]", "", match[0].upper())
        verdict = Verdict.NEAR if not passes(plain) else Verdict.RESERVED if is_reserved(match[0]) else Verdict.MATCH
        return Sighting(verdict, plain, bool(own.context) and is_named(words, match))

    return Detector(
        id=own.id,
        home=own.home,
        sign=f"{START}({own.pattern}){END}",
        shape=Edged(own.pattern),
        judge=judge,
    )


def _mod11(wanted: int) -> Callable[[str], bool]:
    def passes(plain: str) -> bool:
        digits = _DIGITS(plain)
        return len(digits) == LENGTH and not is_filler(digits) and remainder(digits) == wanted

    return passes


def _luhn(plain: str) -> bool:
    """Whether its digits pass the check of ISO/IEC 7812-1: every second one from the right is doubled."""
    digits = _DIGITS(plain)
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return bool(digits) and (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


_DIGITS = partial(re.compile("[^0-9]").sub, "")

CHECKS: Mapping[str, Callable[[str], bool]] = {
    "none": lambda _: True,
    "luhn": _luhn,
    "mod11_nhs": _mod11(NHS_REMAINDER),
    "mod11_uln": _mod11(ULN_REMAINDER),
    "mod23_upn": lambda plain: WHOLE.fullmatch(plain) is not None and check_letter(plain[1:]) == plain[0],
}
"""Name of a check to whether the capitals and digits of an identifier pass it; all but the last look at its digits."""
