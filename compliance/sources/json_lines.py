"""JSON Lines a run of lines at a time: any stretch of a file can be read on its own, wherever it was cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from compliance.errors import Place, SourceError
from compliance.inventory.shapes import Block, Learning, decode_mappings

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
        blocks = blocks_of_lines(learning, source, dataset, b"\n".join(chunk), len(chunk), row)
        if blocks is None:
            raise _wrong(chunk, source, row)
        yield from blocks
        row += len(chunk)


def blocks_of_lines(
    learning: Learning, source: str, dataset: str, raw: bytes, count: int, first_row: int
) -> Sequence[Block] | None:
    """Return the records of ``count`` whole lines; None when one holds anything but one object.

    Blank lines are no records, and part the blocks: within a block every row is one more than the row before.
    """
    if raw[:1] == b"{":
        block = block_of(learning, source, dataset, raw.rstrip(_BLANK).replace(b"\n", b","), first_row)
        if block is not None and len(block) == count:
            return (block,)
    blocks: list[Block] = []
    for start, run in _runs(raw.split(b"\n")):
        block = block_of(learning, source, dataset, b",".join(run), first_row + start)
        if block is None or len(block) != len(run):
            return None
        blocks.append(block)
    return blocks


def block_of(learning: Learning, source: str, dataset: str, elements: bytes, first_row: int) -> Block | None:
    """Return objects that stand in JSON one after the other, with commas between; None when they are anything else."""
    raw = b"[%b]" % elements
    try:
        records = learning.decode(raw)
    except BROKEN:
        return None
    if not learning.holds_objects(records):
        return None
    return Block(source=source, dataset=dataset, raw=raw, decoded=records, first_row=first_row)


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Gather lines to chunks of about ``CHUNK`` bytes, as many as the lines before would have needed."""
    rest, count = iter(lines), 1
    while chunk := list(islice(rest, count)):
        yield chunk
        count = max(1, CHUNK * len(chunk) // (sum(map(len, chunk)) + len(chunk)))


def _runs(lines: Sequence[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the runs of lines that are not blank, and where each begins."""
    run: list[bytes] = []
    for number, line in enumerate(lines):
        if line.strip(_BLANK):
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []
    if run:
        yield len(lines) - len(run), run


def _wrong(chunk: Sequence[bytes], source: str, row: int) -> SourceError:
    """Say which line of a chunk is wrong."""
    for number, line in enumerate(chunk, row):
        if not line.strip(_BLANK):
            continue
        try:
            value = decode_mappings(line)
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
