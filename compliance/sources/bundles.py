"""Zip bundles: every file in one is read as if it stood in a folder, without being unpacked to disk."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from compliance.errors import SourceError
from compliance.integrators.base import Integrator
from compliance.sources.base import SourceFile
from compliance.sources.streams import MOST_RATIO, UNJUDGED, Guarded, buffered

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
"""First bytes of a zip file; the latter of an empty one."""
ENDING = ".zip"
MOST_BYTES = 100 * 1024**3
"""Bytes to which a bundle may unpack: almost four times all of England's nine million pupils at 3 kB each."""

_IS_ENCRYPTED = 0x1
"""Bit of a member's flags. Source: the .ZIP file format specification, section 4.4.4."""
_FAILURES = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, NotImplementedError, RuntimeError)
_BY_HAND = "Unpack it by hand, and give the folder."


PEEK = 256
"""Bytes by which a file inside is told from data."""
INSIDE = "zip://"
"""Begins the address of what stands inside a zip of this machine: its path, ``!/`` and the way inside."""


def address_in(bundle: Path, way: str) -> str:
    """Return the address of a file or a folder inside a zip."""
    return f"{INSIDE}{bundle.as_posix()}!/{way}"


def is_inside(address: str) -> bool:
    """Whether an address leads into a zip."""
    return address.startswith(INSIDE) and "!/" in address


def files_inside(address: str, integrator: Integrator, encoding: str | None) -> Iterator[SourceFile]:
    """Yield every file below an address inside a zip, under the names that it would have in a folder.

    Raises ``SourceError`` as ``members`` does.
    """
    bundle, _, way = address.removeprefix(INSIDE).partition("!/")
    file = SourceFile(name=PurePosixPath(bundle).name, path=Path(bundle), integrator=integrator, encoding=encoding)
    for member in members(file):
        if member.inner == way or member.inner.startswith(f"{way}/"):
            name = PurePosixPath(member.inner).relative_to(PurePosixPath(way).parent).as_posix()
            yield replace(member, name=name, inner=name)


def is_bundle(head: bytes) -> bool:
    """Whether a file that begins so is a zip file."""
    return head.startswith(MAGIC)


def members(file: SourceFile) -> Iterator[SourceFile]:
    """Yield every file of a bundle by name, but for hidden ones; each can be read until the next is asked for.

    Raises ``SourceError`` for a bundle that is damaged, encrypted, a bomb, or tells of files outside itself.
    """
    with file.open() as stream:
        try:
            bundle = ZipFile(stream)
        except _FAILURES:
            raise _damaged(file) from None
        with bundle:
            infos = [info for info in bundle.infolist() if not info.is_dir()]
            _check(file, stream, infos)
            for info in sorted(infos, key=lambda info: info.filename):
                if not _is_hidden(info):
                    name = f"{file.name}/{info.filename}"
                    member = replace(file, name=name, path=None, inner=info.filename)
                    yield replace(member, opener=partial(_open, member, bundle, info))


def _check(file: SourceFile, stream: BinaryIO, infos: list[ZipInfo]) -> None:
    if any(_climbs_out(info.filename) for info in infos):
        raise file.error("It names files outside itself.", hint="Do not trust it; ask who sent it for another.")
    if any(info.flag_bits & _IS_ENCRYPTED for info in infos):
        raise file.error("It is protected by a password.", hint=_BY_HAND)
    unpacked = sum(info.file_size for info in infos)
    packed = stream.seek(0, 2)
    if unpacked > MOST_BYTES:
        raise file.error(f"It unpacks to more than {MOST_BYTES // 1024**3} GiB.", hint=_BY_HAND)
    sizes = [(unpacked, packed), *((info.file_size, info.compress_size) for info in infos)]
    if any(size > UNJUDGED and size > held * MOST_RATIO for size, held in sizes):
        raise file.error(f"It, or a file in it, unpacks to more than {MOST_RATIO} times its size.", hint=_BY_HAND)
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise file.error("It holds two files of one name.", hint=_BY_HAND)


def _climbs_out(name: str) -> bool:
    windows = PureWindowsPath(name)
    return ".." in windows.parts or bool(windows.drive or windows.root) or name.startswith("/")


def _is_hidden(info: ZipInfo) -> bool:
    """Whether it is hidden, or what macOS puts beside every file of a bundle."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(info.filename).parts)


def _open(member: SourceFile, bundle: ZipFile, info: ZipInfo) -> BinaryIO:
    def refusal(_: Exception) -> SourceError:
        return _damaged(member)

    try:
        stream = bundle.open(info)
    except NotImplementedError:
        raise member.error("It is compressed in a way that is not known here.", hint=_BY_HAND) from None
    except _FAILURES:
        raise _damaged(member) from None
    return buffered(Guarded(stream, (*_FAILURES, OSError), refusal))  # type: ignore[arg-type]  # an IO[bytes] is a BinaryIO


def _damaged(file: SourceFile) -> SourceError:
    return file.error("It is damaged: it cannot be unpacked.", hint="Fetch or export it again.")
