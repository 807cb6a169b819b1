"""What every description of a store is made of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from compliance.errors import Place
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory, Notice
from compliance.model.paths import FieldPath


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one field of a document, and where it is described."""

    path: FieldPath
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What one description says."""

    sources: tuple[str, ...]
    """Display names of what was read."""
    datasets: tuple[str, ...]
    columns: tuple[Column, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureKind:
    """One kind of description that the program can read."""

    name: str
    is_at: Callable[[str], bool]
    """Whether an address is of this kind."""
    read: Callable[[str], Structure]
    """Raises ``SourceError`` when it cannot be read, or describes nothing."""


def inventory_of(structure: Structure, at: dt.datetime) -> Inventory:
    """Return the inventory of a store that is built so and holds no row."""
    fields: defaultdict[str, dict[FieldPath, FieldProfile]] = defaultdict(dict)
    for column in structure.columns:
        fields[column.path.dataset][column.path] = FieldProfile()
    return Inventory(
        sources=tuple(sorted(structure.sources)),
        datasets={name: DatasetProfile(fields=fields[name]) for name in sorted({*structure.datasets, *fields})},
        notices=tuple(sorted(structure.notices)),
        taken_at=at,
    )


def places_of(structures: Iterable[Structure]) -> Mapping[FieldPath, Place]:
    """Return where each column is described; the first description counts."""
    places: dict[FieldPath, Place] = {}
    for structure in structures:
        for column in structure.columns:
            places.setdefault(column.path, column.place)
    return places
