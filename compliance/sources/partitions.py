"""Parquet files and the folders they stand in, such as ``pupils/year=2025/part-0.parquet``.

Such folders are partition columns: each is one more column of text. What a folder is called is then a value of a row,
so display names do not show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from compliance.errors import Place, SourceError

ENDINGS = (".parquet", ".pq")
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
"""Name of the folder that holds the rows whose partition column is null, as Hive and Spark write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a file's folders say of it."""

    source: str
    """Display name."""
    dataset: str
    """Called like the file or, below partition folders, like the folder above them."""
    partitions: Mapping[str, str]
    """Partition columns and their values, as the folders are called."""

    @classmethod
    def of(cls, name: str) -> Standing:
        """Tell by the name of a file, relative to the parent of what was asked for."""
        *folders, file = PurePosixPath(name).parts
        first = next((number for number, folder in enumerate(folders) if "=" in folder), 0)
        return cls(
            source="/".join((*(f"{part.split('=', 1)[0]}=…" if "=" in part else part for part in folders), file)),
            dataset=PurePosixPath(folders[first - 1] if first else file).stem,
            partitions=dict(folder.split("=", 1) for folder in folders if "=" in folder),
        )

    def check(self, columns: Iterable[str]) -> None:
        """Raise ``SourceError`` if a folder is called like one of the file's ``columns``: one of both would be lost."""
        held = {name.casefold() for name in columns}
        if both := next((name for name in self.partitions if name.casefold() in held), None):
            raise SourceError(
                f"A folder above it and a column in it are both called {both!r}.",
                hint="Rename one, or move the file out of that folder.",
                place=Place(self.source),
            )


def value_of(folder: str) -> str | None:
    """Return the value that a partition folder stands for."""
    return None if folder == NO_VALUE else unquote(folder)
