"""Stretches of files, folded wherever they happen to be read: what travels between the machines of a cluster.

A large file is read in stretches, and nobody knows how many lines stand before a stretch until they were all read.
So each counts its rows from its own first line, and is moved to its place when it is joined to the stretch before.
No second pass over the data is needed for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from compliance.errors import Place, SourceError, place_in_program
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.take import take_inventory
from compliance.model.inventory import EMPTY_INVENTORY, DatasetProfile, Detection, FieldProfile, Inventory, Notice
from compliance.model.vocabulary import Vocabulary
from compliance.sources.json_lines import line_batches

Moved = TypeVar("Moved", Detection, FieldProfile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a stretch could not be read. It crosses from machine to machine as a value: a traceback would quote data."""

    message: str
    hint: str
    place: Place

    @property
    def order(self) -> tuple[list[str], int]:
        """How far back it stands when files are read one after the other, folder by folder."""
        return self.place.file.split("/"), self.place.line

    def error(self) -> SourceError:
        """Return it as the error that ends the run."""
        return SourceError(self.message, hint=self.hint, place=self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some lines of one file, or whole files, folded."""

    lines: int = 0
    """How many there are, blank ones too."""
    inventory: Inventory = EMPTY_INVENTORY
    fault: Fault | None = None
    """The first, if there is one; then the inventory does not matter."""

    def __add__(self, other: Stretch) -> Stretch:
        """Put disjoint stretches together, whichever comes first, once their rows count from where they should."""
        faults = [fault for fault in (self.fault, other.fault) if fault]
        return Stretch(
            lines=self.lines + other.lines,
            inventory=EMPTY_INVENTORY if faults else self.inventory + other.inventory,
            fault=min(faults, key=lambda fault: fault.order, default=None),
        )

    def then(self, following: Stretch) -> Stretch:
        """Join the stretch that comes next in the file."""
        return self + following.moved(self.lines)

    def moved(self, lines: int) -> Stretch:
        """Return the stretch as it is that many lines further down its file."""
        if not lines:
            return self
        return replace(
            self, inventory=_inventory(self.inventory, lines), fault=self.fault and _fault(self.fault, lines)
        )


def fold_lines(
    runs: Iterable[Sequence[bytes]], *, source: str, dataset: str, plan: InventoryPlan, vocabulary: Vocabulary
) -> Stretch:
    """Fold a stretch of the file ``source``, whose lines come in ``runs``. Whatever goes wrong becomes its fault."""
    lines = 0

    def counted() -> Iterator[Sequence[bytes]]:
        nonlocal lines
        for run in runs:
            lines += len(run)
            yield run

    try:
        batches = line_batches(chain.from_iterable(counted()), source, dataset, 1)
        inventory = take_inventory(batches, plan, vocabulary)
    except SourceError as error:
        fault = Fault(message=error.message, hint=error.hint, place=error.place or Place(source))
        return Stretch(lines=lines, fault=fault)
    except Exception as error:  # noqa: BLE001 - its text may hold personal data, so that it must not reach any log
        return Stretch(lines=lines, fault=unforeseen(error, source))
    return Stretch(lines=lines, inventory=inventory)


def whole_file(stretch: Stretch, source: str) -> Stretch:
    """Return the stretch that is all of a file; of a file without records it says that it is empty."""
    if stretch.inventory.datasets or stretch.fault:
        return stretch
    return replace(stretch, inventory=Inventory(sources=(source,), notices=(Notice(source, "is empty"),)))


def unforeseen(error: Exception, source: str) -> Fault:
    """Return what may be said of an error that nobody foresaw: its type, and its place in our code."""
    return Fault(
        message=f"Something failed inside the program: {type(error).__name__} at {place_in_program(error)}.",
        hint="Please report it.",
        place=Place(source),
    )


def _fault(fault: Fault, lines: int) -> Fault:
    place = fault.place
    return replace(fault, place=replace(place, line=place.line + lines)) if place.line else fault


def _inventory(inventory: Inventory, lines: int) -> Inventory:
    return replace(inventory, datasets={name: _dataset(dataset, lines) for name, dataset in inventory.datasets.items()})


def _dataset(dataset: DatasetProfile, lines: int) -> DatasetProfile:
    return replace(dataset, fields={path: _field(profile, lines) for path, profile in dataset.fields.items()})


def _field(profile: FieldProfile, lines: int) -> FieldProfile:
    detections = {name: _further_down(met, lines) for name, met in profile.detections.items()}
    return replace(_further_down(profile, lines), detections=detections)


def _further_down(met: Moved, lines: int) -> Moved:
    return met if met.first_row is None else replace(met, first_row=met.first_row + lines)
