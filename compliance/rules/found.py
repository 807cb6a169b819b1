"""The fields that were met in a feed or a store, and the answers to questions about their records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from compliance.errors import Place
from compliance.inventory.questions.past_year import ROLLOVER
from compliance.model.declarations import StoredDataset, StoredField, StoredFields
from compliance.model.findings import Hit, Strength
from compliance.model.inventory import Detection, FieldProfile, Inventory, Measure, MeasureKey
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataItem, Subject
from compliance.rules.base import Case
from compliance.rules.wording import counted, named

SHARE_OF_CODES = 0.9
"""Of the rows of a field, how many must hold codes of a set before the field is taken to hold them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundField:
    """A field that was met in the data."""

    side: str
    """``store`` or ``feed``."""
    path: FieldPath
    profile: FieldProfile
    item: DataItem | None
    stored: StoredField | None
    """Its declaration, when it is a declared field of the store."""
    place: Place | None
    """Where the declaration stands that speaks of it, or should."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{named(self.item, self.path)} in the {self.side}"

    @property
    def format(self) -> str | None:
        """What shape its values are declared to have."""
        return (self.stored.format if self.stored else None) or (self.item.format if self.item else None)

    @property
    def code_set(self) -> str | None:
        """Id of the code set that its values are declared to come from."""
        return (self.stored.code_set if self.stored else None) or (self.item.code_set if self.item else None)

    def hit(
        self, message: str, evidence: Mapping[str, int | str], *, strength: Strength = Strength.FIRM, fix: str = ""
    ) -> Hit:
        """Return a hit at the field."""
        return Hit(
            message=message,
            path=self.path,
            place=self.place,
            item=self.item,
            strength=strength,
            evidence={"side": self.side, **evidence},
            fix=fix,
        )


def found_fields(case: Case) -> Iterator[FoundField]:
    """Yield every field of the store, then every field of the feed, each once."""
    yield from _unlisted(case)
    for line in case.ledger:
        if line.stored_path and line.held.profile:
            yield FoundField(
                side="store",
                path=line.stored_path,
                profile=line.held.profile,
                item=line.item,
                stored=line.stored,
                place=place_of(line.stored_path, case.declarations.stored_fields),
            )
    fed = {
        line.source_path: (line, profile)
        for line in case.ledger
        if line.source_path and (profile := line.received.profile)
    }
    for path, (line, profile) in fed.items():
        yield FoundField(
            side="feed",
            path=path,
            profile=profile,
            item=line.item,
            stored=None,
            place=line.request.place if line.request else None,
        )


def _unlisted(case: Case) -> Iterator[FoundField]:
    """Yield the store's fields without a line in the ledger: a technical column needs no declaration, but may leak."""
    listed = {line.stored_path for line in case.ledger}
    for dataset in case.store.datasets.values() if case.store else ():
        for path, profile in dataset.fields.items():
            if path not in listed and profile.filled:
                place = place_of(path, case.declarations.stored_fields)
                yield FoundField(side="store", path=path, profile=profile, item=None, stored=None, place=place)


def strays(case: Case, detector: str) -> Iterator[tuple[FoundField, Detection]]:
    """Yield every field in which ``detector`` met something, but those that are declared to hold just that.

    Published examples and reserved values count as matches when the options say so.
    """
    for found in found_fields(case):
        detection = found.profile.detections.get(detector)
        if detection and found.format != detector:
            reserved = detection.reserved if case.options.include_reserved else 0
            yield found, replace(detection, matches=detection.matches + reserved)


def is_about_the_school(found: FoundField) -> bool:
    """Whether a field tells of the school and of no person in it."""
    subject = (found.stored.subject if found.stored else None) or (found.item.subject if found.item else None)
    return subject is Subject.SCHOOL


def dataset_of(path: FieldPath, stored_fields: StoredFields | None) -> StoredDataset | None:
    """Return the declared dataset in which ``path`` stands."""
    datasets = stored_fields.datasets if stored_fields else ()
    return next((dataset for dataset in datasets if dataset.name == path.dataset), None)


