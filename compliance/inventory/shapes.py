"""Records decoded by the shape that the records before them had, which costs half of decoding them as mappings.

A decoder learns which keys objects have, and builds classes for them whose members are read by position: the names
of keys are no longer read into memory record by record. A block of records that has anything else is decoded as
mappings, and sooner or later the decoder learns from it. Either way every key of every record is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import NoneType
from typing import Any, Union

import msgspec
from msgspec import UNSET, UnsetType
from msgspec import Struct as Learned
from msgspec.structs import astuple

from compliance.inventory.twins import members_in

__all__ = [
    "UNSET",
    "Block",
    "Learned",
    "Learning",
    "UnsetType",
    "decode_mappings",
    "is_learned",
    "learned_columns",
    "without_empty_learned",
]

_DENSE = 4
"""An object is given a class when at least one in so many of its possible keys is there on average."""
_STRICT = {str, int, bool}
"""Types that msgspec takes for no other."""
_UNNAMABLE = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')
"""What msgspec does not take in the name of a member."""
_WIDEST = 1000
"""Keys beyond which an object is given no class: it is a map, or sparse."""

decode_mappings = msgspec.json.Decoder().decode
"""Decodes JSON as it is: objects as mappings."""


@dataclass(slots=True)
class _Shape:
    """What has been seen at one place."""

    values: int = 0
    """How many values stood here."""
    types: set[type] = field(default_factory=set)
    objects: int = 0
    members: int = 0
    keys: dict[str, _Shape] = field(default_factory=dict)
    elements: _Shape | None = None
    """Of arrays that stand here."""

    def learn(self, values: Iterable[Any]) -> None:
        """Look at more values."""
        for value in values:
            self.values += 1
            self.types.add(type(value))
            if type(value) is dict:
                self.objects += 1
                self.members += len(value)
                for key, member in value.items():
                    self.keys.setdefault(key, _Shape()).learn((member,))
            elif type(value) is list:
                self.elements = self.elements or _Shape()
                self.elements.learn(value)

    @property
    def is_dense(self) -> bool:
        """Whether objects here are given a class."""
        return (
            0 < len(self.keys) <= _WIDEST
            and self.members * _DENSE >= self.objects * len(self.keys)
            and not any(_UNNAMABLE.search(key) for key in self.keys)
        )

    def as_type(self) -> Any:  # noqa: ANN401 - a type for msgspec
        """Return the type by which values here are decoded."""
        parts: list[Any] = [self._class()] if self.is_dense else []
        inside = self.elements.as_type() if self.elements else Any
        if not parts and inside is Any:
            return self._plain_type()
        if self.objects and not parts:
            parts.append(dict[str, Any])
        parts.append(list[inside])  # type: ignore[valid-type]  # known only now
        return Union[(*parts, str, int, float, bool, None)]

    def _plain_type(self) -> Any:  # noqa: ANN401 - likewise
        """Return the type of single values: what has always been texts, say, is taken for texts until it is not."""
        kinds = self.types - {NoneType}
        if len(kinds) != 1 or not kinds <= _STRICT:
            return Any  # of numbers, 1 would become 1.0
        (kind,) = kinds
        return kind | None if NoneType in self.types else kind

    @property
    def only_types(self) -> frozenset[type] | None:
        """The types that values here are sure to have once they are decoded; None when any may come."""
        is_nested = self.objects or self.elements
        return None if is_nested or self._plain_type() is Any else frozenset(self.types)

    def _class(self) -> type[Learned]:
        """Make the class of objects here. A member that was always there must be: its absence is a surprise."""
        named = [(f"_{n}", key, shape) for n, (key, shape) in enumerate(self.keys.items())]
        always = [each for each in named if each[2].values == self.objects]
        at_times = [each for each in named if each[2].values != self.objects]
        return msgspec.defstruct(
            "Record",
            [
                *((name, shape.as_type()) for name, _, shape in always),
                *((name, _or_unset(shape.as_type()), UNSET) for name, _, shape in at_times),
            ],
            namespace={
                "may_be_empty": not always,
                "column_types": (
                    *(shape.only_types for _, _, shape in always),
                    *(types and types | {UnsetType} for _, _, shape in at_times for types in (shape.only_types,)),
                ),
            },
            rename={name: key for name, key, _ in named},
            forbid_unknown_fields=True,
            gc=False,
        )


def _or_unset(of: Any) -> Any:  # noqa: ANN401 - a type for msgspec
    return of if of is Any else of | UnsetType


class Learning:
    """Decodes blocks of records, better the more of them it has seen."""

    def __init__(self) -> None:
        self._shape = _Shape()
        self._decode: Any = None
        self._surprises = 0
        self._patience = 1

    def decode(self, raw: bytes) -> Sequence[Any]:
        """Return the records of a JSON array, as instances of learned classes or as mappings.

        Raises ``msgspec.DecodeError`` when it is no JSON, and ``RecursionError`` when it is nested too deeply.
        """
        if self._decode:
            try:
                return self._decode(raw)  # type: ignore[no-any-return]
            except msgspec.ValidationError:
                self._surprises += 1
        records: Sequence[Any] = decode_mappings(raw)
        if self._decode is None or self._surprises >= self._patience:
            self._learn(records)
        return records

    @staticmethod
    def holds_objects(records: Sequence[Any]) -> bool:
        """Whether all of these are objects."""
        return all(of is dict or is_learned(of) for of in set(map(type, records)))

    def _learn(self, records: Sequence[Any]) -> None:
        """Learn from records. Each time it takes twice as many surprises to be worth it again."""
        self._shape.learn(records)
        self._decode = msgspec.json.Decoder(list[self._shape.as_type()]).decode  # type: ignore[misc]  # likewise
        self._surprises = 0
        self._patience *= 2


@dataclass(frozen=True, kw_only=True, repr=False)
class Block:
    """Some records of one dataset as JSON, and decoded. It holds personal data, so it cannot be printed."""

    source: str
    dataset: str
    raw: bytes
    """A JSON array of the records."""
    decoded: Sequence[Any]
    """The same records, as a ``Learning`` decoded them."""
    first_row: int = 1
    columns: tuple[str, ...] = ()

    @cached_property
    def members(self) -> int:
        """How many members the objects have, by their text."""
        return members_in(self.raw)

    @cached_property
    def records(self) -> Sequence[Mapping[str, Any]]:
        """The same records as mappings."""
        return decode_mappings(self.raw)  # type: ignore[no-any-return]

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.decoded)

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Block of {len(self)} records of {self.dataset!r}>"


def is_learned(of: type) -> bool:
    """Whether a type is a class that a ``Learning`` made."""
    return issubclass(of, Learned)


def learned_columns(objects: Sequence[Any]) -> Iterable[tuple[str, tuple[Any, ...], frozenset[type] | None]]:
    """Return each key of objects of one learned class, all that stands there, and of which types it can only be.

    Where an object lacks the key, ``UNSET`` stands.
    """
    of = type(objects[0])
    return zip(of.__struct_encode_fields__, zip(*map(astuple, objects), strict=True), of.column_types, strict=True)


def without_empty_learned(objects: Sequence[Any]) -> Sequence[Any]:
    """Return the objects of one learned class that have any key at all."""
    of = type(objects[0])
    if not of.may_be_empty:
        return objects
    empty = of()
    return [each for each in objects if each != empty] if empty in objects else objects
