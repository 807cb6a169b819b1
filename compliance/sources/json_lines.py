"""JSON Lines a run of lines at a time: any stretch of a file can be read on its own, wherever it was cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from compliance.errors import Place, SourceError
from compliance.inventory.shapes import Block, Learning, is_learned

CHUNK: Final = 64 * 1024
"""Bytes that are decoded at once: few enough to stay in the processor's cache (4 MB took 1.6 times as long)."""
BROKEN: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What the decoder raises: no JSON or a number too large, no UTF-8, nested too deeply."""

_BLANK = b" \t\r\n"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def line_batches(lines: Iterable[bytes], source: str, dataset: str, first_row: int) -> Iterator[Block]:
    """Decode lines of which each holds one object or nothing; the first of them is line ``first_row`` of its file.

    A record's row is the line it stands on. Raises ``SourceError`` naming the first line that is neither.
    """
    row, learning = first_row, Learning()
    for chunk in _chunks(lines):
        if row == 1:
            chunk[0] = chunk[0].removeprefix(_BYTE_ORDER_MARK)
        for start, run in _runs(chunk):
            raw = b"[%b]" % b",".join(run)
            decoded = _decoded(raw, len(run), learning)
            if decoded is None:
                raise _wrong(run, source, row + start)
            yield Block(source=source, dataset=dataset, raw=raw, decoded=decoded, first_row=row + start)
        row += len(chunk)


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Gather lines to chunks of about ``CHUNK`` bytes, as many as the lines before would have needed."""
    rest, count = iter(lines), 1
    while chunk := list(islice(rest, count)):
        yield chunk
        count = max(1, CHUNK * len(chunk) // (sum(map(len, chunk)) + len(chunk)))


def _runs(chunk: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the runs of lines that are not blank, and where in the chunk each begins."""
    if all(line[:1] == b"{" for line in chunk):
        yield 0, chunk
        return
    run: list[bytes] = []
    for number, line in enumerate(chunk):
        if line.strip(_BLANK):
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []
    if run:
        yield len(chunk) - len(run), run


def _decoded(raw: bytes, count: int, learning: Learning) -> Sequence[object] | None:
    """Return the ``count`` objects that ``raw`` is an array of; None when it is none, or of anything else."""
    try:
        values = learning.decode(raw)
    except BROKEN:
        return None
    are_objects = all(of is dict or is_learned(of) for of in set(map(type, values)))
    return values if len(values) == count and are_objects else None


def _wrong(run: Sequence[bytes], source: str, row: int) -> SourceError:
    """Say which line of a run is wrong."""
    for number, line in enumerate(run, row):
        try:
            value = msgspec.json.decode(line)
        except BROKEN:
            message = "The line is not JSON, or a number in it is too long."
        else:
            if isinstance(value, dict):
                continue
            message = "The line holds a value that is no object."
        return _error(message, Place(source, number, 1))
    return _error("These lines are not JSON one by one.", Place(source, row, 1))


def _error(message: str, place: Place) -> SourceError:
    return SourceError(message, hint="Pull or export it again, as one JSON object a line in UTF-8.", place=place)
