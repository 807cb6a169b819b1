"""Takes the inventory: every record of every batch, nothing sampled, and not one value kept."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.inventory.batch import Batch, Deletions, Exclusions, Piece, Rows
from compliance.inventory.detectors.own import detector_of
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.digest import keyed
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.profile import Growing
from compliance.inventory.reading import Reader, reader
from compliance.inventory.shapes import Block
from compliance.inventory.tables.piece import StoredTable
from compliance.inventory.tables.profile import profile_table
from compliance.inventory.tally import Tally
from compliance.model.inventory import Grant, Inventory, Notice, total_of
from compliance.model.vocabulary import Vocabulary


def take_inventory(pieces: Iterable[Piece], plan: InventoryPlan, vocabulary: Vocabulary) -> Inventory:
    """Return the inventory of ``pieces``; when it was taken is the caller's to say.

    Taken with one plan, the inventories of disjoint pieces add up to the inventory of all. Memory grows with the
    different people that the measures tell apart, and with nothing else.
    """
    growing = _Growing(plan, vocabulary)
    for piece in pieces:
        growing.add(piece)
    return growing.inventory()


def reader_of(plan: InventoryPlan, vocabulary: Vocabulary) -> Reader:
    """Make what reads the texts of one run."""
    own = map(detector_of, vocabulary.detectors.values())
    detectors = (*DETECTORS, *own) if plan.detect else ()
    return reader(plan.key, vocabulary.code_sets.values(), detectors, plan.spans)


class _Growing:
    """An inventory while its pieces come in."""

    def __init__(self, plan: InventoryPlan, vocabulary: Vocabulary) -> None:
        self._plan = plan
        self._codes = tuple(code.code for each in vocabulary.code_sets.values() for code in each.codes)
        self._reader = reader_of(plan, vocabulary)
        self._tally = Tally(plan, keyed(plan.key))
        self._datasets: dict[str, Growing] = {}
        self._sources: set[str] = set()
        self._grants: set[Grant] = set()
        self._notices: set[Notice] = set()
        self._asked: list[Inventory] = []
        """Inventories of tables that were asked where they live."""

    def add(self, piece: Piece) -> None:
        """Take one piece in."""
        self._sources.add(piece.source)
        match piece:
            case Batch() | Rows() | Block():
                self._tally.ask(piece)
                self._dataset(piece.dataset).add(piece)
            case StoredTable():
                self._asked.append(
                    profile_table(piece, self._reader, self._plan, codes=self._codes, tell=self._tally.ask)
                )
            case Deletions():
                self._dataset(piece.dataset).deleted += piece.count
            case Exclusions():
                self._tally.exclude(piece)
            case Grant():
                self._grants.add(piece)
            case Notice():
                self._notices.add(piece)

    def inventory(self) -> Inventory:
        """Return what came in."""
        notices = self._notices.union(*(each.notices for each in self._datasets.values()))
        read_here = Inventory(
            sources=tuple(sorted(self._sources)),
            datasets={name: each.profile() for name, each in sorted(self._datasets.items())},
            measures=self._tally.measures(),
            grants=tuple(sorted(self._grants)),
            notices=tuple(sorted(notices)),
        )
        return total_of((read_here, *self._asked)) if self._asked else read_here

    def _dataset(self, name: str) -> Growing:
        if name not in self._datasets:
            self._datasets[name] = Growing(name, self._reader)
        return self._datasets[name]
