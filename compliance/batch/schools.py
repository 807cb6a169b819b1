"""Which schools stand in a folder: each has a folder of its own, and what it does not hold all of them share.

schools/
northgate/
authorisation.yaml      declarations of this school, added to those that all share
feed/  or  feed.json    what came in: anything whose name begins with "feed"
store.sqlite            what is held: anything whose name begins with "store"
southgate/
…
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import Place, SourceError

YAML = frozenset({".yaml", ".yml"})
FEED, STORE = (re.compile(rf"{what}(?![a-z0-9])", re.IGNORECASE) for what in ("feed", "store"))
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """What stands in the folder of one school."""

    name: str
    """Name of the folder, and of that of its documents."""
    declarations: tuple[Path, ...] = ()
    feeds: tuple[Path, ...] = ()
    stores: tuple[Path, ...] = ()


def schools_in(folder: Path) -> tuple[School, ...]:
    """Return every school in ``folder``, or in a zip, by name; hidden folders and links are none.

    Raises ``SourceError`` when there is none.
    """
    if folder.is_file():
        from compliance.batch.zipped import schools_in_zip  # noqa: PLC0415 - it needs what a school is

        return schools_in_zip(folder)
    try:
        found = tuple(_school(each) for each in sorted(folder.iterdir()) if _is_school(each))
    except OSError as error:
        raise SourceError(
            f"It cannot be read: {error.strerror or 'the system refused'}.",
            hint="Give a folder, or a zip, that holds a folder for each school.",
            place=Place(str(folder)),
        ) from None
    if not found:
        raise no_schools(folder)
    return found


def no_schools(place: Path) -> SourceError:
    """Return the error of a folder or a zip without a school."""
    hint = "Give a folder, or a zip, that holds a folder for each school."
    return SourceError("It holds no schools.", hint=hint, place=Place(str(place)))


def fingerprint(school: School, asked: str) -> str:
    """Return what changes when anything does that the documents of a school are made of; ``asked`` is all else.

    Raises ``OSError`` when a file cannot be read.
    """
    digest = hashlib.sha256(asked.encode("utf-8", "backslashreplace"))
    for kind in (school.declarations, school.feeds, school.stores):
        digest.update(b"\0\0")
        for name, file in (pair for path in kind for pair in _files(path)):
            digest.update(f"\0{name}\0".encode("utf-8", "backslashreplace"))
            digest.update((checksum() if (checksum := getattr(file, "checksum", None)) else sha256_of(file)).encode())
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Return the digest of a file's bytes. Raises ``OSError``."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _is_school(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not path.name.startswith(".")


def _school(folder: Path) -> School:
    entries = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    return School(
        name=folder.name,
        declarations=tuple(each for each in entries if each.suffix in YAML and each.is_file()),
        feeds=tuple(each for each in entries if FEED.match(each.name) and each.suffix not in YAML),
        stores=tuple(each for each in entries if STORE.match(each.name) and each.suffix not in YAML),
    )


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield a file, or all that a folder holds, by names that do not say where it stands."""
    for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if each.is_file() or each == path:
            yield each.relative_to(path.parent).as_posix(), each


def address_of(path: Path) -> str:
    """Return the address by which a source opens what a school holds."""
    address = getattr(path, "address", None)
    return address() if address else str(path)
