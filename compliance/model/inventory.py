"""What is really there, without a single value of it.

Two inventories of disjoint data **add up** to the inventory of the whole: ``+`` is associative and commutative, and
``EMPTY_INVENTORY`` is its neutral element; ``total_of`` adds many. Digests are 64-bit keyed hashes. They leave the
program in a saved inventory only, and meet only where they were made with one key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from compliance.model.maps import with_maps
from compliance.model.paths import FieldPath
from compliance.model.sketch import Digest, Distinct, Span
from compliance.model.sums import greatest, least, total_counts, totals

TOGETHER = 32
"""Inventories that are added at once: adding many costs less than adding each to the sum."""


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

    @classmethod
    def total(cls, parts: Sequence[Detection]) -> Detection:
        """Add the counts of disjoint data."""
        return cls(
            matches=sum(part.matches for part in parts),
            near=sum(part.near for part in parts),
            in_context=sum(part.in_context for part in parts),
            reserved=sum(part.reserved for part in parts),
            matching=Distinct.total(part.matching for part in parts),
            shaped=Distinct.total(part.shaped for part in parts),
            first_row=least(part.first_row for part in parts),
        )

    def __add__(self, other: Detection) -> Detection:
        """Return the total of both."""
        return Detection.total((self, other))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSetHits:
    """How much of a field fits one code set."""

    rows: int = 0
    codes: frozenset[Digest] = frozenset()
    """Digests of the different codes that were seen."""

    @classmethod
    def total(cls, parts: Sequence[CodeSetHits]) -> CodeSetHits:
        """Add the counts of disjoint data."""
        return cls(
            rows=sum(part.rows for part in parts),
            codes=frozenset().union(*(part.codes for part in parts)),
        )

    def __add__(self, other: CodeSetHits) -> CodeSetHits:
        """Return the total of both."""
        return CodeSetHits.total((self, other))


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

    @classmethod
    def total(cls, parts: Sequence[FieldProfile]) -> FieldProfile:
        """Profile disjoint data together."""
        return cls(
            present=sum(part.present for part in parts),
            null=sum(part.null for part in parts),
            empty=sum(part.empty for part in parts),
            types=total_counts(part.types for part in parts),
            shortest=least(part.shortest for part in parts),
            longest=greatest(part.longest for part in parts),
            distinct=Distinct.total(part.distinct for part in parts),
            detections=totals((part.detections for part in parts), Detection.total),
            code_sets=totals((part.code_sets for part in parts), CodeSetHits.total),
            spans=totals((part.spans for part in parts), Span.total),
            first_row=least(part.first_row for part in parts),
        )

    def __add__(self, other: FieldProfile) -> FieldProfile:
        """Return the total of both."""
        return FieldProfile.total((self, other))


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

    @classmethod
    def total(cls, parts: Sequence[Measure]) -> Measure:
        """Add the answers of disjoint data."""
        return cls(
            looked_at=sum(part.looked_at for part in parts),
            keys=total_counts(part.keys for part in parts),
            first_row=least(part.first_row for part in parts),
        )

    def __add__(self, other: Measure) -> Measure:
        """Return the total of both."""
        return Measure.total((self, other))


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

    @property
    def leaves(self) -> Mapping[FieldPath, FieldProfile]:
        """The fields without the objects and arrays whose contents are fields of their own."""
        parents = {parent for path in self.fields for parent in path.parents}
        return {
            path: profile
            for path, profile in self.fields.items()
            if path not in parents or not set(profile.types) <= {"object", "array"}
        }

    @classmethod
    def total(cls, parts: Sequence[DatasetProfile]) -> DatasetProfile:
        """Profile disjoint records of the same dataset together."""
        return cls(
            rows=sum(part.rows for part in parts),
            deleted=sum(part.deleted for part in parts),
            bare=sum(part.bare for part in parts),
            fields=with_maps(totals((part.fields for part in parts), FieldProfile.total)),
        )

    def __add__(self, other: DatasetProfile) -> DatasetProfile:
        """Return the total of both."""
        return DatasetProfile.total((self, other))


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
    """Number of the school: its LAESTAB, or the integrator's own; empty when the answer does not say."""
    relying_party: str
    """Name of the app at the integrator; empty when the answer does not say."""
    scopes: tuple[str, ...]
    paused: bool = False
    expires: str = ""
    """Until when its token is good, as an ISO 8601 text: of two grants, the later is the newer one."""


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

    @classmethod
    def total(cls, parts: Sequence[Inventory]) -> Inventory:
        """Merge the inventories of disjoint data. ``total_of`` adds up more than memory holds."""
        return cls(
            sources=tuple(sorted({source for part in parts for source in part.sources})),
            datasets=totals((part.datasets for part in parts), DatasetProfile.total),
            measures=totals((part.measures for part in parts), Measure.total),
            grants=tuple(sorted({grant for part in parts for grant in part.grants})),
            notices=tuple(sorted({notice for part in parts for notice in part.notices})),
            taken_at=greatest(part.taken_at for part in parts),
        )

    def __add__(self, other: Inventory) -> Inventory:
        """Return the total of both."""
        return Inventory.total((self, other))


EMPTY_INVENTORY = Inventory()


def total_of(inventories: Iterable[Inventory]) -> Inventory:
    """Return the sum of any number of inventories of disjoint data; some dozens of them stand in memory at a time."""
    total, rest = EMPTY_INVENTORY, iter(inventories)
    while some := [*islice(rest, TOGETHER)]:
        total = Inventory.total((total, *some))
    return total
