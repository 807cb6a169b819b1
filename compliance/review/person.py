"""One person, or one class, as one record tells of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from compliance.inventory.batch import Record
from compliance.inventory.values import MISSING, date_of, is_set, key_of, school_number_of, text_of, year_group_of
from compliance.inventory.ways import value_at
from compliance.review.columns import Columns, Ways
from compliance.review.likeness import Words, words_of


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, order=True)
class Person:
    """Who somebody is by one record. It holds personal data, so it cannot be printed.

    People are in an order of their own, whatever the order in which they were read.
    """

    key: str = ""
    """Identifier of the school's system, plainly spelled; empty when there is none."""
    upn: str = ""
    words: Words = ()
    """The name in plain words, in the order of its columns."""
    bag: Words = ()
    """The same words in the order of the alphabet: equal for names that say the same."""
    born: str = ""
    """ISO 8601; empty when it is unknown. ``birth_date`` is the day."""
    year: str = ""
    """Year group, plainly spelled."""
    school: str = ""
    shown_key: str = ""
    """The identifier as it stands."""
    name: str = ""
    """As it stands."""
    pending: bool = False
    """Whether somebody knows already that it waits to be merged."""
    answers: tuple[tuple[str, bool], ...] = ()
    """What was asked of the whole record; what it could not answer is left out."""
    source: str = ""
    row: int = 0

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return "<Person>"

    @property
    def birth_date(self) -> dt.date | None:
        """The day of birth."""
        return dt.date.fromisoformat(self.born) if self.born else None

    def says(self, question: str) -> bool:
        """Whether the record answers a question with yes."""
        return (question, True) in self.answers


def person_of(record: Record, columns: Columns, source: str, row: int, answers: Mapping[str, bool]) -> Person:
    """Read a record."""
    key, names = _first(record, columns.key), [text_of(_first(record, way)) for way in columns.names]
    born = date_of(_first(record, columns.born))
    words = tuple(word for name in names for word in words_of(name))
    return Person(
        key=key_of(key),
        upn=key_of(_first(record, columns.upn)),
        words=words,
        bag=tuple(sorted(words)),
        born=born.isoformat() if born else "",
        year=year_group_of(_first(record, columns.year_group)),
        school=school_number_of(_first(record, columns.school)),
        shown_key=text_of(key),
        name=" ".join(filter(None, names)),
        pending=is_set(_first(record, columns.pending)),
        answers=tuple(sorted(answers.items())),
        source=source,
        row=row,
    )


def _first(record: Record, ways: Ways) -> object:
    """Return what stands at the first way that leads anywhere."""
    return next((value for way in ways if (value := value_at(record, way)) is not MISSING), MISSING)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, order=True)
class SchoolClass:
    """A class or another group by one record. Its name can name people, so it cannot be printed."""

    key: str
    """Its name, plainly spelled."""
    name: str
    """As it stands."""
    historic: bool
    """Whether it is kept as history only."""
    past_year: bool
    """Whether it says that it is of an earlier academic year."""
    source: str
    row: int

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return "<SchoolClass>"
