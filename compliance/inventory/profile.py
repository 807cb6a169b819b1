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

from collections.abc import Iterator, Sequence
from itertools import chain
from types import NoneType
from typing import Any

from compliance.inventory.batch import Batch, Rows
from compliance.inventory.columns import by_kind, kind_of, members_of, text_or_bytes
from compliance.inventory.growing import GrowingDistinct
from compliance.inventory.keys import step_of
from compliance.inventory.places import Steps, first_row, first_row_among
from compliance.inventory.reading import Reader
from compliance.inventory.spans import GrowingSpans
from compliance.inventory.texts import Sought, Texts, json_among
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory, Notice, earliest
from compliance.model.maps import KEYED, MANY_KEYS, with_maps
from compliance.model.paths import EACH, FieldPath, join

_TEXT = {str}
DEEPEST = 32
"""Levels of nesting that are looked into; a column of a table is the first."""


class Growing:
    """One dataset while its batches come in."""

    def __init__(self, dataset: str, reader: Reader) -> None:
        self.dataset = dataset
        self.rows = self.bare = self.deleted = 0
        self._root = _Field(reader, dataset, ())
        self._cut: set[Notice] = set()

    def add(self, batch: Batch | Rows) -> None:
        """Profile one batch."""
        for name in batch.columns:
            self._root.child_of(name)
        if isinstance(batch, Rows):
            self.rows += len(batch.cells)
            for name, values in zip(batch.columns, zip(*batch.cells, strict=True), strict=bool(batch.cells)):
                self._root.child_of(name).add(values, batch, self._cut)
        else:
            self.rows += len(batch.records)
            self.bare += batch.bare
            self._root.add_members(batch.records, batch, self._cut)

    def profile(self) -> DatasetProfile:
        """Return what has been counted so far."""
        fields = {FieldPath(self.dataset, field): profile for field, profile in self._root.profiles("")}
        return DatasetProfile(
            rows=self.rows, deleted=self.deleted, bare=self.bare, fields=with_maps(dict(sorted(fields.items())))
        )

    @property
    def notices(self) -> frozenset[Notice]:
        """What was not looked at."""
        return frozenset(self._cut)


def profile_batch(batch: Batch | Rows, reader: Reader) -> Inventory:
    """Return the inventory of one batch, without measures."""
    growing = Growing(batch.dataset, reader)
    growing.add(batch)
    return Inventory(
        sources=(batch.source,),
        datasets={batch.dataset: growing.profile()},
        notices=tuple(sorted(growing.notices)),
    )


