"""Finished parts of a run, kept as saved inventories so that a run that was stopped goes on from there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from compliance import __version__
from compliance.engines.work import Keep, Work
from compliance.errors import SourceError
from compliance.inventory.key_mark import Saved, mark_of
from compliance.inventory.saved import dump, load
from compliance.model.inventory import Inventory
from compliance.sources.parts import Part

_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Keeps the parts of runs that ask the same with the same key."""

    folder: Path
    write: Callable[[Path, str], None]
    mark: str
    asked: str

    def load(self, part: Part) -> Inventory | None:
        """Return what was kept of a part; None when nothing was, or the part has changed since."""
        path = self._path(part)
        try:
            saved = load(path.read_text(encoding="utf-8"), path.name)
        except (OSError, UnicodeDecodeError, SourceError):
            return None
        return saved.inventory if saved.mark == self.mark else None

    def save(self, part: Part, inventory: Inventory) -> None:
        """Keep a part of files of this machine. What stands elsewhere may change without a trace, so it is not kept.

        Raises ``OutputError``.
        """
        if part.slices:
            self.write(self._path(part), dump(Saved(inventory, self.mark)))

    def _path(self, part: Part) -> Path:
        files = [(each.name, each.start, each.end, *_state(each.path)) for each in part.slices]
        return self.folder / f"{_digest(repr((__version__, self.mark, self.asked, files)))}.json"


def keeper_of(keep: Keep, work: Work) -> Keeper:
    """Return what keeps the parts of this work, and of none that asks anything else or has another key."""
    asked = replace(work.plan, key=b""), work.vocabulary, work.integrator.name, work.encoding
    return Keeper(folder=keep.folder, write=keep.write, mark=mark_of(work.plan.key), asked=_digest(repr(asked)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGITS]


def _state(path: Path) -> tuple[int, int]:
    """Return what changes when a file does."""
    state = path.stat()
    return state.st_size, state.st_mtime_ns
