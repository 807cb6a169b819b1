"""The check of ULN and NHS numbers: ten digits, weights 10 to 1, sum modulo 11 (LAW.md 9.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress

from compliance.inventory.detectors.base import MATCH, NEAR, Told
from compliance.inventory.detectors.weighted import remainders

LENGTH = 10
MODULUS = 11

ULN_REMAINDER = 10
NHS_REMAINDER = 0
"""The remainders differ: no number is both."""


def remainder(digits: str) -> int:
    """Return the weighted sum of ten digits modulo 11."""
    return remainders_of(digits.encode())[0]


def is_filler(digits: str) -> bool:
    """Whether it is one digit repeated, as people type when there is no number. 9999999999 passes the NHS check."""
    return digits == digits[0] * len(digits)


def told_of(
    texts: Sequence[str], digits: Sequence[str], wanted: int, may_be_given: Callable[[str], bool] = lambda _: True
) -> Iterable[Told]:
    """Tell of texts that are ten digits each, and leave fillers out."""
    remains = remainders_of("".join(digits).encode())
    passes = [left == wanted and may_be_given(number) for left, number in zip(remains, digits, strict=True)]
    for verdict, chosen in ((MATCH, passes), (NEAR, [not each for each in passes])):
        of_verdict = [pair for pair in compress(zip(texts, digits, strict=True), chosen) if pair[1] not in _FILLERS]
        if of_verdict:
            yield Told(verdict, [text for text, _ in of_verdict], [number for _, number in of_verdict])


_FILLERS = frozenset(digit * LENGTH for digit in "0123456789")
remainders_of = remainders({digit: int(digit) for digit in "0123456789"}, range(LENGTH, 0, -1), MODULUS)
"""Gives the remainder of each number of a block of such numbers."""