class _Field:
    """One field, or the dataset itself, while its values come in. What stands below it are its children."""

    __slots__ = (
        "_by_key", "_children", "_dataset", "_earlier", "_first_row", "_nothing", "_null", "_present", "_reader",
        "_sketch", "_spans", "_steps", "_texts", "_types",
    )  # fmt: skip

    def __init__(self, reader: Reader, dataset: str, steps: Steps) -> None:
        self._reader = reader
        self._dataset = dataset
        self._steps = steps
        self._present = self._null = self._nothing = 0
        self._types: dict[str, int] = {}
        self._first_row: int | None = None
        self._sketch = GrowingDistinct()
        self._texts = Texts(reader, self._sketch)
        self._spans = GrowingSpans() if self.path in reader.spans else None
        self._children: dict[str, _Field] = {}
        self._by_key: dict[Any, _Field] = {}
        self._earlier: list[tuple[str, FieldProfile]] = []
        """Profiles, by field text below this one, of fields that were taken for names before they were keys."""

    @property
    def path(self) -> FieldPath:
        """Where it stands."""
        field = ""
        for step in self._steps:
            field = join(field, step)
        return FieldPath(self._dataset, field)

    def add(self, values: Sequence[Any], batch: Batch | Rows, cut: set[Notice]) -> None:
        """Count what stands here in one batch."""
        if self._first_row is None or self._first_row > batch.first_row:
            everywhere = len(self._steps) == 1 and len(values) == len(batch)
            row = batch.first_row if everywhere else first_row(batch, self._steps)
            self._first_row = earliest(self._first_row, row)
        self._present += len(values)
        types = set(map(type, values))
        if NoneType in types:
            types.discard(NoneType)
            filled = [value for value in values if value is not None]
            self._null += len(values) - len(filled)
            values = filled
        if types == _TEXT:
            self._add_texts(values, batch, cut)
        elif len(types) == 1:
            self._add_kind(kind_of(types.pop()), values, batch, cut)
        elif types:
            for kind, part in by_kind(values, types).items():
                self._add_kind(kind, part, batch, cut)

    def add_members(self, objects: Sequence[Any], batch: Batch | Rows, cut: set[Notice]) -> None:
        """Count what stands below these objects."""
        for key, values in members_of(objects):
            self.child_of(key).add(values, batch, cut)

    def child_of(self, key: Any) -> _Field:  # noqa: ANN401 - JSON has texts only, but a record may have any key
        """Return the field below this one that a key belongs to."""
        if key in self._by_key:
            return self._by_key[key]
        child = self._child(KEYED if KEYED in self._children else step_of(str(key)))
        if len(self._by_key) < MANY_KEYS:
            self._by_key[key] = child
        return child

    def _child(self, step: str) -> _Field:
        if step not in self._children:
            self._children[step] = _Field(self._reader, self._dataset, (*self._steps, step))
            if len(self._children.keys() - {EACH}) > MANY_KEYS:
                self._take_for_map()
                return self._children[KEYED]
        return self._children[step]

    def profiles(self, field: str) -> Iterator[tuple[str, FieldProfile]]:
        """Yield the profile of this field, unless it is the dataset itself, and of every field below it."""
        if self._steps:
            yield field, self._profile()
        yield from ((join(field, below), profile) for below, profile in self._earlier)
        for step, child in self._children.items():
            yield from child.profiles(join(field, step))

    def _take_for_map(self) -> None:
        """Let all keys be keys of a map from now on."""
        each = self._children.pop(EACH, None)
        for step, child in self._children.items():
            self._earlier.extend(child.profiles(step))
        self._by_key.clear()
        self._children = {KEYED: _Field(self._reader, self._dataset, (*self._steps, KEYED))}
        if each:
            self._children[EACH] = each

    def _add_kind(self, kind: str, values: Sequence[Any], batch: Batch | Rows, cut: set[Notice]) -> None:
        match kind:
            case "string":
                self._add_texts(list(map(str, values)), batch, cut)
            case "bytes":
                self._add_bytes(values, batch, cut)
            case "object" | "array":
                self._add_nested(kind, values, batch, cut)
            case _:
                self._add_type(kind, len(values))
                self._add_plain(kind, values, batch)

    def _add_texts(self, values: Sequence[str], batch: Batch | Rows, cut: set[Notice]) -> None:
        different = set(values)
        new = self._texts.new_among(different)
        if new and (held := json_among(new)):
            inside = [held[value] for value in values if value in held]
            values = [value for value in values if value not in held]
            for kind, part in by_kind(inside, {dict, list}).items():
                self._add_nested(kind, part, batch, cut)
            different -= held.keys()
            new = new - held.keys()
        if not values:
            return
        self._add_type("string", len(values))
        if self._spans:
            self._spans.add_texts(new)
        self._locate(self._texts.add(values, different, new, batch.first_row), batch)

    def _add_bytes(self, values: Sequence[Any], batch: Batch | Rows, cut: set[Notice]) -> None:
        seen = list(map(text_or_bytes, values))
        texts = [value for value in seen if isinstance(value, str)]
        others = {value.hex() for value in seen if isinstance(value, bytes)}
        if others:
            self._add_type("bytes", len(seen) - len(texts))
            self._texts.add_others(others)
        if texts:
            self._add_texts(texts, batch, cut)

    def _add_plain(self, kind: str, values: Sequence[Any], batch: Batch | Rows) -> None:
        if self._spans:
            self._spans.add_numbers(kind, values)
        if kind == "integer":
            self._locate(self._texts.add_integers(values, batch.first_row), batch)
        elif kind == "boolean":
            self._texts.add_others(map(str, set(values)))
        else:
            self._texts.add_others(set(map(str, values)))  # not the other way round: 0.0 and -0.0 are equal

    def _add_nested(self, kind: str, values: Sequence[Any], batch: Batch | Rows, cut: set[Notice]) -> None:
        self._add_type(kind, len(values))
        filled = values if all(values) else [value for value in values if value]
        self._nothing += len(values) - len(filled)
        if not filled:
            return
        if len(self._steps) >= DEEPEST:
            cut.add(
                Notice(batch.source, f"{self.path} holds more than {DEEPEST} levels of nesting: "
                       "what lies below them was not looked at")
            )  # fmt: skip
        elif kind == "object":
            self.add_members(filled, batch, cut)
        else:
            self._child(EACH).add(list(chain.from_iterable(filled)), batch, cut)

    def _add_type(self, kind: str, count: int) -> None:
        self._types[kind] = self._types.get(kind, 0) + count

    def _locate(self, sought: Sought, batch: Batch | Rows) -> None:
        """Find the first row of what was sought."""
        for detector, met in sought.items():
            self._texts.met_in(detector, first_row_among(batch, self._steps, met))

    def _profile(self) -> FieldProfile:
        texts = self._texts
        return FieldProfile(
            present=self._present,
            null=self._null,
            empty=self._nothing + texts.empty,
            types=dict(self._types),
            shortest=texts.shortest,
            longest=texts.longest,
            distinct=self._sketch.distinct(),
            detections={name: met.detection() for name, met in sorted(texts.detections().items())},
            code_sets={name: met.hits() for name, met in sorted(texts.codes().items())},
            spans=self._spans.spans() if self._spans else {},
            first_row=self._first_row,
        )
