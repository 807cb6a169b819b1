"""One field while its values come in, and the tree of fields below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import NoneType
from typing import Any

from compliance.inventory.batch import Batch, Rows
from compliance.inventory.columns import by_kind, kind_of, members_of, text_or_bytes, without_empty
from compliance.inventory.growing import GrowingDistinct
from compliance.inventory.keys import step_of
from compliance.inventory.places import Steps, first_row, first_row_among
from compliance.inventory.reading import Reader
from compliance.inventory.shapes import UNSET, Block, UnsetType
from compliance.inventory.spans import GrowingSpans
from compliance.inventory.texts import Sought, Texts, json_among
from compliance.model.inventory import FieldProfile, Notice
from compliance.model.maps import KEYED, MANY_KEYS
from compliance.model.paths import EACH, FieldPath, join
from compliance.model.sums import least

DEEPEST = 32
"""Levels of nesting that are looked into; a column of a table is the first."""
_TEXT, _NULL, _UNSET = {str}, {NoneType}, {UnsetType}


@dataclass(slots=True)
class Pass:
    """One batch on its way through the fields of its dataset."""

    batch: Batch | Rows | Block
    members: int = 0
    """Members of objects that were met, without those inside of text."""
    cut: set[Notice] = field(default_factory=set)
    """What was not looked at."""


class GrowingField:
    """One field, or the dataset itself, while its values come in. What stands below it are its children."""

    __slots__ = (
        "_by_key", "_children", "_dataset", "_earlier", "_first_row", "_nothing", "_null", "_present", "_reader",
        "_sketch", "_spans", "_steps", "_texts", "_types",
    )  # fmt: skip

    def __init__(self, reader: Reader, dataset: str, steps: Steps = ()) -> None:
        self._reader = reader
        self._dataset = dataset
        self._steps = steps
        self._present = self._null = self._nothing = 0
        self._types: dict[str, int] = {}
        self._first_row: int | None = None
        self._sketch = GrowingDistinct()
        self._texts = Texts(reader, self._sketch)
        self._spans = GrowingSpans() if self.path in reader.spans else None
        self._children: dict[str, GrowingField] = {}
        self._by_key: dict[Any, GrowingField] = {}
        self._earlier: list[tuple[str, FieldProfile]] = []
        """Profiles, by field text below this one, of fields whose names turned out to be keys of a map."""

    @property
    def path(self) -> FieldPath:
        """Where it stands."""
        text = ""
        for step in self._steps:
            text = join(text, step)
        return FieldPath(self._dataset, text)

    def add(self, values: Sequence[Any], now: Pass, only_types: frozenset[type] | None = None) -> None:
        """Count what stands here in one batch; of these values, ``UNSET`` is none."""
        types = only_types or set(map(type, values))
        if UnsetType in types:
            types = types - _UNSET
            values = [value for value in values if value is not UNSET]
        if not values:
            return
        now.members += len(values)
        if self._first_row is None or self._first_row > now.batch.first_row:
            everywhere = len(self._steps) == 1 and len(values) == len(now.batch)
            row = now.batch.first_row if everywhere else first_row(now.batch, self._steps)
            self._first_row = least((self._first_row, row))
        self._present += len(values)
        if NoneType in types:
            types = types - _NULL
            filled = [value for value in values if value is not None]
            self._null += len(values) - len(filled)
            values = filled
        if not values:
            return
        if types == _TEXT:
            self._add_texts(values, now)
        elif len(types) == 1:
            self._add_kind(kind_of(next(iter(types))), values, now)
        else:
            for kind, part in by_kind(values, types).items():
                self._add_kind(kind, part, now)

    def add_members(self, objects: Sequence[Any], now: Pass) -> None:
        """Count what stands below these objects."""
        for key, values, only_types in members_of(objects):
            if values[0] is not UNSET or values.count(UNSET) < len(values):
                self.child_of(key).add(values, now, only_types)

    def child_of(self, key: Any) -> GrowingField:  # noqa: ANN401 - JSON has texts only, but a record may have any key
        """Return the field below this one that a key belongs to."""
        if key in self._by_key:
            return self._by_key[key]
        child = self._child(KEYED if KEYED in self._children else step_of(str(key)))
        if len(self._by_key) < MANY_KEYS:
            self._by_key[key] = child
        return child

    def profiles(self, text: str = "") -> Iterator[tuple[str, FieldProfile]]:
        """Yield the profile of this field, unless it is the dataset itself, and of every field below it."""
        if self._steps:
            yield text, self._profile()
        yield from ((join(text, below), profile) for below, profile in self._earlier)
        for step, child in self._children.items():
            yield from child.profiles(join(text, step))

    def _child(self, step: str) -> GrowingField:
        if step not in self._children:
            self._children[step] = GrowingField(self._reader, self._dataset, (*self._steps, step))
            if len(self._children) > MANY_KEYS and len(self._children.keys() - {EACH}) > MANY_KEYS:
                self._take_for_map()
                return self._children[KEYED]
        return self._children[step]

    def _take_for_map(self) -> None:
        """Let all keys be keys of a map from now on."""
        each = self._children.pop(EACH, None)
        for step, child in self._children.items():
            self._earlier.extend(child.profiles(step))
        self._by_key.clear()
        self._children = {KEYED: GrowingField(self._reader, self._dataset, (*self._steps, KEYED))}
        if each:
            self._children[EACH] = each

    def _add_kind(self, kind: str, values: Sequence[Any], now: Pass) -> None:
        match kind:
            case "string":
                self._add_texts(list(map(str, values)), now)
            case "bytes":
                self._add_bytes(values, now)
            case "object" | "array":
                self._add_nested(kind, values, now)
            case _:
                self._add_plain(kind, values, now)

    def _add_texts(self, values: Sequence[str], now: Pass) -> None:
        if self._texts.are_familiar(values):
            self._add_type("string", len(values))
            return
        different = set(values)
        new = self._texts.new_among(different)
        if new and (held := json_among(new)):
            self._add_held([held[value] for value in values if value in held], now)
            values = [value for value in values if value not in held]
            different -= held.keys()
            new = new - held.keys()
        if not values:
            return
        self._add_type("string", len(values))
        if self._spans:
            self._spans.add_texts(new)
        self._locate(self._texts.add(values, different, new, now.batch.first_row), now)

    def _add_held(self, held: Sequence[dict[str, Any] | list[Any]], now: Pass) -> None:
        """Count the objects and arrays that texts held."""
        inside = Pass(now.batch, cut=now.cut)
        for kind, part in by_kind(held, {dict, list}).items():
            self._add_nested(kind, part, inside)

    def _add_bytes(self, values: Sequence[Any], now: Pass) -> None:
        seen = list(map(text_or_bytes, values))
        texts = [value for value in seen if isinstance(value, str)]
        others = {value.hex() for value in seen if isinstance(value, bytes)}
        if others:
            self._add_type("bytes", len(seen) - len(texts))
            self._texts.add_others(others)
        if texts:
            self._add_texts(texts, now)

    def _add_plain(self, kind: str, values: Sequence[Any], now: Pass) -> None:
        """Count numbers and booleans."""
        self._add_type(kind, len(values))
        if self._spans:
            self._spans.add_numbers(kind, values)
        if kind == "integer":
            self._locate(self._texts.add_integers(values, now.batch.first_row), now)
        elif kind == "boolean":
            self._texts.add_others(map(str, set(values)))
        else:
            self._texts.add_numbers(values)

    def _add_nested(self, kind: str, values: Sequence[Any], now: Pass) -> None:
        self._add_type(kind, len(values))
        filled = without_empty(values)
        self._nothing += len(values) - len(filled)
        if not filled:
            return
        if len(self._steps) >= DEEPEST:
            now.cut.add(
                Notice(now.batch.source, f"{self.path} holds more than {DEEPEST} levels of nesting: "
                       "what lies below them was not looked at")
            )  # fmt: skip
        elif kind == "object":
            self.add_members(filled, now)
        else:
            elements = list(chain.from_iterable(filled))
            self._child(EACH).add(elements, now)
            now.members -= len(elements)

    def _add_type(self, kind: str, count: int) -> None:
        self._types[kind] = self._types.get(kind, 0) + count

    def _locate(self, sought: Sought, now: Pass) -> None:
        """Find the first row of what was sought."""
        for detector, met in sought.items():
            self._texts.met_in(detector, first_row_among(now.batch, self._steps, met))

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
