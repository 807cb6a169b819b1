"""Addresses that Spark reads, and the names by which their files are called."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

LINES: Final = (".jsonl", ".ndjson")
"""Endings of files that hold one record a line."""
PACKED: Final = (".gz", ".bz2", ".zst")
"""Endings that may follow these, as Hadoop's codecs know them."""

_GLOB = re.compile(r"[*?\[{]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[^/]*)?(?=/)")
"""``s3a://bucket`` of ``s3a://bucket/pupils``, ``file:`` of ``file:/data``; what an authority may hold is not shown."""
_ENDING = re.compile(f"({'|'.join(map(re.escape, LINES))})({'|'.join(map(re.escape, PACKED))})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How the files at one address are called. Files come as Spark spells them: URIs with quoted signs."""

    above: str
    """Path of the folder above the address, with a slash at its end."""
    root: str
    """Display name of the address itself."""

    @classmethod
    def of(cls, address: str, files: tuple[str, ...]) -> Names:
        """Name the files at ``address``: relative to its parent, as those of this machine are.

        Of a glob, the address is the last folder that is spelt out. A relative address that is none of this machine
        hangs below some home folder, which only the files can tell.
        """
        steps = posixpath.normpath(_SCHEME.sub("", address)).split("/")
        spelt = next((number for number, step in enumerate(steps) if _GLOB.search(step)), len(steps))
        path = "/".join(steps[:spelt]) or "/"
        first = _path(files[0]) if files else ""
        if not path.startswith("/"):
            is_here = not files or files[0].startswith("file:")
            home = str(Path.cwd()) if is_here else first.partition(f"/{path}")[0]
            path = posixpath.normpath(posixpath.join(home, path))
        return cls(above=posixpath.join(posixpath.dirname(path), ""), root=posixpath.basename(path))

    def name(self, file: str) -> str:
        """Return the display name of a file."""
        return _path(file).removeprefix(self.above)


def dataset_of(name: str) -> str:
    """Return the dataset of a file: its name without folder and endings."""
    return _ENDING.sub("", posixpath.basename(name))


def holds_lines(name: str) -> bool:
    """Whether a file of this name is read as JSON Lines."""
    return bool(_ENDING.search(name))


def lines_glob() -> str:
    """Return the glob, as Hadoop reads it, of the files that ``holds_lines``."""
    return "{" + ",".join(f"*{_any_case(line + packed)}" for line in LINES for packed in ("", *PACKED)) + "}"


def shown(address: str) -> str:
    """Return an address as messages show it, without whatever stands before its path."""
    return _SCHEME.sub("", address)


def _path(file: str) -> str:
    return unquote(_SCHEME.sub("", file))


def _any_case(text: str) -> str:
    return "".join(f"[{sign.lower()}{sign.upper()}]" if sign.isalpha() else sign for sign in text)
