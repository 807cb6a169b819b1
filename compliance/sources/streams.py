"""Streams of bytes that fail with one ``SourceError`` and never say what stood in them. Nothing is written to disk."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from compliance.errors import SourceError

PIECE = 256
"""Bytes that are unpacked at once. At the worst they become about 8 MB, as a block of zst of three bytes may stand for
128 KiB (RFC 8878, section 3.1.1.2)."""
BUFFER = 64 * 1024
MOST_RATIO = 250
"""Times that a file may grow. School exports in JSON, CSV and XML shrink to a tenth or a fiftieth; a bomb made by
DEFLATE grows a thousandfold, which is the most that the format allows."""
UNJUDGED = 64 * 1024 * 1024
"""Bytes up to which a file may grow however small it was: an export of one value a million times is no attack."""


class Unpacker(Protocol):
    """What the libraries of all three compressions have in common."""

    @property
    def eof(self) -> bool:
        """Whether one packed stream has come to its end."""

    @property
    def unused_data(self) -> bytes:
        """Bytes behind that end."""

    @property
    def needs_input(self) -> bool:
        """Whether it has handed over all that it can make of what it was given."""

    def decompress(self, data: bytes, /) -> bytes:
        """Unpack more."""


class Unpacked(io.RawIOBase):
    """What a compressed file holds. A file may be several packed streams one after the other."""

    def __init__(
        self,
        packed: BinaryIO,
        unpacker: Callable[[], Unpacker],
        failures: tuple[type[Exception], ...],
        error: Callable[[str, str], SourceError],
    ) -> None:
        super().__init__()
        self._packed = packed
        self._new = unpacker
        self._failures = failures
        self._error = error
        self._restart()

    def _restart(self) -> None:
        self._packed.seek(0)
        self._unpacker = self._new()
        self._is_fresh = True
        self._ready = memoryview(b"")
        self._behind = b""
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought in."""
        return True

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place by reading up to it, from the start if it lies behind."""
        if whence == os.SEEK_END:
            while self._skip(BUFFER):
                pass
        target = offset + (0 if whence == os.SEEK_SET else self._at)
        if target < self._at:
            self._restart()
        while self._at < target and self._skip(target - self._at):
            pass
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's WriteableBuffer is wider
        """Fill ``buffer`` and return how many bytes came; 0 at the end."""
        while not self._ready and self._unpack():
            pass
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        self._at += len(taken)
        return len(taken)

    def close(self) -> None:
        """Close the packed file as well."""
        self._packed.close()
        super().close()

    def _skip(self, size: int) -> int:
        return self.readinto(memoryview(bytearray(min(size, BUFFER))))

    def _unpack(self) -> bool:
        """Unpack the next piece; False at the end."""
        if self._unpacker.needs_input or self._unpacker.eof:
            rest, self._behind = self._behind or self._packed.read(PIECE), b""
            if not self._begin(rest):
                return bool(rest)
        else:
            rest = b""
        self._is_fresh = False
        try:
            self._ready = memoryview(self._unpacker.decompress(rest))
        except self._failures:
            raise self._error("It is damaged: it cannot be unpacked.", "Fetch or export it again.") from None
        if self._unpacker.eof:
            self._behind = self._unpacker.unused_data
        grown, taken = self._at + len(self._ready), self._packed.tell()
        if grown > UNJUDGED and grown > taken * MOST_RATIO:
            raise self._error(
                f"It unpacks to more than {MOST_RATIO} times its size.",
                "Unpack it by hand if you trust it, and give what was in it.",
            )
        return True

    def _begin(self, rest: bytes) -> bool:
        """Whether ``rest`` is packed data, of this packed stream or of the next."""
        if self._unpacker.eof:
            if not rest.strip(b"\0"):  # tapes and some programs fill up with zeros
                return False
            self._unpacker = self._new()
        elif not rest and not self._is_fresh:
            raise self._error("It ends before its data does: it was cut off.", "Fetch or export it again.")
        return bool(rest)


class Guarded(io.RawIOBase):
    """A stream of another library, whose failures become one ``SourceError``."""

    def __init__(
        self, stream: BinaryIO, failures: tuple[type[Exception], ...], refusal: Callable[[Exception], SourceError]
    ) -> None:
        super().__init__()
        self._stream = stream
        self._failures = failures
        self._refusal = refusal

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought in."""
        return True

    def tell(self) -> int:
        """Return where it stands."""
        return self._stream.tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place and return it."""
        try:
            return self._stream.seek(offset, whence)
        except self._failures as error:
            raise self._refusal(error) from None

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's WriteableBuffer is wider
        """Fill ``buffer`` and return how many bytes came; 0 at the end."""
        try:
            read = self._stream.read(len(buffer))
        except self._failures as error:
            raise self._refusal(error) from None
        buffer[: len(read)] = read
        return len(read)

    def close(self) -> None:
        """Close the stream beneath."""
        self._stream.close()
        super().close()


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Return the stream with a buffer around it."""
    return cast("BinaryIO", io.BufferedReader(raw, BUFFER))
