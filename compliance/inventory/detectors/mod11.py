"""The check of ULN and NHS numbers: ten digits, weights 10 to 1, sum modulo 11 (LAW.md 9.2)."""

from __future__ import annotations

from operator import mul

LENGTH = 10
MODULUS = 11

ULN_REMAINDER = 10
NHS_REMAINDER = 0
"""The remainders differ: no number is both."""


def remainder(digits: str) -> int:
    """Return the weighted sum of ten digits modulo 11."""
    # The code of a digit is 48 more than the digit, and 48 times the sum of the weights is a multiple of 11.
    total: int = sum(map(mul, _WEIGHTS, digits.encode()))
    return total % MODULUS


def is_filler(digits: str) -> bool:
    """Whether it is one digit repeated, as people type when there is no number. 9999999999 passes the NHS check."""
    return digits == digits[0] * len(digits)


def is_whole(text: str) -> bool:
    """Whether it is ten digits of ASCII and nothing else."""
    return len(text) == LENGTH and text.isascii() and text.isdigit()


_WEIGHTS = tuple(range(LENGTH, 0, -1))
