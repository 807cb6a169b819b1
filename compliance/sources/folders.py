"""Files and folders of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from compliance.errors import Place, SourceError
from compliance.integrators.base import Integrator
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database: parts of it, read with it."""


def root_of(address: str) -> Path:
    """Return the path of an address. Raises ``SourceError`` when nothing stands there."""
    path = _path_in(address) if address.casefold().startswith("file://") else address
    root = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links, and the name is the user's
    if not path or not root.exists():
        raise SourceError("There is no such file or folder.", hint="Check its spelling.", place=Place(address))
    return root


def local_files(root: Path, integrator: Integrator, encoding: str | None) -> Iterator[SourceFile | Notice]:
    """Yield a file, or all that a folder holds, in order; display names are relative to the parent of ``root``."""
    for path in _files(root):
        name = path.relative_to(root.parent).as_posix()
        if path.is_file():
            yield SourceFile(path=path, name=name, integrator=integrator, encoding=encoding)
        else:
            yield Notice(name, "was not read: it is a link to a folder, or no file")


def refused(error: OSError, root: Path) -> SourceError:
    """Say of which file the system refused something."""
    path = Path(error.filename) if error.filename else root
    name = path.relative_to(root.parent).as_posix() if path.is_relative_to(root.parent) else root.name
    reason = error.strerror or "the system refused"
    return SourceError(
        f"It cannot be read: {reason}.", hint="Check that you may read it and that it is not in use.", place=Place(name)
    )


def _path_in(address: str) -> str:
    from urllib.request import url2pathname  # noqa: PLC0415 - it brings the whole of http with it

    return url2pathname(urlsplit(address).path)


def _files(path: Path) -> Iterator[Path]:
    """Yield every file in order, but for hidden ones; links to folders are not followed, they may lead in circles."""
    if not path.is_dir():
        yield path
        return
    for entry in sorted(path.iterdir()):
        if entry.name.startswith(".") or entry.name.endswith(BESIDE):
            continue
        if entry.is_symlink() and entry.is_dir():
            yield entry
        else:
            yield from _files(entry)
