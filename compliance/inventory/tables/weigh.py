"""Counted values, profiled: each different value is looked at once and counts as often as it stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import add
from typing import NamedTuple

from compliance.inventory.batch import Rows
from compliance.inventory.profile import Growing, profile_batch
from compliance.inventory.reading import Reader
from compliance.inventory.tables.piece import StoredTable
from compliance.model.inventory import (
    EMPTY_INVENTORY,
    CodeSetHits,
    DatasetProfile,
    Detection,
    FieldProfile,
    Inventory,
)
from compliance.model.paths import FieldPath

TOGETHER = 4_000
"""Different values that are profiled together: enough that the work around them does not count."""


class Counted(NamedTuple):
    """One different value of a column. It holds personal data."""

    value: object
    times: int
    row: int = 0
    """First row it stands in, from 1; 0 where rows have no order."""

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Counted {self.times} times>"


def profile_counted(table: StoredTable, column: str, counted: Iterable[Counted], reader: Reader) -> Inventory:
    """Profile the values of one column, all of them different or not; rows of the dataset are not counted.

    Values that stand there equally often are profiled together, and the profile is multiplied.
    """
    return reduce(add, (_times(table, column, each, reader) for each in _alike(counted)), EMPTY_INVENTORY)


def _alike(counted: Iterable[Counted]) -> Iterator[list[Counted]]:
    """Bring together values that stand there equally often, some at a time."""
    alike: defaultdict[int, list[Counted]] = defaultdict(list)
    for each in counted:
        alike[each.times].append(each)
        if len(alike[each.times]) >= TOGETHER:
            yield alike.pop(each.times)
    yield from alike.values()


def _times(table: StoredTable, column: str, alike: list[Counted], reader: Reader) -> Inventory:
    alike.sort(key=lambda each: each.row)  # the earliest in the batch is then the earliest in the table
    rows = Rows(source=table.source, dataset=table.dataset, columns=(column,), cells=[(each.value,) for each in alike])
    inventory = profile_batch(rows, reader)
    places = [each.row for each in alike] if alike[0].row else ()
    return _with_fields(inventory, {
        path: _multiplied(_placed(profile, places), alike[0].times) for path, profile in _fields(inventory).items()
    })  # fmt: skip


def profile_streamed(table: StoredTable, batches: Iterable[Rows], reader: Reader) -> Inventory:
    """Profile whole columns as they come, in the order of the format if it has one; rows are not counted."""
    growing = Growing(table.dataset, reader)
    for batch in batches:
        growing.add(batch)
    inventory = Inventory(
        sources=(table.source,), datasets={table.dataset: growing.profile()}, notices=tuple(sorted(growing.notices))
    )
    fields = _fields(inventory)
    if not table.row:
        fields = {path: _placed(profile, ()) for path, profile in fields.items()}
    return _with_fields(inventory, fields)


def _fields(inventory: Inventory) -> Mapping[FieldPath, FieldProfile]:
    return {path: profile for dataset in inventory.datasets.values() for path, profile in dataset.fields.items()}


def _with_fields(inventory: Inventory, fields: Mapping[FieldPath, FieldProfile]) -> Inventory:
    """Return the inventory with these profiles, and no rows: who asks a column does not count those of the table."""
    return replace(inventory, datasets={name: DatasetProfile(fields=fields) for name in inventory.datasets})


def _placed(profile: FieldProfile, places: Sequence[int]) -> FieldProfile:
    """Translate numbers of a batch's rows to numbers of the table's; without places no row is known."""

    def placed(row: int | None) -> int | None:
        return places[row - 1] if places and row else None

    return replace(
        profile,
        first_row=placed(profile.first_row),
        detections={
            name: replace(detection, first_row=placed(detection.first_row))
            for name, detection in profile.detections.items()
        },
    )


def _multiplied(profile: FieldProfile, times: int) -> FieldProfile:
    """Return the profile of the same data, that many times over."""
    if times == 1:
        return profile
    return replace(
        profile,
        present=profile.present * times,
        null=profile.null * times,
        empty=profile.empty * times,
        types={kind: count * times for kind, count in profile.types.items()},
        detections={name: _detected(detection, times) for name, detection in profile.detections.items()},
        code_sets={
            name: CodeSetHits(rows=hits.rows * times, codes=hits.codes) for name, hits in profile.code_sets.items()
        },
    )


def _detected(detection: Detection, times: int) -> Detection:
    return replace(
        detection,
        matches=detection.matches * times,
        near=detection.near * times,
        in_context=detection.in_context * times,
        reserved=detection.reserved * times,
    )
