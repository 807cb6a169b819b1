"""Records to field profiles, a column at a time: the values of a field are gathered first and counted together.

How a record becomes fields:

- a key of an object is a step (``address.postcode``), and so is an array (``notes[].text``);
- ``present`` counts the records that have the key; below an array it counts occurrences, as one record has many;
- text that is itself a JSON object or array is looked into, as if it were no text: JSON columns are seen through;
- below ``DEEPEST`` levels nothing is looked into, and a notice says so;
- a key that is itself an identifier, as in an object keyed by e-mail address, is personal data: it stands in the
  path as ``<email>``, and a long number or a GUID as ``<id>``.

Lengths, different values, detectors and code sets are of what is filled: nulls, blank texts, objects and arrays have
none of them. Numbers have no lengths and no codes; a whole number of ten digits is shown to the detectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add
from typing import NamedTuple

from compliance.inventory.batch import Batch, Rows
from compliance.inventory.columns import Column, by_kind, elements_of, members_of, step_of
from compliance.inventory.counts import profile_values
from compliance.inventory.reading import Reader
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory, Notice
from compliance.model.paths import EACH, FieldPath, join

DEEPEST = 32
"""Levels of nesting that are looked into; a column of a table is the first."""


class _Profiled(NamedTuple):
    """One field of one batch."""

    field: str
    profile: FieldProfile
    is_cut: bool
    """Whether it holds more levels than are looked into."""


def profile_batch(batch: Batch | Rows, reader: Reader) -> Inventory:
    """Return the inventory of one batch, without measures."""
    records = list(batch.records)
    rows = range(batch.first_row, batch.first_row + len(records))
    profiled = list(_objects("", Column(records, list(rows)), reader, level=1))
    known = {FieldPath(batch.dataset, step_of(name)): FieldProfile() for name in batch.columns}
    met = {FieldPath(batch.dataset, field): profile for field, profile, _ in profiled}
    return Inventory(
        sources=(batch.source,),
        datasets={batch.dataset: DatasetProfile(
            rows=len(records), bare=batch.bare if isinstance(batch, Batch) else 0, fields=known | met)},
        notices=tuple(
            Notice(batch.source, f"{FieldPath(batch.dataset, field)} holds more than {DEEPEST} levels of nesting: "
                   "what lies below them was not looked at")
            for field, _, is_cut in profiled if is_cut
        ),
    )  # fmt: skip


def _objects(field: str, objects: Column, reader: Reader, *, level: int) -> Iterator[_Profiled]:
    """Profile every field of these objects; ``level`` is that of their keys."""
    for step, column in members_of(objects).items():
        yield from _field(join(field, step), column, reader, level=level)


def _field(field: str, column: Column, reader: Reader, *, level: int) -> Iterator[_Profiled]:
    """Profile one field, then whatever stands below it."""
    kinds = by_kind(column)
    profile = reduce(add, (profile_values(kind, part, reader) for kind, part in kinds.items()))
    objects, arrays = (part if part and any(part.values) else None for part in map(kinds.get, ("object", "array")))
    is_cut = level >= DEEPEST and bool(objects or arrays)
    yield _Profiled(field, profile, is_cut)
    if objects and not is_cut:
        yield from _objects(field, objects, reader, level=level + 1)
    if arrays and not is_cut:
        yield from _field(join(field, EACH), elements_of(arrays), reader, level=level + 1)
