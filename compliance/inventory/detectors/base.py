"""What every detector is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

CONTEXT = 40
"""Characters before and after an identifier in which a word may name it (LAW.md 9.2, trap 4)."""

START = "(^|[^0-9A-Za-z])"
END = "([^0-9A-Za-z]|$)"
"""The edges of an identifier in a sign: what stands beside it is no letter and no digit of ASCII."""


class Verdict(StrEnum):
    """How much a sighting proves."""

    MATCH = "match"
    """It passes every check."""
    RESERVED = "reserved"
    """It passes every check, and is a published example or lies in a range that nobody is given."""
    NEAR = "near"
    """It has the shape, and its check digit or letter is wrong."""


class Sighting(NamedTuple):
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


MATCH, RESERVED, NEAR = Verdict
"""Not looked up in the class each time, which is slow before Python 3.12."""


class Told(NamedTuple):
    """Texts that are an identifier from end to end."""

    verdict: Verdict
    texts: list[str]
    values: list[str]
    """The identifier in each."""

    def __repr__(self) -> str:
        """Say how much it is without a value."""
        return f"<Told of {len(self.texts)} texts: {self.verdict}>"


class Match(Protocol):
    """Where something stands in a text, as ``re.Match`` has it."""

    @property
    def string(self) -> str: ...  # noqa: D102 - as in re
    def start(self) -> int: ...  # noqa: D102
    def end(self) -> int: ...  # noqa: D102
    def groups(self) -> tuple[Any, ...]: ...  # noqa: D102
    def __getitem__(self, group: int, /) -> Any: ...  # noqa: ANN401, D105 - as in re


class Shape(Protocol):
    """What searches a text, as ``re.Pattern`` does."""

    def finditer(self, string: str, /) -> Iterator[Match]: ...  # noqa: D102 - as in re


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """One kind of identifier."""

    id: str
    """Key of ``FieldProfile.detections``; where sightings have tokens, ``id:token`` is."""
    home: str | None
    """The data item ``format`` of fields that are meant to hold it."""
    sign: str
    """What cannot be missing where an identifier stands: every text with a sighting matches it, and few others do.

    It is looked for in every value, in Python and in databases, so it is spelled in what RE2, POSIX, Java, ICU, PCRE
    and Python agree on: printable ASCII, classes, groups, ``|``, ``?``, ``*``, ``+``, ``{n,m}`` and the two edges. It
    says both cases itself, and only an edge can be a line break.
    """
    shape: Shape
    """What an identifier looks like. Searching must take time in proportion to the text."""
    judge: Callable[[Match], Sighting | None]
    """Says what a match of ``shape`` proves; None when it is something else after all. Pure, and quick whatever the
    length of the text: a text may match as often as it has words."""
    whole: Callable[[Sequence[str]], Iterable[Told]] = lambda _: ()
    """Tells quickly of different texts in which one identifier stands and nothing else; texts that may be anything else
    are left out. It says what ``find`` would say of each: one sighting, without a context and without a token."""

    def find(self, text: str) -> Iterator[Sighting]:
        """Yield every sighting in ``text``."""
        return (sighting for match in self.shape.finditer(text) if (sighting := self.judge(match)))


def one_by_one(verdict_and_value: Callable[[str], tuple[Verdict, str] | None]) -> Callable[[Sequence[str]], list[Told]]:
    """Return what tells of texts what is said of each; None is said of those that are left out."""

    def whole(texts: Sequence[str]) -> list[Told]:
        told = {verdict: Told(verdict, [], []) for verdict in Verdict}
        for text in texts:
            if said := verdict_and_value(text):
                _, of_texts, values = told[said[0]]
                of_texts.append(text)
                values.append(said[1])
        return [each for each in told.values() if each.texts]

    return whole


def any_case(words: str) -> str:
    """Spell ``words`` so that a sign finds them in capitals and in small letters."""
    return "".join(f"[{char.upper()}{char.lower()}]" if char.isalpha() else char for char in words)


def is_named(words: re.Pattern[str], match: Match) -> bool:
    """Whether one of ``words`` stands within ``CONTEXT`` characters of ``match``."""
    return words.search(match.string, max(0, match.start() - CONTEXT), match.end() + CONTEXT) is not None
