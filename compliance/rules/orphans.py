"""Rows that belong to somebody or something that is no longer there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.declarations import StoredDataset
from compliance.model.inventory import Inventory
from compliance.model.paths import FieldPath
from compliance.model.sketch import Digest
from compliance.rules.base import Case, given


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphans:
    """How many rows of a dataset belong to nobody."""

    dataset: StoredDataset
    path: FieldPath
    """The column that names whom they belong to."""
    found_in: tuple[FieldPath, ...]
    rows: int
    owners: int
    """How many different owners are missing."""


def orphans(case: Case) -> Iterator[Orphans]:
    """Yield every dataset with rows that belong to nobody, of those where all that they may belong to was seen."""
    store = given(case.store)
    for dataset in given(case.declarations.stored_fields).datasets:
        link = dataset.belongs_to
        if link is None:
            continue
        said = store.measure("link", dataset.name, "+".join(map(str, link.found_in)))
        owners = _owners(store, link.found_in)
        if said is None or owners is None:
            continue
        missing = [times for key, times in said.keys.items() if key not in owners]
        if missing:
            yield Orphans(
                dataset=dataset,
                path=FieldPath.of(dataset.name, link.column),
                found_in=link.found_in,
                rows=sum(missing),
                owners=len(missing),
            )


def _owners(store: Inventory, paths: tuple[FieldPath, ...]) -> frozenset[Digest] | None:
    """Return all that rows may belong to; None when part of it was not seen."""
    owners: set[Digest] = set()
    for path in paths:
        dataset = store.datasets.get(path.dataset)
        if dataset is None or path.dataset in store.incomplete or (dataset.rows and path not in dataset.fields):
            return None
        measure = store.measure("linked", path.dataset, str(path))
        owners |= measure.keys.keys() if measure else set()
    return frozenset(owners)
