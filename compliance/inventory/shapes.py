"""Records decoded by the shape that the records before them had, which costs half of decoding them as mappings.

A decoder learns which keys objects have, and builds classes for them whose members are read by position: the names
of keys are no longer read into memory record by record. A block of records that has anything else is decoded as
mappings, and sooner or later the decoder learns from it. Either way every key of every record is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
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
_WIDEST = 1000
"""Keys beyond which an object is given no class: it is a map, or sparse."""

decode_mappings = msgspec.json.Decoder().decode
"""Decodes JSON as it is: objects as mappings."""


@dataclass(slots=True)
class _Shape:
    """What has been seen at one place."""

    objects: int = 0
    members: int = 0
    keys: dict[str, _Shape] = field(default_factory=dict)
    elements: _Shape | None = None
    """Of arrays that stand here."""

    def learn(self, values: Iterable[Any]) -> None:
        """Look at more values."""
        for value in values:
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
        return 0 < len(self.keys) <= _WIDEST and self.members * _DENSE >= self.objects * len(self.keys)

    def as_type(self) -> Any:  # noqa: ANN401 - a type for msgspec
        """Return the type by which values here are decoded."""
        parts: list[Any] = [self._class()] if self.is_dense else []
        inside = self.elements.as_type() if self.elements else Any
        if not parts and inside is Any:
            return Any
        if self.objects and not parts:
            parts.append(dict[str, Any])
        parts.append(list[inside])  # type: ignore[valid-type]  # known only now
        return Union[(*parts, str, int, float, bool, None)]

    def _class(self) -> type[Learned]:
        members = [(f"_{n}", shape.as_type(), UNSET) for n, shape in enumerate(self.keys.values())]
        return msgspec.defstruct(
            "Record",
            [(name, of if of is Any else of | UnsetType, unset) for name, of, unset in members],
            rename={f"_{n}": key for n, key in enumerate(self.keys)},
            forbid_unknown_fields=True,
            gc=False,
        )


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


def learned_columns(objects: Sequence[Any]) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """Return each key of objects of one learned class with all that stands there, ``UNSET`` where it is missing."""
    keys = type(objects[0]).__struct_encode_fields__
    return zip(keys, zip(*map(astuple, objects), strict=True), strict=True)


def without_empty_learned(objects: Sequence[Any]) -> Sequence[Any]:
    """Return the objects of one learned class that have any key at all."""
    empty = type(objects[0])()
    return [each for each in objects if each != empty] if empty in objects else objects
