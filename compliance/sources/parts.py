"""Parts of what stands at an address, each of which can be read by itself, by whoever is free.

A file is a part, or several small ones are, or a stretch of one large file of lines is. Rows keep their numbers: a
stretch knows how many records stand before it, which costs a look at the file for its line breaks alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import SourceError
from compliance.integrators.base import Claim, Integrator
from compliance.integrators.plain import Plain
from compliance.inventory.batch import Piece
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile
from compliance.sources.folders import local_files, refused, root_of
from compliance.sources.json_blocks import BEGINNING, Rest
from compliance.sources.json_documents import LINES, read_json_lines
from compliance.sources.registry import is_elsewhere, read_elsewhere, read_file

PART = 32 * 1024 * 1024
"""Bytes that a part has, about: a second of work, so that all are busy to the end and little is lost by a stop."""
_PIECE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Slice:
    """A file, or a stretch of it."""

    path: Path
    name: str
    """Display name."""
    start: Rest = BEGINNING
    end: int | None = None
    """The byte before which it ends; None for the whole file."""

    @property
    def size(self) -> int:
        """Bytes."""
        return (self.path.stat().st_size if self.end is None else self.end) - self.start.offset


@dataclass(frozen=True, slots=True)
class Part:
    """What is read together: slices of files of this machine, or all that stands at an address elsewhere."""

    address: str
    slices: tuple[Slice, ...] = ()
    notices: tuple[Notice, ...] = ()
    """What the address holds that is no file."""


def parts_of(address: str, integrator: Integrator) -> Iterator[Part]:
    """Yield all parts of what stands at ``address``, in order; none holds less than the others together need.

    Raises ``SourceError`` when there is no such thing.
    """
    if is_elsewhere(address):
        yield Part(address)
        return
    root = root_of(address)
    try:
        together: list[Slice] = []
        size = 0
        for file in local_files(root, integrator, None):
            if isinstance(file, Notice):
                yield Part(address, notices=(file,))
                continue
            for each in _slices(file):
                together.append(each)
                size += each.size
                if size >= PART:
                    yield Part(address, tuple(together))
                    together, size = [], 0
        if together:
            yield Part(address, tuple(together))
    except OSError as error:
        raise refused(error, root) from None


def read_part(part: Part, integrator: Integrator, encoding: str | None) -> Iterator[Piece | Claim]:
    """Read a part.

    Raises ``SourceError`` when it cannot be read, and ``NotLines`` when a stretch of a file holds anything but one
    object a line, so that the file can only be read as a whole.
    """
    yield from part.notices
    if not part.slices and not part.notices:
        yield from read_elsewhere(part.address, integrator, encoding)
    for each in part.slices:
        file = SourceFile(path=each.path, name=each.name, integrator=integrator, encoding=encoding)
        try:
            if each.end is None:
                yield from read_file(file)
            else:
                yield from read_json_lines(file, (each.start, each.end))
        except OSError as error:
            raise refused(error, root_of(part.address)) from None


def whole_files(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the same parts with every file whole, in the place where its first stretch stood."""
    met: set[Path] = set()
    for part in parts:
        slices = tuple(Slice(each.path, each.name) for each in part.slices if each.path not in met)
        met.update(each.path for each in slices)
        if slices or part.notices or not part.slices:
            yield Part(part.address, slices, part.notices)


def _slices(file: SourceFile) -> Iterator[Slice]:
    """Yield a file, or stretches of it if it is large and holds one record a line."""
    if file.path is None:
        raise SourceError("It has no place on this machine.", hint="Give a file.")
    size = file.path.stat().st_size
    cuts = _cuts(file.path) if size >= 2 * PART and file.ending in LINES and isinstance(file.integrator, Plain) else []
    if not cuts:
        yield Slice(file.path, file.name)
        return
    starts = [BEGINNING, *cuts]
    for start, end in zip(starts, [*(cut.offset for cut in cuts), size], strict=True):
        yield Slice(file.path, file.name, start, end)


def _cuts(path: Path) -> list[Rest]:
    """Return where to cut a file of lines, unless its beginning shows that it is none."""
    cuts: list[Rest] = []
    size = path.stat().st_size
    offset, row, last = 0, 1, 0
    with path.open("rb") as stream:
        if stream.read(1) != b"{":
            return []
        stream.seek(0)
        while raw := stream.read(_PIECE):
            end = raw.rfind(b"\n") + 1
            count = raw.count(b"\n")
            if end and last + PART <= offset + end < size:
                last = offset + end
                cuts.append(Rest(last, row + count))
            offset, row = offset + len(raw), row + count
    return cuts
