"""What every kind of source is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import Place, SourceError
from compliance.integrators.base import Integrator, Page
from compliance.inventory.batch import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a feed or a store."""

    path: Path
    name: str
    """Display name."""
    integrator: Integrator
    """Who gives meaning to its documents, if it holds documents."""
    encoding: str | None = None
    """Encoding of its text when no byte-order mark says it; None for UTF-8."""

    @property
    def stem(self) -> str:
        """File name without folder and ending: the dataset's name when nothing else names it."""
        return self.path.stem

    def error(self, message: str, *, hint: str, line: int = 0, column: int = 1) -> SourceError:
        """Say why the file cannot be read, and where. Lines and columns count from 1; line 0 is the whole file."""
        return SourceError(message, hint=hint, place=Place(self.name, line, column if line else 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """One kind of file that the program can read."""

    name: str
    endings: tuple[str, ...]
    """Endings of its file names, in lower case."""
    read: Callable[[SourceFile], Iterator[Piece | Page]]
    """Yields its pieces; raises ``SourceError`` when it cannot be read."""
    magic: bytes = b""
    """First bytes by which it is known whatever its name; empty when it has none."""
