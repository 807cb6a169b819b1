"""What a review of the people held says before the first sync: counts alone, and no value of anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Standing(StrEnum):
    """What a sync would make of one record, held or incoming.

    The words are those of Hachette Learning's own user sync (INTEGRATORS.md, section 2).
    """

    NEW = "new"
    """It comes in, and nobody like it is held."""
    MATCHED = "matched"
    """One record held and one incoming are the same person, and no others are."""
    MAY_MATCH = "may_match"
    """It resembles a record of the other side, or several: a person has to say whether they are one."""
    NOT_MATCHED = "not_matched"
    """It is held, was never synced, and nobody like it comes in."""
    WOULD_BE_DESYNCED = "would_be_desynced"
    """It is held under an identifier of the school's system, which no longer sends it."""


HELD = (Standing.MATCHED, Standing.MAY_MATCH, Standing.NOT_MATCHED, Standing.WOULD_BE_DESYNCED)
"""What a record that is held can be."""
INCOMING = (Standing.MATCHED, Standing.MAY_MATCH, Standing.NEW)
"""What an incoming record can be."""


class Untidy(StrEnum):
    """What is better put right before the first sync."""

    HELD_TWICE = "held_twice"
    """A record of somebody who is held already: the same identifier, UPN, or name and date of birth."""
    MAY_BE_HELD_TWICE = "may_be_held_twice"
    """A record that is likely to be of somebody who is held already."""
    TWO_IDENTIFIERS = "two_identifiers"
    """A person, surely or likely one, who is held under two identifiers of the school's system."""
    WRONG_YEAR_GROUP = "wrong_year_group"
    """Another year group than the feed says or, where the feed says none, than fits the age."""
    LEAVER = "leaver"
    """Somebody who has left and is on no legal hold."""
    LEAVER_OVERDUE = "leaver_overdue"
    """Of these, those whose retention has ended."""
    STALE_CLASS = "stale_class"
    """A class of an earlier academic year that is no history, or one that the feed does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many there are, or why nobody looked."""

    count: int | None = None
    why_not: str = ""
    """The end of the sentence "Not looked at: …"; empty when somebody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetReview:
    """One dataset of people or of groups."""

    dataset: str
    subject: str = ""
    held: int = 0
    """Records held of this school."""
    elsewhere: int = 0
    """Records of other schools, which were left out."""
    incoming: int | None = None
    """People that the feed sends; None when no feed was given, or none that knows them."""
    incomplete: bool = False
    """Whether rows of the feed are known to be missing: who seems to be gone may only not have come."""
    of_held: Mapping[Standing, int] = field(default_factory=dict)
    """Every record held has one standing; empty when there was nothing to match with."""
    of_incoming: Mapping[Standing, int] = field(default_factory=dict)
    """Every incoming person has one standing."""
    untidy: Mapping[Untidy, Counted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReview:
    """A whole review of one school."""

    at: dt.datetime
    school: str = ""
    """LAESTAB or URN of the authorisation; empty when there is none."""
    datasets: tuple[DatasetReview, ...] = ()
    notes: tuple[str, ...] = ()
    """What could not be read or compared, in words without values."""
