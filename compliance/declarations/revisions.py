"""Declarations as they stood in a revision of a git repository. Nothing is checked out."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import NoReturn

from compliance.errors import DeclarationError, Place, Problem


def is_declaration(file: PurePath) -> bool:
    """Whether a file of a folder is one of its declarations, by its name."""
    return file.suffix in {".yaml", ".yml"} and not file.name.startswith(".")


@dataclass(frozen=True, slots=True)
class Revision:
    """A file or folder as it stood in a revision of the current folder's repository."""

    name: str
    """What git knows it by: a branch, a tag or a commit."""
    path: Path = Path()

    def __str__(self) -> str:
        """Write it as git does."""
        return f"{self.name}:{self.path.as_posix()}"

    def files(self) -> tuple[RevisedFile, ...]:
        """Return the file, or the YAML files of the folder, in the order of their names.

        Raises ``DeclarationError`` when there is none, or when git knows no such revision.
        """
        commit, path = self._commit(), Path(os.path.relpath(self.path)).as_posix()
        found = self._names(commit, f"{path}/")
        if not found:
            alone = self._names(commit, path)
            if not alone:
                self._refuse("there is no such file or folder in this revision.", "Name it as it was called then.")
            return tuple(RevisedFile(self.name, commit, name) for name in alone)
        files = tuple(RevisedFile(self.name, commit, name) for name in found if is_declaration(PurePosixPath(name)))
        if not files:
            self._refuse("the folder held no YAML file then.", "Give the folder of the declarations.")
        return files

    def _commit(self) -> str:
        """Return the full name of the revision, which nothing can take for an option or a path."""
        try:
            asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.name}^{{commit}}")
            return _git(*asked).decode().strip()
        except FileNotFoundError:
            self._refuse("git is not installed here.", "Install it, or give two folders.")
        except subprocess.CalledProcessError:
            hint = "Check its spelling, and that this folder is in the repository. A shallow clone lacks what is older."
            self._refuse("git knows no such revision.", hint)

    def _names(self, commit: str, path: str) -> list[str]:
        told = _git("ls-tree", "-z", "--name-only", commit, "--", path).decode(errors="surrogateescape")
        return sorted(name for name in told.split("\0") if name)

    def _refuse(self, message: str, hint: str) -> NoReturn:
        raise DeclarationError((Problem(place=Place(str(self)), where="", message=message, hint=hint),))


@dataclass(frozen=True, slots=True)
class RevisedFile:
    """One file as it stood in a revision."""

    revision: str
    commit: str
    path: str
    """Relative to the current folder."""

    def as_posix(self) -> str:
        """Return its display name: that of the revision, then its path."""
        return f"{self.revision}:{self.path}"

    def read(self) -> bytes:
        """Return its bytes. Raises ``DeclarationError`` when it is no file."""
        try:
            return _git("cat-file", "blob", f"{self.commit}:./{self.path}")
        except subprocess.CalledProcessError:
            problem = Problem(
                place=Place(self.as_posix()), where="", message="it was no file then.", hint="Give a file or a folder."
            )
            raise DeclarationError((problem,)) from None


def revision_at(text: str) -> Revision | None:
    """Return what git's own ``REVISION:PATH`` names; None for what stands on the disk, and for a drive of Windows."""
    name, colon, path = text.partition(":")
    if not colon or len(name) < 2 or Path(text).exists():  # noqa: PLR2004 - a drive has one letter
        return None
    return Revision(name, Path(path or "."))


def _git(*words: str) -> bytes:
    """Ask git. Raises ``CalledProcessError`` when it says no, and ``FileNotFoundError`` when there is none."""
    return subprocess.run(["git", *words], capture_output=True, check=True).stdout  # noqa: S603, S607 - no shell; whichever git the user has
