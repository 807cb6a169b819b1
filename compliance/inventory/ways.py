"""The way from a record to one of its values."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.inventory.batch import Record
from compliance.inventory.values import MISSING
from compliance.model.paths import FieldPath

Way = tuple[str, ...]
"""Names of keys, from the outside in."""


def way_to(field: str) -> Way:
    """Return the way to a field text below a dataset; none for an empty one."""
    return FieldPath("", field).names


def value_at(record: Record, way: Way) -> object:
    """Return what stands at the end of the way; ``MISSING`` when there is no way, or it ends before."""
    value: object = record if way else MISSING
    for name in way:
        value = _member(value, name) if isinstance(value, Mapping) else MISSING
    return value


def _member(record: Record, name: str) -> object:
    """Return the member of that name, in its own spelling or, where there is none, in another case."""
    if name in record:
        return record[name]
    folded = name.casefold()
    return next((value for key, value in record.items() if key.casefold() == folded), MISSING)
