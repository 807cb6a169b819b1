"""Takes the inventory: every record of every batch, nothing sampled, and not one value kept."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.inventory.batch import Batch, Deletions, Exclusions, Piece, Rows
from compliance.inventory.detectors.own import detector_of
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.digest import keyed
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.profile import Growing
from compliance.inventory.reading import reader
from compliance.inventory.shapes import Block
from compliance.inventory.tally import Tally
from compliance.model.inventory import Grant, Inventory, Notice
from compliance.model.vocabulary import Vocabulary


def take_inventory(pieces: Iterable[Piece], plan: InventoryPlan, vocabulary: Vocabulary) -> Inventory:
    """Return the inventory of ``pieces``; when it was taken is the caller's to say.

    Taken with one plan, the inventories of disjoint pieces add up to the inventory of all. Memory grows with the
    different people that the measures tell apart, and with nothing else.
    """
    own = map(detector_of, vocabulary.detectors.values())
    detectors = (*DETECTORS, *own) if plan.detect else ()
    read = reader(plan.key, vocabulary.code_sets.values(), detectors, plan.spans)
    tally = Tally(plan, keyed(plan.key))
    growing: dict[str, Growing] = {}
    sources: set[str] = set()
    grants: set[Grant] = set()
    notices: set[Notice] = set()

    def dataset(name: str) -> Growing:
        if name not in growing:
            growing[name] = Growing(name, read)
        return growing[name]

    for piece in pieces:
        sources.add(piece.source)
        match piece:
            case Batch() | Rows() | Block():
                tally.ask(piece)
                dataset(piece.dataset).add(piece)
            case Deletions():
                dataset(piece.dataset).deleted += piece.count
            case Exclusions():
                tally.exclude(piece)
            case Grant():
                grants.add(piece)
            case Notice():
                notices.add(piece)
    for each in growing.values():
        notices |= each.notices
    return Inventory(
        sources=tuple(sorted(sources)),
        datasets={name: each.profile() for name, each in sorted(growing.items())},
        measures=tally.measures(),
        grants=tuple(sorted(grants)),
        notices=tuple(sorted(notices)),
    )
