"""Records to field profiles, a column at a time: the values of a field are gathered first and counted together.

How a record becomes fields:

- a key of an object is a step (``address.postcode``), and so is an array (``notes[].text``);
- ``present`` counts the records that have the key; below an array it counts occurrences, as one record has many;
- text that is itself a JSON object or array is looked into, as if it were no text: JSON columns are seen through;
- below ``DEEPEST`` levels nothing is looked into, and a notice says so;
- a key that is itself an identifier, as in an object keyed by e-mail address, is personal data: it stands in the
  path as ``<email>``, and a long number or a GUID as ``<id>``; an object with more than ``MANY_KEYS`` different keys
  is a map from people or things, and all its keys stand in the path as ``<key>``.

Lengths, different values, detectors and code sets are of what is filled: nulls, blank texts, objects and arrays have
none of them. Numbers have no lengths and no codes; a whole number of ten digits is shown to the detectors.
"""

from __future__ import annotations

from compliance.errors import Place, SourceError
from compliance.inventory.batch import Batch, Rows
from compliance.inventory.fields import GrowingField, Pass
from compliance.inventory.reading import Reader
from compliance.inventory.shapes import Block
from compliance.inventory.twins import has_twins
from compliance.model.inventory import DatasetProfile, Inventory, Notice
from compliance.model.maps import with_maps
from compliance.model.paths import FieldPath


class Growing:
    """One dataset while its batches come in."""

    def __init__(self, dataset: str, reader: Reader) -> None:
        self.dataset = dataset
        self.deleted = 0
        self._rows = self._bare = 0
        self._root = GrowingField(reader, dataset)
        self._cut: set[Notice] = set()

    def add(self, batch: Batch | Rows | Block) -> None:
        """Profile one batch.

        Raises ``SourceError`` when an object in it has two members of one name, as one of them would be lost.
        """
        now = Pass(batch, cut=self._cut)
        self._rows += len(batch)
        for name in batch.columns:
            self._root.child_of(name)
        match batch:
            case Rows(columns=columns, cells=cells):
                for name, values in zip(columns, zip(*cells, strict=True), strict=bool(cells)):
                    self._root.child_of(name).add(values, now)
            case Block(decoded=records):
                self._root.add_members(records, now)
                if now.members != batch.members and has_twins(batch.raw):
                    raise SourceError(
                        "An object in it has two members of one name, so that one would be lost.",
                        hint="Export it again with every name once.",
                        place=Place(batch.source),
                    )
            case Batch(records=records, bare=bare):
                self._bare += bare
                self._root.add_members(records, now)

    def profile(self) -> DatasetProfile:
        """Return what has been counted so far."""
        fields = {FieldPath(self.dataset, field): profile for field, profile in self._root.profiles()}
        return DatasetProfile(
            rows=self._rows, deleted=self.deleted, bare=self._bare, fields=with_maps(dict(sorted(fields.items())))
        )

    @property
    def notices(self) -> frozenset[Notice]:
        """What was not looked at."""
        return frozenset(self._cut)


def profile_batch(batch: Batch | Rows | Block, reader: Reader) -> Inventory:
    """Return the inventory of one batch, without measures."""
    growing = Growing(batch.dataset, reader)
    growing.add(batch)
    return Inventory(
        sources=(batch.source,),
        datasets={batch.dataset: growing.profile()},
        notices=tuple(sorted(growing.notices)),
    )
