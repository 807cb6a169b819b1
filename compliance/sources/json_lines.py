"""JSON Lines a run of lines at a time: any stretch of a file can be read on its own, wherever it was cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from compliance.errors import Place, SourceError
from compliance.inventory.batch import Batch

CHUNK: Final = 64 * 1024
"""Bytes that are decoded at once: few enough to stay in the processor's cache (4 MB took 1.6 times as long)."""
BROKEN: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What the decoder raises: no JSON or a number too large, no UTF-8, nested too deeply."""

_BLANK = b" \t\r\n"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_decoder = msgspec.json.Decoder()


def line_batches(lines: Iterable[bytes], source: str, dataset: str, first_row: int) -> Iterator[Batch]:
    """Decode lines of which each holds one object or nothing; the first of them is line ``first_row`` of its file.

    A record's row is the line it stands on. Raises ``SourceError`` naming the first line that is neither.
    """
    row = first_row
    for chunk in _chunks(lines):
        if row == 1:
            chunk[0] = chunk[0].removeprefix(_BYTE_ORDER_MARK)
        records = _at_once(chunk)
        if records is None:
            yield from _one_by_one(chunk, source, dataset, row)
        else:
            yield Batch(source=source, dataset=dataset, records=records, first_row=row)
        row += len(chunk)


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Gather lines to chunks of about ``CHUNK`` bytes, as many as the lines before would have needed."""
    rest, count = iter(lines), 1
    while chunk := list(islice(rest, count)):
        yield chunk
        count = max(1, CHUNK * len(chunk) // (sum(map(len, chunk)) + len(chunk)))


def _at_once(chunk: Sequence[bytes]) -> list[dict[str, object]] | None:
    """Return the records of a chunk in which every line holds one; None when some line is blank or wrong."""
    try:
        values = _decoder.decode_lines(b"\n".join(chunk))
    except BROKEN:
        return None
    return values if len(values) == len(chunk) and set(map(type, values)) == {dict} else None


def _one_by_one(chunk: Sequence[bytes], source: str, dataset: str, row: int) -> Iterator[Batch]:
    """Decode every line by itself: the one way to find the line that is wrong, and to number those after a blank."""
    for number, line in enumerate(chunk, row):
        if line.strip(_BLANK):
            yield Batch(
                source=source, dataset=dataset, records=[_record(line, Place(source, number, 1))], first_row=number
            )


def _record(line: bytes, place: Place) -> dict[str, object]:
    try:
        value = _decoder.decode(line)
    except BROKEN:
        raise SourceError(
            "The line is not JSON, or a number in it is too long.",
            hint="Pull or export it again, as one JSON object a line in UTF-8.",
            place=place,
        ) from None
    if not isinstance(value, dict):
        raise SourceError("The line holds a value that is no object.", hint="Give one JSON object a line.", place=place)
    return value