def place_of(path: FieldPath, stored_fields: StoredFields | None) -> Place | None:
    """Return where ``path`` is declared as stored, or else where it would have to be."""
    if stored_fields is None:
        return None
    dataset = dataset_of(path, stored_fields)
    if dataset is None:
        return stored_fields.place
    return next((stored.place for stored in dataset.fields if stored.path == path), dataset.place)


def first_row(row: int | None) -> Mapping[str, int]:
    """Return the evidence of where to begin to look, when the row is known."""
    return {} if row is None else {"first_row": row}


def answers(inventory: Inventory, kind: str) -> Iterator[tuple[MeasureKey, Measure]]:
    """Yield the answers to every question of one kind that was asked of an inventory."""
    return ((key, measure) for key, measure in sorted(inventory.measures.items()) if key.kind == kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsMet:
    """Rows of the store of which a question about single rows was answered with yes."""

    path: FieldPath
    """The field that answered."""
    rows: int
    looked_at: int
    dataset: StoredDataset | None
    place: Place | None
    item: DataItem | None
    first_row: int | None

    @property
    def name(self) -> str:
        """What messages call the field."""
        return named(self.item, self.path)

    @property
    def counted(self) -> str:
        """The rows, in words."""
        return f"{counted(self.rows, 'row')} of {self.path.dataset}"

    def hit(self, message: str, *, strength: Strength = Strength.FIRM, fix: str = "") -> Hit:
        """Return a hit at the field."""
        return Hit(
            message=message,
            path=self.path,
            place=self.place,
            item=self.item,
            strength=strength,
            evidence={"dataset": self.path.dataset, "rows": self.rows, **first_row(self.first_row)},
            fix=fix,
        )


def rows_met(case: Case, kind: str) -> Iterator[RowsMet]:
    """Yield, of each question of one kind that was asked of the store's rows, where and how often it was met."""
    stored_fields = case.declarations.stored_fields
    for key, measure in answers(case.store, kind) if case.store else ():
        if not measure.keys:
            continue
        path = FieldPath(key.dataset, key.basis)
        dataset = dataset_of(path, stored_fields)
        stored = next((each for each in dataset.fields if each.path == path), None) if dataset else None
        yield RowsMet(
            path=path,
            rows=sum(measure.keys.values()),
            looked_at=measure.looked_at,
            dataset=dataset,
            place=place_of(path, stored_fields),
            item=case.declarations.item(stored.item) if stored else None,
            first_row=measure.first_row,
        )


def holds_codes(found: FoundField, code_set: str) -> bool:
    """Whether a field holds the codes of a set themselves: it is said to, or nearly all of its rows do.

    A data item's set may stand in a system as words, or as yes and no.
    """
    if found.stored and found.stored.transform != "none":
        return False
    is_said = found.stored is not None and found.stored.code_set is not None
    hits = found.profile.code_sets.get(code_set)
    return is_said or 0 < SHARE_OF_CODES * found.profile.filled <= (hits.rows if hits else 0)


def is_whole(inventory: Inventory, dataset: str) -> bool:
    """Whether every row of a dataset came: none is known to be missing, and none says only that nothing changed."""
    profile = inventory.datasets.get(dataset)
    return dataset not in inventory.incomplete and not (profile and profile.bare)


def is_rolling_over(day: dt.date) -> bool:
    """Whether one year's groups and year groups give way to the next, so that two systems may differ for a while."""
    first, last = ROLLOVER
    return first <= (day.month, day.day) <= last


def is_in_england(case: Case) -> bool:
    """Whether the school may be in England: URNs begin with 1 there (LAW.md 9), and nobody says otherwise."""
    authorisation = case.declarations.authorisation
    return authorisation is None or authorisation.school.urn[:1] in {"", "1"}
