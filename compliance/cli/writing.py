"""The one writer. A file is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from compliance.errors import OutputError, Place

OURS, PRIVATE = 0o666, 0o600
"""Who may read a file that is written: whom the system lets, or its owner alone."""


def write_text(path: Path, text: str, *, mode: int = OURS) -> None:
    """Write ``text`` as UTF-8 with its line ends as they are. Raises ``OutputError``."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"), mode=mode)


def write_bytes(path: Path, data: bytes, *, mode: int = OURS) -> None:
    """Write ``data`` beside ``path`` and move it there in one step. Raises ``OutputError``."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)  # a pipe or a device is written to, not replaced
        else:
            _replace(path.resolve(), data, mode)
    except OSError as error:
        raise _refused(path, error) from None


def write_absent(path: Path, text: str, *, hint: str) -> None:
    """Write ``text`` as UTF-8 to a file that is not there yet. Raises ``OutputError``, with ``hint`` when it is."""
    try:
        _replace(path.resolve(), text.encode("utf-8", "backslashreplace"), OURS, into_place=_where_nothing_is)
    except FileExistsError:
        raise OutputError("It is there already, and nothing was written.", hint=hint, place=Place(str(path))) from None
    except OSError as error:
        raise _refused(path, error) from None


def write_new(path: Path, data: bytes) -> None:
    """Write ``data`` to a private file that is not there yet. Raises ``OutputError``."""
    try:
        path.touch(PRIVATE, exist_ok=False)
        with path.open("wb") as stream:
            stream.write(data)
    except OSError as error:
        raise _refused(path, error) from None


def make_folder(path: Path, *, mode: int = 0o777) -> None:
    """Make the folder ``path`` and those above it, unless they are there. Raises ``OutputError``."""
    try:
        path.mkdir(mode, parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(path, error) from None


def _where_nothing_is(draft: Path, target: Path) -> None:
    """Give a file its name, unless there is one of that name. Raises ``FileExistsError``."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # not every file system has links
        if target.exists():
            raise FileExistsError from None
        draft.replace(target)


def _replace(
    target: Path, data: bytes, mode: int, *, into_place: Callable[[Path, Path], object] = Path.replace
) -> None:
    draft = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        draft.touch(mode, exist_ok=False)
        with draft.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        into_place(draft, target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"It cannot be written: {error.strerror or type(error).__name__}.",
        hint="Name a file in a folder that is there, that you may write to and that has room.",
        place=Place(str(path)),
    )
