"""Compressed files: gz, bz2 and zst, told by their first bytes, then by their ending."""

from __future__ import annotations

import bz2
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO

import zstandard

from compliance.errors import SourceError
from compliance.sources.base import SourceFile
from compliance.sources.streams import BUFFER, Unpacked, Unpacker, buffered

_HEAD = 10
"""Bytes by which a compression is known: as many as bz2 has before its first checksum."""
DEEPEST = 3
"""Compressions around one another; more than one is already a slip of somebody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compression:
    """One way to pack a stream of bytes."""

    ending: str
    magic: re.Pattern[bytes]
    """How it begins. All of the head is asked for: a table's first column may be called "BZhead"."""
    unpacker: Callable[[], Unpacker]
    failures: tuple[type[Exception], ...]
    """What its library raises for damaged data."""


class _Greedy:
    """An unpacker that makes all that it can of what it is given."""

    needs_input = True

    def __init__(self, unpacker: Any) -> None:  # noqa: ANN401 - zlib and zstandard share no type
        self._unpacker = unpacker

    @property
    def eof(self) -> bool:
        return bool(self._unpacker.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._unpacker.unused_data)

    def decompress(self, data: bytes, /) -> bytes:
        return bytes(self._unpacker.decompress(data))


class _Bzip2:
    """bz2 packs a hundred million equal bytes into some hundred, so that what comes at once must have a limit."""

    def __init__(self) -> None:
        self._unpacker = bz2.BZ2Decompressor()

    @property
    def eof(self) -> bool:
        return self._unpacker.eof

    @property
    def unused_data(self) -> bytes:
        return self._unpacker.unused_data

    @property
    def needs_input(self) -> bool:
        return self._unpacker.needs_input

    def decompress(self, data: bytes, /) -> bytes:
        return self._unpacker.decompress(data, BUFFER)


def _gzip() -> Unpacker:
    return _Greedy(zlib.decompressobj(wbits=16 + zlib.MAX_WBITS))  # 16 asks for gzip's own head and checksum


def _zstandard() -> Unpacker:
    return _Greedy(zstandard.ZstdDecompressor().decompressobj())


COMPRESSIONS: tuple[Compression, ...] = (
    Compression(ending=".gz", magic=re.compile(rb"\x1f\x8b\x08"), unpacker=_gzip, failures=(zlib.error,)),
    Compression(
        ending=".bz2",
        magic=re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)"),
        unpacker=_Bzip2,
        failures=(OSError, ValueError),
    ),
    Compression(
        ending=".zst", magic=re.compile(rb"\x28\xb5\x2f\xfd"), unpacker=_zstandard, failures=(zstandard.ZstdError,)
    ),
)


def unpacked(file: SourceFile, depth: int = 1) -> SourceFile:
    """Return the file that a compressed file holds, and any other as it is.

    Raises ``SourceError`` when it is compressed again and again, or ends like a compressed file and is none.
    """
    compression = _compression(file)
    if compression is None:
        return file
    if depth > DEEPEST:
        raise file.error(
            f"It is compressed more than {DEEPEST} times.", hint="Unpack it by hand, and give what was in it."
        )
    name = PurePosixPath(file.inner or file.name)
    inner = name.with_suffix("") if name.suffix.casefold() == compression.ending else name
    opener = partial(_open, file, compression)
    return unpacked(replace(file, path=None, opener=opener, inner=str(inner)), depth + 1)


def _compression(file: SourceFile) -> Compression | None:
    with file.open() as stream:
        head = stream.read(_HEAD)
    by_magic = (each for each in COMPRESSIONS if each.magic.match(head))
    by_ending = (each for each in COMPRESSIONS if head and file.ending == each.ending)
    return next(by_magic, None) or next(by_ending, None)


def _open(file: SourceFile, compression: Compression) -> BinaryIO:
    def error(message: str, hint: str) -> SourceError:
        return file.error(message, hint=hint)

    return buffered(Unpacked(file.open(), compression.unpacker, compression.failures, error))
