"""JSON records in blocks: lines, or elements of one large array, as many together as the kernel takes at once.

Both end with what is left to be read in another way: a file may begin with a million plain records and then hold
something that only a parser which looks at every byte can tell, or can name the place of.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from json import JSONDecoder
from typing import BinaryIO

from compliance.inventory.batch import Batch
from compliance.inventory.shapes import Block, Learning
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile
from compliance.sources.json_faults import BROKEN, LONGEST, TooLong, open_json, parsed
from compliance.sources.json_lines import block_of, blocks_of_lines

BLOCK = 64 * 1024
"""Bytes that are decoded together: few enough to stay in the processor's cache (4 MB take 1.6 times as long)."""
_BLANK = b" \t\r\n"
_NEXT = re.compile(rb'\}(\s*,\s*\{\s*"(?:[^"\\]|\\.)*")')
"""The end of an element, and what stands before the members of the next one, up to the name of its first."""
_TRIES = 8
_DEEPER = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a file, from the beginning of a record on."""

    offset: int
    """Bytes before it."""
    row: int = 1
    """Row of its first record, from 1."""
    opening: bytes = b""
    """What has to stand before it to make it JSON: a bracket inside of an array."""


BEGINNING = Rest(0)

Blocks = Generator[Block | Batch | Notice, None, Rest | None]
"""Yields blocks and returns what is left, if anything is."""


def line_blocks(file: SourceFile, start: Rest = BEGINNING, end: int | None = None) -> Blocks:
    """Yield the records of a file that holds one object a line, from ``start`` up to the byte ``end``.

    Both stand at the beginning of a line. A record's row is the line it stands on.
    One that is longer than ``LONGEST`` is counted and skipped, with a notice.
    """
    learning = Learning()
    offset, row = start.offset, start.row
    with open_json(file) as stream:
        if offset:
            stream.seek(offset)
        else:
            offset = stream.tell()
        while raw := _whole_lines(stream, None if end is None else end - offset):
            raw, begun = _without_endless(raw)
            count = raw.count(b"\n") + (not raw.endswith(b"\n"))
            blocks = blocks_of_lines(learning, file.name, file.stem, raw, count, row) if raw else ()
            if blocks is None:
                return Rest(offset, row)
            yield from blocks
            offset, row = offset + len(raw), row + (count if raw else 0)
            if begun:
                if not _is_open(begun[:LONGEST]):
                    return Rest(offset, row)
                yield from _endless(file, row)
                offset, row = offset + len(begun) + _skip_line(stream), row + 1
    return None


def _without_endless(raw: bytes) -> tuple[bytes, bytes]:
    """Return the lines that are whole, and what there is of one that is longer than ``LONGEST``."""
    begin = raw.rfind(b"\n") + 1
    return (raw[:begin], raw[begin:]) if len(raw) - begin > LONGEST else (raw, b"")


def _is_open(begun: bytes) -> bool:
    """Whether this is the beginning of one object that does not end here."""
    if not begun.lstrip(_BLANK).startswith(b"{"):
        return False
    depth = 0
    with suppress(*BROKEN, TooLong):
        for events in parsed(begun[at : at + BLOCK] for at in range(0, len(begun), BLOCK)):
            for event, _ in events:
                depth += _DEEPER.get(event, 0)
                if not depth:
                    return False
    return True


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of a line, and return how many bytes that takes."""
    skipped = 0
    while piece := stream.readline(BLOCK):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _endless(file: SourceFile, row: int) -> Iterator[Batch | Notice]:
    """Count a record that is too long to be looked at."""
    what = f"holds a record of more than {LONGEST // 2**20} MB in line {row}, which was counted and not looked at"
    yield Batch(source=file.name, dataset=file.stem, records=[{}], first_row=row)
    yield Notice(file.name, what, file.stem)


def array_blocks(file: SourceFile) -> Blocks:
    """Yield the elements of a file that is one array of objects.

    Where one element ends and the next begins is guessed by how the second one began, and proved by decoding: what
    begins with an element and is an array of whole values ends with one.
    """
    learning = Learning()
    row = 1
    with open_json(file) as stream:
        held = _after_bracket(stream)
        start = stream.tell() - len(held)
        between = b""
        while True:
            size = max(BLOCK, 2 * len(held)) if len(held) >= BLOCK else BLOCK
            more = stream.read(size - len(held) if size > len(held) else size)
            held += more
            if not more:
                body = held.rstrip(_BLANK)
                block = block_of(learning, file.name, file.stem, body[:-1], row) if body.endswith(b"]") else None
                if block is None:
                    return Rest(start, row, b"[")
                if len(block) or row == 1:
                    yield block
                return None
            between = between or _between(held)
            block, used = _cut(learning, file, held, between, row) if between else (None, 0)
            if block is not None:
                yield block
                held, start, row = held[used:], start + used, row + len(block)
            elif len(held) > LONGEST:
                return Rest(start, row, b"[")


def _cut(learning: Learning, file: SourceFile, held: bytes, between: bytes, row: int) -> tuple[Block | None, int]:
    """Decode as many elements as stand whole in ``held``; say how many bytes they and the comma take."""
    at = len(held)
    for _ in range(_TRIES):
        at = held.rfind(between, 0, at)
        if at < 0:
            break
        block = block_of(learning, file.name, file.stem, held[: at + 1], row)
        if block is not None:
            return block, held.index(b",", at + 1) + 1
    return None, 0


def _between(held: bytes) -> bytes:
    """Return what stands between the first element and the first member of the second; empty when it is not seen."""
    try:
        text = held.decode("utf-8", "ignore")
        _, end = JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError):  # no JSON so far, or a number too long
        return b""
    begin = len(held) - len(held.lstrip(_BLANK)) + len(text.lstrip()[:end].encode("utf-8", "surrogatepass"))
    met = _NEXT.match(held, begin - 1)
    return met[0] if met else b""


def _after_bracket(stream: BinaryIO) -> bytes:
    """Read the beginning of the file, and return what stands behind the bracket that opens its array."""
    head = stream.read(BLOCK)
    return head[head.find(b"[") + 1 :]


def _whole_lines(stream: BinaryIO, most: int | None) -> bytes:
    """Read whole lines of about ``BLOCK`` bytes together, ``most`` at the most; of a too long one its beginning."""
    size = BLOCK if most is None else min(BLOCK, most)
    raw = stream.read(size)
    if len(raw) < size or size == most:
        return raw
    begun = len(raw) - raw.rfind(b"\n") - 1
    return raw + stream.readline(max(LONGEST + 1 - begun, 0))
