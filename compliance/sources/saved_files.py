"""Saved inventories at their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from compliance.errors import Place, SourceError
from compliance.inventory.key_mark import Saved, meet
from compliance.model.inventory import total_of
from compliance.model.keyed import finished

_BEGINNING = re.compile(rb'\s*\{\s*"kind"\s*:\s*"saved-inventory"')
"""How a saved inventory begins, by which it is told from data."""
_HEAD = 256


def is_saved(address: str | Path) -> bool:
    """Whether a saved inventory stands at ``address``, by how it begins."""
    path = Path(address)
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return bool(_BEGINNING.match(stream.read(_HEAD)))
    except OSError:
        return False  # whoever reads it says why it cannot be read


def begins_saved(head: bytes) -> bool:
    """Whether a saved inventory begins so."""
    return bool(_BEGINNING.match(head[:_HEAD]))


def read_saved(address: str | Path) -> Saved:
    """Read the saved inventory at ``address``. Raises ``SourceError``."""
    from compliance.inventory.saved import load  # noqa: PLC0415 - most runs read none

    name = str(address)
    try:
        return load(Path(address).read_text(encoding="utf-8"), name)
    except UnicodeDecodeError:
        raise SourceError(
            "It is no saved inventory.", hint="`compliance inventory ADDRESS --save FILE` makes one.", place=Place(name)
        ) from None
    except OSError as error:
        raise SourceError(
            f"It cannot be read: {error.strerror or 'the system refused'}.",
            hint="Check its spelling and that you may read it.",
            place=Place(name),
        ) from None


def merge_saved(addresses: Iterable[str | Path]) -> tuple[Saved, tuple[str, ...]]:
    """Add up saved inventories, of which there is at least one, one at a time.

    Returns the sum, and the sources that several of them name: the same data may have been counted twice.
    Raises ``SourceError`` when one cannot be read or was made with another key.
    """
    first = ""
    mark = ""
    met: set[str] = set()
    again: set[str] = set()

    def each() -> Iterator[Saved]:
        nonlocal first, mark
        for address in addresses:
            saved = read_saved(address)
            first, mark = first or str(address), mark or saved.mark
            meet(str(address), saved.mark, first, mark)
            again.update(met.intersection(saved.inventory.sources))
            met.update(saved.inventory.sources)
            yield saved

    inventory = total_of(saved.inventory for saved in each())
    return Saved(finished(inventory), mark), tuple(sorted(again))
