"""The check of ULN and NHS numbers: ten digits, weights 10 to 1, sum modulo 11 (LAW.md 9.2)."""

from __future__ import annotations

LENGTH = 10
MODULUS = 11

ULN_REMAINDER = 10
NHS_REMAINDER = 0
"""The remainders differ: no number is both."""


def remainder(digits: str) -> int:
    """Return the weighted sum of ten digits modulo 11."""
    return sum(weight * int(digit) for weight, digit in zip(range(LENGTH, 0, -1), digits, strict=True)) % MODULUS


def is_filler(digits: str) -> bool:
    """Whether it is one digit repeated, as people type when there is no number. 9999999999 passes the NHS check."""
    return len(set(digits)) == 1
