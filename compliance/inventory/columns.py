"""Columns of values: all that stands at one field in one batch, brought together before anything is counted."""

from __future__ import annotations

import decimal
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Any

from compliance.inventory.shapes import Learned, is_learned, learned_columns, without_empty_learned

LONG_NUMBERS = sys.get_int_max_str_digits()
"""Digits beyond which Python reads no integer."""
BLANK = "\ufeff \t\r\n\v\f"
_FEW_SHAPES = 3
"""Records of one shape from which on it pays to take their columns together."""
_KINDS: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("null", (NoneType,)),
    ("string", (str,)),
    ("boolean", (bool,)),  # before the integers, of which it is one in Python
    ("integer", (int,)),
    ("number", (float, decimal.Decimal)),
    ("object", (Mapping, Learned)),
    ("array", (list, tuple)),
    ("bytes", (bytes, bytearray, memoryview)),
)


def members_of(objects: Sequence[Mapping[Any, Any]]) -> Iterable[tuple[Any, Sequence[Any], frozenset[type] | None]]:
    """Return each key of these objects, all that stands under it, and of which types that can only be, if known.

    Objects with the same keys in the same order are turned on their side together, which costs the least. A key may
    come more than once; where an object of a learned class lacks a key, ``UNSET`` stands.
    """
    if objects and is_learned(type(objects[0])):
        return learned_columns(objects)
    return ((key, values, None) for key, values in _members_of_mappings(objects))


def _members_of_mappings(objects: Sequence[Mapping[Any, Any]]) -> Iterator[tuple[Any, Sequence[Any]]]:
    shapes: defaultdict[tuple[Any, ...], list[Mapping[Any, Any]]] = defaultdict(list)
    for each in objects:
        shapes[tuple(each)].append(each)
    if len(shapes) * _FEW_SHAPES > len(objects) + _FEW_SHAPES:
        yield from _one_by_one(objects)
    elif len(shapes) == 1:
        ((shape, _),) = shapes.items()
        yield from zip(shape, zip(*(each.values() for each in objects), strict=True), strict=True)
    else:
        columns: dict[Any, list[Any]] = {}
        for shape, alike in shapes.items():
            for key, values in zip(shape, zip(*(each.values() for each in alike), strict=True), strict=True):
                if key in columns:
                    columns[key].extend(values)
                else:
                    columns[key] = list(values)
        yield from columns.items()


def _one_by_one(objects: Iterable[Mapping[Any, Any]]) -> Iterable[tuple[Any, list[Any]]]:
    columns: defaultdict[Any, list[Any]] = defaultdict(list)
    for each in objects:
        for key, value in each.items():
            columns[key].append(value)
    return columns.items()


def without_empty(values: Sequence[Any]) -> Sequence[Any]:
    """Return the objects or arrays that hold something."""
    if is_learned(type(values[0])):
        return without_empty_learned(values)
    return values if all(values) else [value for value in values if value]


def by_kind(values: Iterable[Any], types: Iterable[type]) -> Mapping[str, list[Any]]:
    """Part values of several types by what they are; none comes without values."""
    kind_by_type = {of: kind_of(of) for of in types}
    parts: defaultdict[str, list[Any]] = defaultdict(list)
    for value in values:
        parts[kind_by_type[type(value)]].append(value)
    return parts


@cache
def kind_of(of: type) -> str:
    """Return the kind of value of a Python type. A type that JSON does not have, such as a date, is read as text."""
    return next((kind for kind, types in _KINDS if issubclass(of, types)), "string")


def text_or_bytes(value: Any) -> str | bytes:  # noqa: ANN401 - bytes, bytearray or memoryview
    """Return the text that bytes are in UTF-8; pictures and the like are none."""
    try:
        return bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        return bytes(value)


def decoded(text: str) -> dict[str, Any] | list[Any] | None:
    """Return the JSON object or array that a text is, if it is one."""
    try:
        held = json.loads(text.strip(BLANK), parse_int=float if len(text) > LONG_NUMBERS else None)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict | list) else None
