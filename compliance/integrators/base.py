"""What every integrator is made of."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from compliance.inventory.batch import Piece, Record
from compliance.model.inventory import Notice


class Document(Protocol):
    """One JSON document of a feed, read as a stream. Nothing is kept of it."""

    @property
    def source(self) -> str:
        """Display name of the file."""

    @property
    def stem(self) -> str:
        """File name without folder and ending: the dataset's name when nothing else names it."""

    @property
    def shape(self) -> str:
        """What its first bytes promise.

        ``array``: an array of records. ``members``: an object whose first value is an array or an object.
        ``map``: an object of more objects than there are datasets, each of which is a record.
        ``records``: one or more objects that begin with a plain value. ``lines``: the ending of the file's name says
        that it holds one record after the other. ``rest``: what was left by ``blocks``.
        """

    @property
    def first_row(self) -> int:
        """Row of the first record, from 1."""

    def blocks(self) -> Generator[Piece, None, Document | None]:
        """Yield records as long as they come plainly, one object after the other; return what is left."""

    def members(self) -> Iterator[tuple[str, object]]:
        """Yield name and value of each member of the top-level object; of an array, each element in turn.

        A member that is an empty array yields its name with an empty list.
        """

    def values(self) -> Iterator[object]:
        """Yield each element of the top-level array, or each top-level value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a dataset that came in several. Only the whole feed can tell whether the others came too."""

    source: str
    dataset: str
    number: int
    """Which page it is, from 1."""
    count: int | None = None
    """How many pages there are; None when the integrator says no more than whether another one follows."""
    rows: int = 0
    """Rows that stand on it."""
    all_rows: int = 0
    """Rows that stand on all pages together."""
    more: bool = False
    """Whether another page follows, where ``count`` is None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a file says of another in its folder or bundle. Only the whole feed can tell whether that is so."""

    source: str
    file: str
    """Display name of the other; neither its case nor its endings matter."""
    otherwise: Notice
    """What is to be said where it is not so."""
    is_there: bool = True
    """Whether the other should have come."""


Claim = Page | Beside
"""What a file says of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """How an integrator's tables are to be read, where its feed is a folder or a bundle of them."""

    label: str = ""
    """Whose they are, for messages."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Documented columns by the name of the table, whose case does not matter in the name of a file."""
    added: tuple[str, ...] = ()
    """How the names of columns begin that anybody may add: none of them is a misspelt one."""
    marks: frozenset[str] = frozenset()
    """Columns of which a table that is not documented has one, if it is the integrator's at all."""
    status: str = ""
    """The column that says whether a record is gone; empty when no table has one."""
    gone: frozenset[str] = frozenset()
    """What stands there then, in small letters."""
    control: str = ""
    """The table that speaks of the others and holds no data of the school; empty when there is none."""
    told: Callable[[str, Sequence[Record]], Iterator[Piece | Claim]] | None = None
    """Reads the control table: its display name and its records in, what they say out."""


AS_THEY_STAND = Tables()
"""Tables that mean nothing but what stands in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the beginning of one file shows, by which an integrator may know its own. It holds names, never values."""

    path: str
    """Path below the address, with ``/``."""
    members: frozenset[str] = frozenset()
    """Names of the members of the top-level object, as far as the beginning shows them."""
    keys: frozenset[str] = frozenset()
    """Keys of the first record, or the columns of a table."""


class Integrator(Protocol):
    """The meaning of one integrator's answers."""

    @property
    def name(self) -> str:
        """The name by which permission sets call it."""

    @property
    def tables(self) -> Tables:
        """How its tables are to be read; ``AS_THEY_STAND`` when its feed is none."""

    def recognise(self, seen: Seen) -> str | None:
        """Say by what a file is known to be this integrator's, as the end of "It ..."; None when it is not."""

    def read(self, document: Document) -> Iterator[Piece | Page]:
        """Turn one document into records, deletions, exclusions, grants, notices and pages.

        Raises ``SourceError`` when the document is none of this integrator's answers.
        """
