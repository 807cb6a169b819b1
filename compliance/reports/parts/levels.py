"""How the report marks things: always a word and a shape, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from compliance.model.findings import Severity
from compliance.model.ledger import State
from compliance.model.vocabulary import DataClass


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a coloured frame with a shape before it."""

    style: str
    """Class of the style sheet: it names shape and colour."""
    word: str


class Level(StrEnum):
    """What a check or a finding asks of the school, least first."""

    OK = "ok"
    UNSEEN = "unseen"
    CAUTION = "caution"
    STOP = "stop"

    @property
    def tag(self) -> Tag:
        """The level as the reader sees it."""
        return Tag(self.value, _LEVEL_WORDS[self])


def worst(levels: Iterable[Level]) -> Level:
    """Return the level that asks most; OK when there is none."""
    order = list(Level)
    return max(levels, key=order.index, default=Level.OK)


LEVEL_OF = {Severity.ERROR: Level.STOP, Severity.WARNING: Level.CAUTION, Severity.INFO: Level.OK}

_LEVEL_WORDS = {Level.OK: "Good", Level.UNSEEN: "Not looked at", Level.CAUTION: "Check", Level.STOP: "Act"}

SEVERITY_TAGS = {
    Severity.ERROR: Tag("stop", "Act"),
    Severity.WARNING: Tag("caution", "Check"),
    Severity.INFO: Tag("info", "Good to know"),
}

CLASS_TAGS = {
    None: Tag("unseen", "Not classed"),
    DataClass.NOT_PERSONAL: Tag("plain", "Technical"),
    DataClass.ORDINARY: Tag("plain", "Ordinary"),
    DataClass.SENSITIVE: Tag("info", "Take care"),
    DataClass.TREAT_AS_SPECIAL: Tag("treat", "Treat as special"),
    DataClass.CRIMINAL: Tag("special", "Offences"),
    DataClass.SPECIAL: Tag("special", "Special"),
}

SENT_EMPTY = Tag("empty", "Empty")
"""A field that was sent and held nothing in any row."""

STATE_TAGS = {
    State.YES: Tag("yes", "Yes"),
    State.NO: Tag("no", "No"),
    State.NOT_LOOKED_AT: Tag("unseen", "Not looked at"),
    State.CANNOT_TELL: Tag("unsure", "Cannot tell"),
}
