"""Where a broken JSON file breaks. The parser quotes the text instead of naming the place, so look once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from types import MappingProxyType
from typing import BinaryIO

import ijson

from compliance.errors import SourceError
from compliance.sources.base import SourceFile

PIECE = 64 * 1024
"""Bytes that are read at once."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OPTIONS: Mapping[str, bool] = MappingProxyType({"multiple_values": True, "use_float": True})
"""Of the parser. Without ``use_float`` a number of some thousand digits ends the whole process (ijson 3.6)."""

BROKEN = (ijson.JSONError, UnicodeDecodeError)
"""What the parser raises; the latter for half of a surrogate pair."""

_CONTINUATION = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that begin no character."""


def open_json(file: SourceFile) -> BinaryIO:
    """Open a file behind its byte-order mark, if it has one."""
    stream = file.open()
    if stream.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
        stream.seek(0)
    return stream


def fault(file: SourceFile) -> SourceError:
    """Say where a file that the parser refused stops being JSON, without a word of what stands there."""
    with open_json(file) as stream:
        start = stream.tell()
        good = _accepted(_pieces(stream)) // PIECE
        stream.seek(start)
        accepted = _accepted(chain(islice(_pieces(stream), good), iter(lambda: stream.read(1), b"")))
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


def _accepted(pieces: Iterable[bytes]) -> int:
    """Count the bytes of all pieces before the one that a parser refuses."""
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events, **OPTIONS)
    accepted = 0
    for piece in pieces:
        try:
            parser.send(piece)
        except BROKEN:
            break
        events.clear()
        accepted += len(piece)
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
