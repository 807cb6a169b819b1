"""What is really there, without a single value of it.

Two inventories of disjoint data **merge** into the inventory of the whole: ``merge`` is associative and
commutative, and ``EMPTY_INVENTORY`` is its neutral element. Digests are 64-bit keyed hashes, made with a key
that lives for one run only; they never leave the program.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from compliance.model.maps import with_maps
from compliance.model.paths import FieldPath

Digest = int


class _Sortable(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...  # noqa: ANN401 - as typeshed has it


K = TypeVar("K", bound=_Sortable)
Part = TypeVar("Part", "Detection", "CodeSetHits", "FieldProfile", "Measure", "DatasetProfile")


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different values there are: the k smallest digests seen.

    Exact up to ``LIMIT`` values; above it an estimate with a relative standard error of 1/sqrt(LIMIT - 2)
    (Bar-Yossef et al. 2002, "Counting distinct elements in a data stream").
    """

    smallest: frozenset[Digest] = frozenset()

    LIMIT = 1024
    SPACE = 2**64

    @classmethod
    def of(cls, digests: Iterable[Digest]) -> Distinct:
        """Sketch these digests."""
        seen = frozenset(digests)
        if len(seen) > cls.LIMIT:
            seen = frozenset(sorted(seen)[: cls.LIMIT])
        return cls(seen)

    @property
    def is_exact(self) -> bool:
        """Whether ``count`` is exact."""
        return len(self.smallest) < self.LIMIT

    @property
    def count(self) -> int:
        """The number of different values."""
        if self.is_exact:
            return len(self.smallest)
        return round((self.LIMIT - 1) * self.SPACE / max(self.smallest))

    @property
    def relative_error(self) -> float:
        """Relative standard error of ``count``; 0 when it is exact."""
        return 0.0 if self.is_exact else (self.LIMIT - 2) ** -0.5

    def __or__(self, other: Distinct) -> Distinct:
        """Sketch both."""
        if other.smallest <= self.smallest:
            return self
        return Distinct.of(self.smallest | other.smallest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What one detector met in one field. Counts are of rows; sketches are of different values."""

    matches: int = 0
    """Values that pass every check."""
    near: int = 0
    """Values of the right shape whose check digit or letter is wrong."""
    in_context: int = 0
    """Matches with a word that names the identifier within 40 characters."""
    reserved: int = 0
    """Matches that are published examples or lie in reserved ranges, counted here only."""
    matching: Distinct = field(default_factory=Distinct)
    """Different values that match."""
    shaped: Distinct = field(default_factory=Distinct)
    """Different values of the right shape, whether or not they pass."""
    first_row: int | None = None
    """Row of the first value that was counted, from 1."""

    def __add__(self, other: Detection) -> Detection:
        """Add the counts of disjoint data."""
        return Detection(
            matches=self.matches + other.matches,
            near=self.near + other.near,
            in_context=self.in_context + other.in_context,
            reserved=self.reserved + other.reserved,
            matching=self.matching | other.matching,
            shaped=self.shaped | other.shaped,
            first_row=earliest(self.first_row, other.first_row),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSetHits:
    """How much of a field fits one code set."""

    rows: int = 0
    codes: frozenset[Digest] = frozenset()
    """Digests of the different codes that were seen."""

    def __add__(self, other: CodeSetHits) -> CodeSetHits:
        """Add the counts of disjoint data."""
        return CodeSetHits(rows=self.rows + other.rows, codes=self.codes | other.codes)


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where values reach, coarsely: calendar years of days, numbers rounded outwards to two digits.

    It is kept only of fields whose data item is of class ``ordinary`` and identifies nobody: the ends are values.
    """

    low: float
    high: float

    def __or__(self, other: Span) -> Span:
        """Span both."""
        return Span(min(self.low, other.low), max(self.high, other.high))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProfile:
    """Everything the program remembers of one field. It cannot hold a value: there is no place for one."""

    present: int = 0
    """Records in which the key or column stands, whatever its value; below an array, how often it stands there."""
    null: int = 0
    """Of these, how many hold null."""
    empty: int = 0
    """Of these, how many hold an empty or blank text, an empty array or an empty object."""
    types: Mapping[str, int] = field(default_factory=dict)
    """``string``, ``integer``, ``number``, ``boolean``, ``object``, ``array`` or ``bytes`` to counts."""
    shortest: int | None = None
    """Characters of the shortest text that is not blank."""
    longest: int | None = None
    distinct: Distinct = field(default_factory=Distinct)
    detections: Mapping[str, Detection] = field(default_factory=dict)
    """Detector id to what it met; a detector that met nothing is left out."""
    code_sets: Mapping[str, CodeSetHits] = field(default_factory=dict)
    """Code set id to how many values fit it; a code set that no value fits is left out."""
    spans: Mapping[str, Span] = field(default_factory=dict)
    """``number`` and ``year`` to how far they reach; empty where the data item's class does not allow it."""
    first_row: int | None = None
    """Row, from 1, in which the key was first seen."""

    @property
    def filled(self) -> int:
        """Records that hold something."""
        return self.present - self.null - self.empty

    def __add__(self, other: FieldProfile) -> FieldProfile:
        """Profile disjoint data together."""
        return FieldProfile(
            present=self.present + other.present,
            null=self.null + other.null,
            empty=self.empty + other.empty,
            types=add_counts(self.types, other.types),
            shortest=earliest(self.shortest, other.shortest),
            longest=max((n for n in (self.longest, other.longest) if n is not None), default=None),
            distinct=self.distinct | other.distinct,
            detections=add_parts(self.detections, other.detections),
            code_sets=add_parts(self.code_sets, other.code_sets),
            spans={
                kind: one | other.spans.get(kind, one) if (one := self.spans.get(kind)) else other.spans[kind]
                for kind in sorted({*self.spans, *other.spans})
            },
            first_row=earliest(self.first_row, other.first_row),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A question about whole records, answered with counts and digests.

    ``keys`` maps a digest (of a person, a group, a school or a row) to how often it was met. What the digest
    stands for is the measure's own matter: see ``compliance.inventory.measures``.
    """

    looked_at: int = 0
    """Records that could answer the question."""
    keys: Mapping[Digest, int] = field(default_factory=dict)
    first_row: int | None = None
    """Row of the first record that the measure met, from 1."""

    def __add__(self, other: Measure) -> Measure:
        """Add the answers of disjoint data."""
        return Measure(
            looked_at=self.looked_at + other.looked_at,
            keys=add_counts(self.keys, other.keys),
            first_row=earliest(self.first_row, other.first_row),
        )


@dataclass(frozen=True, slots=True, order=True)
class MeasureKey:
    """Which question, of which dataset, through which columns."""

    kind: str
    dataset: str
    basis: str = ""
    """The columns that answer it, joined by ``+``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetProfile:
    """One dataset: its records and its fields."""

    rows: int = 0
    deleted: int = 0
    """Records that the feed says are gone."""
    bare: int = 0
    """Records of a delta that say only "unchanged": they hold an id and nothing else."""
    fields: Mapping[FieldPath, FieldProfile] = field(default_factory=dict)

    def __add__(self, other: DatasetProfile) -> DatasetProfile:
        """Profile disjoint records of the same dataset together."""
        return DatasetProfile(
            rows=self.rows + other.rows,
            deleted=self.deleted + other.deleted,
            bare=self.bare + other.bare,
            fields=with_maps(add_parts(self.fields, other.fields)),
        )


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """Something in a source that was not counted as data, and why. Silence is never a pass."""

    source: str
    what: str
    dataset: str = ""
    """The dataset of which rows are missing; empty when it speaks of something else."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Grant:
    """What the integrator itself says a school granted, such as Xporter's TokenDetails."""

    source: str
    estab: str
    relying_party: str
    scopes: tuple[str, ...]
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What one feed or one store holds."""

    sources: tuple[str, ...] = ()
    """Display names of what was read, sorted."""
    datasets: Mapping[str, DatasetProfile] = field(default_factory=dict)
    measures: Mapping[MeasureKey, Measure] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    notices: tuple[Notice, ...] = ()
    taken_at: dt.datetime | None = None
    """Latest moment at which part of it was taken."""

    @property
    def incomplete(self) -> frozenset[str]:
        """Datasets of which rows are known to be missing: what was not met there may still exist."""
        return frozenset(notice.dataset for notice in self.notices if notice.dataset)

    @property
    def rows(self) -> int:
        """Records in all datasets."""
        return sum(dataset.rows for dataset in self.datasets.values())

    def profile(self, path: FieldPath) -> FieldProfile | None:
        """Return the profile of one field, if it was met."""
        dataset = self.datasets.get(path.dataset)
        return dataset.fields.get(path) if dataset else None

    def measure(self, kind: str, dataset: str, basis: str = "") -> Measure | None:
        """Return the answer to one question, if it was asked."""
        return self.measures.get(MeasureKey(kind, dataset, basis))

    def __add__(self, other: Inventory) -> Inventory:
        """Merge the inventories of disjoint data."""
        return Inventory(
            sources=tuple(sorted({*self.sources, *other.sources})),
            datasets=add_parts(self.datasets, other.datasets),
            measures=add_parts(self.measures, other.measures),
            grants=tuple(sorted({*self.grants, *other.grants})),
            notices=tuple(sorted({*self.notices, *other.notices})),
            taken_at=max((t for t in (self.taken_at, other.taken_at) if t is not None), default=None),
        )


EMPTY_INVENTORY = Inventory()


def add_counts(one: Mapping[K, int], other: Mapping[K, int]) -> Mapping[K, int]:
    """Return the sums of two mappings of counts."""
    if not other:
        return one
    if not one:
        return other
    total = dict(one)
    for key, count in other.items():
        total[key] = total.get(key, 0) + count
    return total


def add_parts(one: Mapping[K, Part], other: Mapping[K, Part]) -> Mapping[K, Part]:
    """Return both mappings as one, sorted; what stands in both is added. What stands in one is not touched."""
    if not other:
        return one
    total = dict(one)
    for key, part in other.items():
        total[key] = total[key] + part if key in total else part
    return dict(sorted(total.items())) if len(total) > len(one) else total


def earliest(one: int | None, other: int | None) -> int | None:
    """Return the smaller of two numbers, either of which may be unknown."""
    return min((n for n in (one, other) if n is not None), default=None)
