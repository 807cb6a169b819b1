"""Columns of values: all that stands at one field in one batch, brought together before anything is counted."""

from __future__ import annotations

import decimal
import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain, repeat
from types import NoneType
from typing import Any, NamedTuple

from compliance.inventory.reading import names_a_person
from compliance.model.paths import escape

_LONG_NUMBERS = sys.get_int_max_str_digits()
"""Digits beyond which Python reads no integer."""
_BLANK = "\ufeff \t\r\n\v\f"
_ID = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""A number that is no year, or a GUID: no name of a field, but of somebody or something."""
_KINDS: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("null", (NoneType,)),
    ("string", (str,)),
    ("boolean", (bool,)),  # before the integers, of which it is one in Python
    ("integer", (int,)),
    ("number", (float, decimal.Decimal)),
    ("object", (Mapping,)),
    ("array", (list, tuple)),
    ("bytes", (bytes, bytearray, memoryview)),
)


class Column(NamedTuple):
    """Every value of one field in one batch, and the row that each stands in. It holds personal data."""

    values: list[Any]
    rows: list[int]

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Column of {len(self.values)} values>"


def members_of(objects: Column) -> Mapping[str, Column]:
    """Return the columns of these objects by step; keys that become one step become one column."""
    gathered: dict[object, list[Any]] = defaultdict(list)
    for record in objects.values:
        for key, value in record.items():
            gathered[key].append(value)
    columns: dict[str, Column] = defaultdict(lambda: Column([], []))
    for key, values in gathered.items():
        column = columns[step_of(str(key))]
        column.values.extend(values)
        column.rows.extend(
            objects.rows
            if len(values) == len(objects.rows)
            else (row for record, row in zip(*objects, strict=True) if key in record)
        )
    return columns


def elements_of(arrays: Column) -> Column:
    """Return what stands in these arrays, each element with the row of its array."""
    rows = chain.from_iterable(repeat(row, len(array)) for array, row in zip(*arrays, strict=True))
    return Column(list(chain.from_iterable(arrays.values)), list(rows))


def by_kind(column: Column) -> Mapping[str, Column]:
    """Part the values of a field by what they are; text that holds an object or an array is what it holds."""
    column = _seen_through(column)
    kind_of = {of: _kind(of) for of in set(map(type, column.values))}
    kinds = sorted(set(kind_of.values()))
    if len(kinds) == 1:
        return {kinds[0]: column}
    parts = {kind: Column([], []) for kind in kinds}
    for value, row in zip(*column, strict=True):
        part = parts[kind_of[type(value)]]
        part.values.append(value)
        part.rows.append(row)
    return parts


def step_of(name: str) -> str:
    """Return a key as a step of a field path, without what it may tell of a person."""
    identifier = "id" if _ID.fullmatch(name) else names_a_person(name)
    return f"<{identifier}>" if identifier else escape(name)


def _seen_through(column: Column) -> Column:
    """Put what it holds in the place of every text that is a JSON object or array, and of bytes that are text."""
    if bytes in set(map(type, column.values)):
        column = Column([_as_text(value) if type(value) is bytes else value for value in column.values], column.rows)
    if str not in set(map(type, column.values)):
        return column
    texts = {value for value in column.values if type(value) is str and value.lstrip(_BLANK)[:1] in {"{", "["}}
    decoded = {text: held for text in texts if (held := _decoded(text)) is not None}
    if not decoded:
        return column
    return Column([decoded.get(v, v) if type(v) is str else v for v in column.values], column.rows)


def _as_text(value: bytes) -> str | bytes:
    """Return the text that bytes are in UTF-8; pictures and the like are none."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value


def _decoded(text: str) -> object | None:
    try:
        held = json.loads(text.strip(_BLANK), parse_int=float if len(text) > _LONG_NUMBERS else None)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict | list) else None


def _kind(of: type) -> str:
    """Return the kind of value of a Python type. A type that JSON does not have, such as a date, is read as text."""
    return next((kind for kind, types in _KINDS if issubclass(of, types)), "string")
