"""Takes the inventory: every record of every batch, nothing sampled, and not one value kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from compliance.inventory.batch import Batch, Deletions, Exclusions, Piece, Rows
from compliance.inventory.digest import keyed
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.profile import profile_batch
from compliance.inventory.reading import reader
from compliance.inventory.tables.piece import StoredTable
from compliance.inventory.tables.profile import profile_table
from compliance.inventory.tally import Tally
from compliance.model.inventory import EMPTY_INVENTORY, DatasetProfile, Grant, Inventory, Notice
from compliance.model.vocabulary import Vocabulary


def take_inventory(pieces: Iterable[Piece], plan: InventoryPlan, vocabulary: Vocabulary) -> Inventory:
    """Return the inventory of ``pieces``; when it was taken is the caller's to say.

    Taken with one plan, the inventories of disjoint pieces add up to the inventory of all: the profiles are made
    that way here, a batch at a time. Memory grows with the different people that the measures tell apart, and with
    nothing else.
    """
    digest = keyed(plan.key)
    read = reader(digest, vocabulary.code_sets.values())
    tally = Tally(plan, digest)
    inventory = EMPTY_INVENTORY
    for piece in pieces:
        match piece:
            case Batch() | Rows():
                tally.ask(piece)
                inventory += profile_batch(piece, read)
            case StoredTable():
                codes = (code.code for each in vocabulary.code_sets.values() for code in each.codes)
                inventory += profile_table(piece, read, plan, codes=codes, tell=tally.ask)
            case Deletions(source=source, dataset=dataset, count=count):
                inventory += Inventory(sources=(source,), datasets={dataset: DatasetProfile(deleted=count)})
            case Exclusions(source=source):
                tally.exclude(piece)
                inventory += Inventory(sources=(source,))
            case Grant(source=source):
                inventory += Inventory(sources=(source,), grants=(piece,))
            case Notice(source=source):
                inventory += Inventory(sources=(source,), notices=(piece,))
    return replace(inventory, measures=tally.measures())
