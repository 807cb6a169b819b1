"""Records to field profiles, a column at a time: the values of a field are gathered first and counted together.

How a record becomes fields:

- a key of an object is a step (``address.postcode``), and so is an array (``notes[].text``);
- ``present`` counts the records that have the key; below an array it counts occurrences, as one record has many;
- text that is itself a JSON object or array is looked into, as if it were no text: JSON columns are seen through;
- below ``DEEPEST`` levels nothing is looked into, and a notice says so;
- a key that is itself an identifier, as in an object keyed by e-mail address, is personal data: it stands in the
  path as ``<email>``.

Lengths, different values, detectors and code sets are of what is filled: nulls, blank texts, objects and arrays have
none of them. Numbers have no lengths and no codes; a whole number of ten digits is shown to the detectors.
"""

from __future__ import annotations

import decimal
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain, repeat
from operator import add
from types import NoneType
from typing import Any, NamedTuple

from compliance.inventory.batch import Batch
from compliance.inventory.detectors.base import Verdict
from compliance.inventory.reading import Found, Reader, Reading, names_a_person
from compliance.model.inventory import (
    CodeSetHits,
    DatasetProfile,
    Detection,
    Digest,
    Distinct,
    FieldProfile,
    Inventory,
    Notice,
)
from compliance.model.paths import EACH, FieldPath, escape, join

DEEPEST = 32
"""Levels of nesting that are looked into; a column of a table is the first."""

_TEN_DIGITS = range(10**9, 10**10)
_OPENS_JSON = frozenset("{[ \t\r\n")
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


class _Column(NamedTuple):
    """Every value of one field in one batch, and the row that each stands in. It holds personal data."""

    values: list[Any]
    rows: list[int]

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<{len(self.values)} values>"


class _Profiled(NamedTuple):
    """One field of one batch."""

    field: str
    profile: FieldProfile
    is_cut: bool
    """Whether it holds more levels than are looked into."""


def profile_batch(batch: Batch, reader: Reader) -> Inventory:
    """Return the inventory of one batch, without measures."""
    rows = range(batch.first_row, batch.first_row + len(batch.records))
    profiled = list(_objects("", _Column(list(batch.records), list(rows)), reader, level=1))
    known = {FieldPath(batch.dataset, _step(name)): FieldProfile() for name in batch.columns}
    met = {FieldPath(batch.dataset, field): profile for field, profile, _ in profiled}
    return Inventory(
        sources=(batch.source,),
        datasets={batch.dataset: DatasetProfile(rows=len(batch.records), bare=batch.bare, fields=known | met)},
        notices=tuple(
            Notice(batch.source, f"{FieldPath(batch.dataset, field)} holds more than {DEEPEST} levels of nesting: "
                   "what lies below them was not looked at")
            for field, _, is_cut in profiled if is_cut
        ),
    )  # fmt: skip


def _objects(field: str, objects: _Column, reader: Reader, *, level: int) -> Iterator[_Profiled]:
    """Profile every field of these objects; ``level`` is that of their keys."""
    gathered: dict[object, list[Any]] = defaultdict(list)
    for record in objects.values:
        for key, value in record.items():
            gathered[key].append(value)
    steps: dict[str, _Column] = defaultdict(lambda: _Column([], []))
    for key, values in gathered.items():
        same = steps[_step(str(key))]
        same.values.extend(values)
        same.rows.extend(
            objects.rows
            if len(values) == len(objects.rows)
            else (row for record, row in zip(*objects, strict=True) if key in record)
        )
    for name, column in steps.items():
        yield from _field(join(field, name), column, reader, level=level)


def _field(field: str, column: _Column, reader: Reader, *, level: int) -> Iterator[_Profiled]:
    """Profile one field, then whatever stands below it."""
    kinds = _by_kind(_seen_through(column))
    profile = reduce(add, (_profile(kind, part, reader) for kind, part in kinds.items()))
    objects, arrays = kinds.get("object"), kinds.get("array")
    holds_more = any(map(any, (part.values for part in (objects, arrays) if part)))
    yield _Profiled(field, profile, is_cut=holds_more and level >= DEEPEST)
    if not holds_more or level >= DEEPEST:
        return
    if objects:
        yield from _objects(field, objects, reader, level=level + 1)
    if arrays and any(arrays.values):
        rows = chain.from_iterable(repeat(row, len(array)) for array, row in zip(*arrays, strict=True))
        elements = _Column(list(chain.from_iterable(arrays.values)), list(rows))
        yield from _field(join(field, EACH), elements, reader, level=level + 1)


def _seen_through(column: _Column) -> _Column:
    """Put what it holds in the place of every text that is a JSON object or array."""
    if str not in set(map(type, column.values)):
        return column
    texts = {value for value in column.values if type(value) is str and value[:1] in _OPENS_JSON}
    decoded = {text: held for text in texts if (held := _decoded(text)) is not None}
    if not decoded:
        return column
    return _Column([decoded.get(v, v) if type(v) is str else v for v in column.values], column.rows)


