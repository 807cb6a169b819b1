"""JSON records in blocks: lines, or elements of one large array, as many together as the kernel takes at once.

Both end with what is left to be read in another way: a file may begin with a million plain records and then hold
something that only a parser which looks at every byte can tell, or can name the place of.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import BinaryIO

from compliance.inventory.shapes import Block, Learning
from compliance.sources.base import SourceFile
from compliance.sources.json_faults import LONGEST, open_json
from compliance.sources.json_lines import block_of, blocks_of_lines

BLOCK = 64 * 1024
"""Bytes that are decoded together: few enough to stay in the processor's cache (4 MB take 1.6 times as long)."""
_BLANK = b" \t\r\n"
_NEXT = re.compile(rb'\}(\s*,\s*\{\s*"(?:[^"\\]|\\.)*")')
"""The end of an element, and what stands before the members of the next one, up to the name of its first."""
_TRIES = 8


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

Blocks = Generator[Block, None, Rest | None]
"""Yields blocks and returns what is left, if anything is."""


def line_blocks(file: SourceFile, start: Rest = BEGINNING, end: int | None = None) -> Blocks:
    """Yield the records of a file that holds one object a line, from ``start`` up to the byte ``end``.

    Both stand at the beginning of a line. A record's row is the line it stands on.
    """
    learning = Learning()
    offset, row = start.offset, start.row
    with open_json(file) as stream:
        if offset:
            stream.seek(offset)
        else:
            offset = stream.tell()
        while raw := _whole_lines(stream, None if end is None else end - offset):
            count = raw.count(b"\n") + (not raw.endswith(b"\n"))
            blocks = blocks_of_lines(learning, file.name, file.stem, raw, count, row)
            if blocks is None:
                return Rest(offset, row)
            yield from blocks
            offset, row = offset + len(raw), row + count
    return None


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
    except (JSONDecodeError, RecursionError):
        return b""
    begin = len(held) - len(held.lstrip(_BLANK)) + len(text.lstrip()[:end].encode("utf-8", "surrogatepass"))
    met = _NEXT.match(held, begin - 1)
    return met[0] if met else b""


def _after_bracket(stream: BinaryIO) -> bytes:
    """Read the beginning of the file, and return what stands behind the bracket that opens its array."""
    head = stream.read(BLOCK)
    return head[head.find(b"[") + 1 :]


def _whole_lines(stream: BinaryIO, most: int | None) -> bytes:
    """Read whole lines of about ``BLOCK`` bytes together, ``most`` bytes at the most."""
    size = BLOCK if most is None else min(BLOCK, most)
    raw = stream.read(size)
    if len(raw) < size or size == most:
        return raw
    return raw + stream.readline(LONGEST)
