"""What can be said of the values of one field, once they stand together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from compliance.inventory.columns import Column
from compliance.inventory.detectors.base import Verdict
from compliance.inventory.reading import Found, Reader, Reading
from compliance.model.inventory import CodeSetHits, Detection, FieldProfile
from compliance.model.sketch import Digest, Distinct

_TEN_DIGITS = range(10**9, 10**10)


def profile_values(kind: str, part: Column, reader: Reader) -> FieldProfile:
    """Profile values of one kind, of which there is at least one."""
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


def _of_texts(part: Column, reader: Reader) -> FieldProfile:
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
        detections=_detections(Column(texts, part.rows), counts, readings),
        code_sets={
            name: CodeSetHits(rows=sum(rows for _, rows in hits), codes=frozenset(code for code, _ in hits))
            for name, hits in sorted(codes.items())
        },
    )


def _of_integers(part: Column, reader: Reader) -> Mapping[str, Detection]:
    """Return what the detectors met in whole numbers: a number that lost its quotes is still the number."""
    long = [(str(value), row) for value, row in zip(*part, strict=True) if value in _TEN_DIGITS]
    column = Column([text for text, _ in long], [row for _, row in long])
    counts = Counter(column.values)
    return _detections(column, counts, {text: reader.read(text) for text in counts})


def _detections(texts: Column, counts: Mapping[str, int], readings: Mapping[str, Reading]) -> Mapping[str, Detection]:
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
