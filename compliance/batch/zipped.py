"""Schools in a zip, which is never unpacked to disk: what came in and what is held is personal data."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import cast
from zipfile import BadZipFile, ZipFile

from compliance.batch.schools import FEED, STORE, YAML, School, no_schools
from compliance.errors import DeclarationError, Place, Problem
from compliance.integrators.plain import Plain
from compliance.sources.base import SourceFile
from compliance.sources.bundles import address_in, members

MOST = 16 * 1024 * 1024
"""Bytes of a declaration; the loader refuses far smaller ones."""


class Zipped(PurePosixPath):
    """A file inside a zip, by a path that leads through it, for those who only want to read it."""

    def is_dir(self) -> bool:
        """Whether it is a folder, which it never is."""
        return False

    def is_file(self) -> bool:
        """Whether it is a file, which it was when the zip was looked through."""
        return True

    def read(self) -> bytes:
        """Return its bytes. Raises ``DeclarationError`` when they cannot be unpacked."""
        bundle, name = self._parts_of_way()
        try:
            with ZipFile(bundle) as opened, opened.open(name) as stream:
                return stream.read(MOST)
        except (BadZipFile, OSError, KeyError, RuntimeError, EOFError, ValueError):
            message = "the file cannot be unpacked."
            problem = Problem(place=Place(self.as_posix()), where="", message=message, hint="Make the zip again.")
            raise DeclarationError((problem,)) from None

    def checksum(self) -> str:
        """Return what changes when its bytes do, by the zip's own word."""
        bundle, name = self._parts_of_way()
        with ZipFile(bundle) as opened:
            infos = [info for info in opened.infolist() if f"{info.filename}/".startswith(f"{name}/")]
        return " ".join(f"{info.filename} {info.CRC} {info.file_size}" for info in infos)

    def address(self) -> str:
        """Return where a source finds it."""
        return address_in(*self._parts_of_way())

    def _parts_of_way(self) -> tuple[Path, str]:
        bundle = next((Path(each) for each in self.parents if Path(each).is_file()), Path())
        return bundle, self.relative_to(bundle).as_posix()


def schools_in_zip(bundle: Path) -> tuple[School, ...]:
    """Return every school in a zip, by name, as if it were a folder. A folder of the zip's own name is passed through.

    Raises ``SourceError`` when it is damaged, encrypted, a bomb, tells of files outside itself, or holds no schools.
    """
    found: defaultdict[str, dict[str, Zipped]] = defaultdict(dict)
    for member in members(SourceFile(name=bundle.name, path=bundle, integrator=Plain())):
        first, *rest = steps = PurePosixPath(member.inner).parts
        school, *below = rest if first == bundle.stem and len(rest) > 1 else steps
        if below:
            way = bundle / PurePosixPath(member.inner)
            top = way.parents[len(below) - 2] if len(below) > 1 else way
            found[school].setdefault(below[0], Zipped(top.as_posix()))
    if not found:
        raise no_schools(bundle)
    return tuple(_school(name, entries) for name, entries in sorted(found.items()))


def _school(name: str, entries: dict[str, Zipped]) -> School:
    yaml = {each: path for each, path in sorted(entries.items()) if PurePosixPath(each).suffix in YAML}
    others = {each: path for each, path in sorted(entries.items()) if each not in yaml}
    return School(
        name=name,
        declarations=tuple(cast("Path", path) for path in yaml.values()),  # all that the loader does is to read it
        feeds=tuple(cast("Path", path) for each, path in others.items() if FEED.match(each)),
        stores=tuple(cast("Path", path) for each, path in others.items() if STORE.match(each)),
    )
