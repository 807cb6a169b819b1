"""Unique pupil numbers, permanent and temporary (LAW.md 9; RULES.md DA10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from compliance.inventory.detectors.base import (
    END,
    MATCH,
    NEAR,
    RESERVED,
    START,
    Detector,
    Match,
    Sighting,
    Told,
    Verdict,
    is_named,
)
from compliance.inventory.detectors.weighted import remainders

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
    return LETTERS[_remainders(f"A{rest}".encode())[0]]


def _judge(match: Match) -> Sighting:
    number = match[0].upper()
    is_right = check_letter(number[1:]) == number[0]
    return Sighting(_verdict(number) if is_right else Verdict.NEAR, number, is_named(_WORDS, match))


def _whole(texts: Sequence[str]) -> Iterable[Told]:
    block = "".join(fitting := list(filter(WHOLE.fullmatch, texts))).upper().encode()
    letters = _remainders(block).translate(_LETTER_OF)
    told = {verdict: Told(verdict, [], []) for verdict in Verdict}
    for text, letter, right in zip(fitting, block[::_LENGTH], letters, strict=True):
        number = text.upper()
        _, of_verdict, values = told[_verdict(number) if letter == right else NEAR]
        of_verdict.append(text)
        values.append(number)
    return [each for each in told.values() if each.texts]


def _verdict(number: str) -> Verdict:
    """Return the verdict of a number whose letter is right."""
    return RESERVED if number in PUBLISHED or int(number[1:4]) < FIRST_AUTHORITY else MATCH


_LENGTH = 13
_VALUES = {digit: int(digit) for digit in "0123456789"} | {letter: at for at, letter in enumerate(LETTERS)}
_remainders = remainders(_VALUES, (0, *range(2, _LENGTH + 1)), len(LETTERS))
_LETTER_OF = bytes.maketrans(bytes(range(len(LETTERS))), LETTERS.encode())


UPN = Detector(id="upn", home="upn", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=_whole)
