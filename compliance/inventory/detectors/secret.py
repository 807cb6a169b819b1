"""Passwords, keys and hashes of passwords (RULES.md DA23). The forms are those that their makers publish."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import MATCH, START, Detector, Match, Sighting, any_case

_WORDS = "password|passwords|passcode|passwd|pwd"
_SHAPE = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(AKIA[0-9A-Z]{16}|gh[opsru]_[0-9A-Za-z]{36}|sk_live_[0-9A-Za-z]{16,99}"
    r"|eyJ[0-9A-Za-z_-]{8,100}[.][0-9A-Za-z_-]{8,100}|BEGIN [A-Z ]{0,20}PRIVATE KEY)"
    r"|(2[aby][$][0-9]{2}[$][./0-9A-Za-z]{53}|argon2(?:id|i|d)[$]v=[0-9]{1,3})"
    rf"|(?ai:{_WORDS})(?: is |[ ]?[:=][ ]?)([!-~]{{6,64}})"
    r")"
)
_KEYS = (
    f"AKIA[0-9A-Z]{{16}}|gh[opsru]{START}[0-9A-Za-z]{{36}}|sk{START}live{START}[0-9A-Za-z]{{16}}"
    f"|eyJ|BEGIN [A-Z ]{{0,20}}PRIVATE KEY"
)
_SIGN = f"{START}({_KEYS}|2[aby]{START}[0-9]{{2}}{START}|argon2|({any_case(_WORDS)}))"


def _judge(match: Match) -> Sighting | None:
    key, hashed, word = match.groups()
    if word:
        # "Password: forgotten" gives nothing away, and few passwords that a school gives out are words alone.
        is_one = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
        return Sighting(MATCH, word, token="password") if is_one else None  # noqa: S106 - the kind of what was met
    return Sighting(MATCH, key, token="key") if key else Sighting(MATCH, hashed, token="hash")  # noqa: S106 - likewise


SECRET = Detector(id="secret", home=None, sign=_SIGN, shape=_SHAPE, judge=_judge)
