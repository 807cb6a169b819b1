"""What every detector is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

CONTEXT = 40
"""Characters before and after an identifier in which a word may name it (LAW.md 9.2, trap 4)."""


class Verdict(StrEnum):
    """How much a sighting proves."""

    MATCH = "match"
    """It passes every check."""
    RESERVED = "reserved"
    """It passes every check, and is a published example or lies in a range that nobody is given."""
    NEAR = "near"
    """It has the shape, and its check digit or letter is wrong."""


@dataclass(frozen=True, slots=True, repr=False)
class Sighting:
    """One identifier in a text. It holds personal data, so it cannot be printed."""

    verdict: Verdict
    value: str
    """The identifier in its plainest spelling, so that two spellings of one are one."""
    in_context: bool = False
    """Whether a word nearby names the identifier."""
    token: str = ""
    """The revealing word, of detectors that tell words apart."""

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Sighting: {self.verdict}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """One kind of identifier."""

    id: str
    """Key of ``FieldProfile.detections``; where sightings have tokens, ``id:token`` is."""
    home: str | None
    """The data item ``format`` of fields that are meant to hold it."""
    shape: re.Pattern[str]
    """What an identifier looks like. Searching must take time in proportion to the text."""
    judge: Callable[[re.Match[str]], Sighting | None]
    """Says what a match of ``shape`` proves; None when it is something else after all. Pure."""

    def find(self, text: str) -> Iterator[Sighting]:
        """Yield every sighting in ``text``."""
        return (sighting for match in self.shape.finditer(text) if (sighting := self.judge(match)))


def is_named(words: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether one of ``words`` stands within ``CONTEXT`` characters of ``match``."""
    return words.search(match.string, max(0, match.start() - CONTEXT), match.end() + CONTEXT) is not None
