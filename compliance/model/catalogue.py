"""What an integrator can hand over: scopes, and the fields that each of them unlocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject


class Meaning(StrEnum):
    """What an integrator says by leaving a key out, or by sending it as null."""

    NOT_SHARED = "not_shared"
    """The school did not grant it."""
    SHARED_BUT_EMPTY = "shared_but_empty"
    """It was granted; the school holds nothing there."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One permission that a school can grant."""

    id: str
    label: str
    description: str
    subjects: tuple[Subject, ...]
    writes: bool = False
    """Whether it lets the app write into the school's system."""
    note: str = ""


NO_SCOPE: tuple[tuple[str, ...], ...] = ((),)
"""The one way to a field that needs no scope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueField:
    """One field that the integrator can send."""

    path: FieldPath
    any_of: tuple[tuple[str, ...], ...]
    """The ways to unlock it: each is a set of scopes that must all be granted; one way is enough.

    ``NO_SCOPE`` where none is needed: whoever the integrator answers at all gets the field.
    """
    item: str | None = None
    """The data item it carries."""
    documented: bool = True
    """False when it was only ever seen on the wire."""
    option: str | None = None
    """The pull-time option without which it does not arrive."""
    note: str = ""

    @property
    def needs_scope(self) -> bool:
        """Whether a scope stands before it."""
        return self.any_of != NO_SCOPE

    def ways(self, granted: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Return the ways to this field that the ``granted`` scopes open."""
        return tuple(way for way in self.any_of if all(scope in granted for scope in way))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A pull-time option that widens what arrives without another scope."""

    id: str
    dataset: str
    widens: str
    """In plain words, what more arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Where two of the integrator's own documents say different things about what opens a field."""

    says: str
    """What each of them says, in plain words: one sentence without its full stop."""
    scopes: frozenset[str]
    """The scopes of which it is not sure that they open the fields."""
    fields: frozenset[FieldPath]
    """Fields, or datasets for all of theirs."""

    def is_about(self, path: FieldPath) -> bool:
        """Whether it is about the field."""
        return not self.fields.isdisjoint({path, FieldPath(path.dataset)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One integrator's documented field list, and what its silence means."""

    integrator: str
    label: str
    version: str
    absent_means: Meaning
    null_means: Meaning
    scopes: Mapping[str, Scope]
    fields: Mapping[FieldPath, CatalogueField]
    options: Mapping[str, Option]
    aliases: Mapping[FieldPath, FieldPath]
    """Spelling on the wire to the documented spelling."""
    notes: tuple[str, ...] = ()
    """Gaps in the integrator's own documents, and what was corrected in them."""
    contradictions: tuple[Contradiction, ...] = ()
    people_listed_by: frozenset[FieldPath] = frozenset()
    """Fields whose numbers the school's list of excluded people holds; empty for the numbers of the school's system."""
    deleted_below: str = ""
    """The step below which stands what a record that is gone still carries; empty when it stands nowhere."""
    _folded: Mapping[tuple[str, str], FieldPath] = field(default_factory=dict, repr=False)

    def canonical(self, path: FieldPath) -> FieldPath:
        """Return the documented spelling of ``path``: itself, its alias, or a match without case.

        What a deleted record still carries is the same field.
        """
        first, *below = path.names or ("",)
        if below and first == self.deleted_below:
            return self.canonical(FieldPath.of(path.dataset, *below))
        if path in self.fields:
            return path
        if path in self.aliases:
            return self.aliases[path]
        return self._folded.get((path.dataset.casefold(), path.field.casefold()), path)

    def doubt(self, path: FieldPath, scopes: Collection[str]) -> str:
        """Return how the documents contradict one another about ``path``, unless some way through ``scopes`` is sure.

        Empty when they do not, or when none of these scopes opens it.
        """
        entry = self.fields.get(path)
        ways = entry.ways(scopes) if entry else ()
        doubtful = (
            each.says
            for each in self.contradictions
            if each.is_about(path) and ways and all(each.scopes.intersection(way) for way in ways)
        )
        return next(doubtful, "")

    def unlocked_by(self, scopes: Collection[str]) -> Iterator[CatalogueField]:
        """Yield every field that these scopes hand over, in catalogue order; not those that need none."""
        return (entry for entry in self.fields.values() if entry.needs_scope and entry.ways(scopes))