def _decoded(text: str) -> object | None:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict | list) else None


def _by_kind(column: _Column) -> Mapping[str, _Column]:
    """Part the values of a field by what they are."""
    kind_of = {of: _kind(of) for of in set(map(type, column.values))}
    kinds = sorted(set(kind_of.values()))
    if len(kinds) == 1:
        return {kinds[0]: column}
    parts = {kind: _Column([], []) for kind in kinds}
    for value, row in zip(*column, strict=True):
        part = parts[kind_of[type(value)]]
        part.values.append(value)
        part.rows.append(row)
    return parts


def _kind(of: type) -> str:
    """Return the kind of value of a Python type. A type that JSON does not have, such as a date, is read as text."""
    return next((kind for kind, types in _KINDS if issubclass(of, types)), "string")


def _profile(kind: str, part: _Column, reader: Reader) -> FieldProfile:
    """Profile the values of one kind."""
    present, first_row = len(part.values), min(part.rows)
    match kind:
        case "null":
            return FieldProfile(present=present, null=present, first_row=first_row)
        case "object" | "array":
            empty = sum(not value for value in part.values)
            return FieldProfile(present=present, empty=empty, types={kind: present}, first_row=first_row)
        case "string":
            return replace(_of_texts(part, reader), present=present, types={kind: present}, first_row=first_row)
        case "bytes":
            texts = {bytes(value).hex() for value in part.values}
        case "number":
            texts = set(map(str, part.values))  # not the other way round: 0.0 and -0.0 are equal
        case _:
            texts = set(map(str, set(part.values)))
    return FieldProfile(
        present=present,
        types={kind: present},
        distinct=Distinct.of(map(reader.digest, texts)),
        detections=_of_integers(part, reader) if kind == "integer" and max(part.values) >= _TEN_DIGITS.start else {},
        first_row=first_row,
    )


def _of_texts(part: _Column, reader: Reader) -> FieldProfile:
    """Return what can be said of texts: each different one is read once."""
    texts = list(map(str, part.values))
    counts = Counter(texts)
    readings = {text: reader.read(text) for text in counts if text and not text.isspace()}
    codes: dict[str, list[tuple[Digest, int]]] = defaultdict(list)
    for text, reading in readings.items():
        for code_set, code in reading.codes:
            codes[code_set].append((code, counts[text]))
    return FieldProfile(
        empty=sum(count for text, count in counts.items() if text not in readings),
        shortest=min(map(len, readings), default=None),
        longest=max(map(len, readings), default=None),
        distinct=Distinct.of(reading.digest for reading in readings.values()),
        detections=_detections(_Column(texts, part.rows), counts, readings),
        code_sets={
            name: CodeSetHits(rows=sum(rows for _, rows in hits), codes=frozenset(code for code, _ in hits))
            for name, hits in sorted(codes.items())
        },
    )


def _of_integers(part: _Column, reader: Reader) -> Mapping[str, Detection]:
    """Return what the detectors met in whole numbers: a number that lost its quotes is still the number."""
    long = [(str(value), row) for value, row in zip(*part, strict=True) if value in _TEN_DIGITS]
    column = _Column([text for text, _ in long], [row for _, row in long])
    counts = Counter(column.values)
    return _detections(column, counts, {text: reader.read(text) for text in counts})


def _detections(texts: _Column, counts: Mapping[str, int], readings: Mapping[str, Reading]) -> Mapping[str, Detection]:
    """Count what the detectors found, text by text."""
    sighted = {text: reading.found for text, reading in readings.items() if reading.found}
    if not sighted:
        return {}
    first_rows: dict[str, int] = {}
    for text, row in zip(*texts, strict=True):
        if text in sighted:
            first_rows[text] = min(row, first_rows.get(text, row))
    met: dict[str, list[tuple[Found, int, int]]] = defaultdict(list)
    for text, founds in sighted.items():
        for found in founds:
            met[found.detector].append((found, counts[text], first_rows[text]))
    return {detector: _detection(found) for detector, found in sorted(met.items())}


def _detection(met: Sequence[tuple[Found, int, int]]) -> Detection:
    """Add up what one detector found: findings, each with the count of its text and the first row of it."""
    rows = Counter[Verdict]()
    for found, count, _ in met:
        rows[found.verdict] += count
    return Detection(
        matches=rows[Verdict.MATCH],
        near=rows[Verdict.NEAR],
        reserved=rows[Verdict.RESERVED],
        in_context=sum(count for found, count, _ in met if found.in_context),
        matching=Distinct.of(digest for found, _, _ in met for digest in found.matching),
        shaped=Distinct.of(digest for found, _, _ in met for digest in found.shaped),
        first_row=min(row for _, _, row in met),
    )


def _step(name: str) -> str:
    """Return a key as a step of a field path, without what it may tell of a person."""
    identifier = names_a_person(name)
    return f"<{identifier}>" if identifier else escape(name)
