"""What every kind of source is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from compliance.errors import Place, SourceError
from compliance.integrators.base import Claim, Integrator
from compliance.inventory.batch import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a feed or a store, wherever it is kept."""

    name: str
    """Display name."""
    integrator: Integrator
    """Who gives meaning to its documents, if it holds documents."""
    encoding: str | None = None
    """Encoding of its text when no byte-order mark says it; None when nobody named one."""
    path: Path | None = None
    """Where it stands on this machine, as it is; None when it is kept elsewhere, compressed or in a bundle."""
    opener: Callable[[], BinaryIO] | None = field(default=None, repr=False)
    """Opens what has no path."""
    inner: str = ""
    """Name of what a compressed file holds: the name without the ending of the compression."""

    @property
    def stem(self) -> str:
        """File name without folder and ending: the dataset's name when nothing else names it."""
        return self._last.stem

    @property
    def ending(self) -> str:
        """Ending of the file name, in lower case."""
        return self._last.suffix.casefold()

    @property
    def _last(self) -> PurePosixPath:
        return PurePosixPath(PurePosixPath(self.inner or self.name).name)

    def open(self) -> BinaryIO:
        """Open it at its start, as often as is wanted; every such stream can be sought in.

        To seek backwards in what is compressed means to unpack it once more. Raises ``SourceError`` or ``OSError``
        when it cannot be opened, and so does the stream where what it reads is damaged.
        """
        if self.path:
            return self.path.open("rb")
        if self.opener:
            return self.opener()
        raise self.error("It has no place to be read from.", hint="Give a file.")

    def error(self, message: str, *, hint: str, line: int = 0, column: int = 1) -> SourceError:
        """Say why the file cannot be read, and where. Lines and columns count from 1; line 0 is the whole file."""
        return SourceError(message, hint=hint, place=Place(self.name, line, column if line else 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """One kind of file that the program can read."""

    name: str
    endings: tuple[str, ...]
    """Endings of its file names, in lower case."""
    read: Callable[[SourceFile], Iterator[Piece | Claim]]
    """Yields its pieces; raises ``SourceError`` when it cannot be read."""
    magic: tuple[bytes, ...] = ()
    """First bytes, any of them, by which it is known whatever its name; empty when it has none."""
    needs_path: bool = False
    """Whether it is read only where it stands on this machine, and not as a stream."""
