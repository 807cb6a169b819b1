"""Where a broken JSON file breaks. The parser quotes the text instead of naming the place, so look once more."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from itertools import chain, islice
from math import isinf
from typing import BinaryIO

import ijson

from compliance.errors import SourceError
from compliance.sources.base import SourceFile

PIECE = 64 * 1024
"""Bytes that are read at once."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST = 32 * 1024 * 1024
"""Bytes of the longest record of a block, and of the longest single value of any JSON; a photo has about 1 MB."""
LONG_NUMBERS = sys.get_int_max_str_digits()
"""Digits beyond which Python reads no integer."""

BROKEN = (ijson.JSONError, UnicodeDecodeError)
"""What the parser raises; the latter for half of a surrogate pair."""

Event = tuple[str, object]
"""What the parser meets: a start, an end, a name or a plain value."""

_OVERFLOW = "integer overflow"
_DIGITS = re.compile(rb"[0-9]{%d}" % (LONG_NUMBERS + 1))
_LAST_DIGITS = re.compile(rb"[0-9]*\Z")
_CONTINUATION = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that begin no character."""


class TooLong(Exception):  # noqa: N818 - whoever knows the file makes an error of it
    """A single value is longer than ``LONGEST``."""


def is_overflow(error: Exception) -> bool:
    """Whether the parser would have gone on if a whole number had fitted into 64 bits."""
    return _OVERFLOW in str(error)


def parsed(pieces: Iterable[bytes], *, is_long: bool = False) -> Iterator[Sequence[Event]]:
    """Yield what the parser meets in each piece.

    ``is_long`` lets whole numbers be longer than 64 bits; that costs time, and a parser that is not on its guard ends
    the whole process at some thousand digits (ijson 3.6). Raises ``BROKEN``, and ``TooLong``.
    """
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events, multiple_values=True, use_float=not is_long)
    silent = 0
    for piece in _without_endless(pieces) if is_long else pieces:
        parser.send(piece)
        silent = 0 if events else silent + len(piece)
        if silent > LONGEST:
            raise TooLong
        yield [*map(_with_float, events)] if is_long else events
        events.clear()
    parser.close()
    yield events


def _without_endless(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pass on pieces up to the first in which more digits follow one another than Python reads."""
    digits = b""
    for piece in pieces:
        if _DIGITS.search(digits + piece):
            raise ijson.JSONError
        last = _LAST_DIGITS.search(piece)
        digits = (digits if last and last.start() == 0 else b"") + (last[0] if last else b"")
        yield piece


def _with_float(event: Event) -> Event:
    """Return an event whose number, if it has one that is not whole, is a float as everywhere else."""
    kind, value = event
    if not isinstance(value, Decimal):
        return event
    number = float(value)
    if isinf(number):
        raise ijson.JSONError
    return kind, number


def open_json(file: SourceFile) -> BinaryIO:
    """Open a file behind its byte-order mark, if it has one."""
    stream = file.open()
    if stream.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
        stream.seek(0)
    return stream


def fault(file: SourceFile, *, is_long: bool = False) -> SourceError:
    """Say where a file that the parser refused stops being JSON, without a word of what stands there."""
    with open_json(file) as stream:
        start = stream.tell()
        good = _accepted(_pieces(stream), is_long=is_long) // PIECE
        stream.seek(start)
        closely = chain(islice(_pieces(stream), good), iter(lambda: stream.read(1), b""))
        accepted = _accepted(closely, is_long=is_long)
        stream.seek(start + accepted)
        is_cut = not stream.read(1)
        stream.seek(start)
        line, column = _position(_pieces(stream, accepted))
    if is_cut:
        message, hint = "It ends in the middle of a value.", "Pull or export it again: it was cut off."
    else:
        message, hint = (
            "From here on it is not JSON, or a number is too long.",
            "Pull or export it again, as JSON in UTF-8.",
        )
    return file.error(message, hint=hint, line=line, column=column)


def _accepted(pieces: Iterable[bytes], *, is_long: bool) -> int:
    """Count the bytes of all pieces before the one that a parser refuses."""
    accepted = last = 0

    def counted() -> Iterator[bytes]:
        nonlocal accepted, last
        for piece in pieces:
            accepted, last = accepted + last, len(piece)
            yield piece
        accepted, last = accepted + last, 0

    with suppress(*BROKEN):
        for _ in parsed(counted(), is_long=is_long):
            pass
    return accepted


def _pieces(stream: BinaryIO, size: int | None = None) -> Iterator[bytes]:
    """Yield the next ``size`` bytes, or all, in pieces."""
    while piece := stream.read(PIECE if size is None else min(PIECE, size)):
        yield piece
        size = None if size is None else size - len(piece)


def _position(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Return line and column, from 1, of the character after these pieces."""
    line, column = 1, 1
    for piece in pieces:
        last_line = piece.rpartition(b"\n")[2]
        if newlines := piece.count(b"\n"):
            line, column = line + newlines, 1
        column += len(last_line.translate(None, _CONTINUATION))
    return line, column
