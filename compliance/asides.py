"""What is said of a feed or a store beside what it holds: notices that only the whole of a run can give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from compliance.integrators.drift import drifted
from compliance.integrators.plain import Plain
from compliance.inventory.measures import InventoryPlan
from compliance.model.declarations import Declarations
from compliance.model.inventory import Inventory, Notice
from compliance.sources.recognition import Recognition


def with_silence_named(address: str, inventory: Inventory, plan: InventoryPlan) -> Inventory:
    """Say of a saved inventory which planned questions were not asked when it was taken."""
    here = {name.casefold() for name, dataset in inventory.datasets.items() if dataset.rows}
    unasked = {each.key for each in plan.measures if each.dataset.casefold() in here} - inventory.measures.keys()
    if not unasked:
        return inventory
    kinds = ", ".join(sorted({key.kind for key in unasked}))
    notice = Notice(
        Path(address).name,
        f"was saved without the answers to {len(unasked)} questions of these declarations ({kinds}): "
        "`compliance inventory --for` asks them",
    )
    return _with(inventory, [notice])


def with_strangers_named(declarations: Declarations, feed: Inventory | None) -> Inventory | None:
    """Say of every grant that speaks of another app that it does."""
    party = declarations.permission_set.relying_party if declarations.permission_set else ""
    if feed is None or not party:
        return feed
    notices = {
        Notice(grant.source, f"speaks of the app {grant.relying_party}, and the permission set of {party}")
        for grant in feed.grants
        if grant.relying_party not in {"", party}
    }
    return _with(feed, notices)


def with_drift_named(declarations: Declarations, feed: Inventory | None) -> Inventory | None:
    """Say of every dataset what came beyond the integrator's documents and the options of the permission set."""
    catalogue, permission_set = declarations.catalogue, declarations.permission_set
    if feed is None or catalogue is None or permission_set is None or not catalogue.fields:
        return feed
    return _with(feed, drifted(catalogue, permission_set, feed))


def with_likeness_named(
    recognition: Recognition | None, declarations: Declarations, feed: Inventory | None
) -> Inventory | None:
    """Say of a feed that looks like another integrator's than the permission set's that it does."""
    if feed is None or not declarations.permission_set:
        return feed
    if recognition is None or recognition.integrator in {Plain.name, declarations.permission_set.integrator}:
        return feed
    what = f"looks like {recognition.integrator}'s, and was read as {declarations.permission_set.integrator}'s"
    return _with(feed, [Notice(recognition.source, what)])


def _with(inventory: Inventory, notices: Iterable[Notice]) -> Inventory:
    return replace(inventory, notices=tuple(sorted({*inventory.notices, *notices})))
