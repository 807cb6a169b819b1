"""Inventories on their own: printed and saved."""

from __future__ import annotations

from pathlib import Path

from compliance.cli.errors import say
from compliance.cli.keys import KEY_FILE, kept_key
from compliance.cli.printing import put, put_lines
from compliance.cli.writing import PRIVATE, write_text
from compliance.formats import inventory as words
from compliance.inventory.key_mark import Saved, mark_of
from compliance.inventory.saved import dump
from compliance.model.inventory import Inventory
from compliance.sources.recognition import Recognition


def save_inventory(path: Path, taken: Inventory, key: bytes) -> None:
    """Save an inventory whose digests were made with ``key``. Raises ``OutputError``."""
    save(path, Saved(taken, mark_of(key)))
    if kept_key() is None:
        say(
            f"{path} adds up with nothing that another run takes, as the key of this run is not kept. "
            f"`compliance inventory --new-key FILE` makes one that is, for {KEY_FILE}."
        )


def save(path: Path, saved: Saved) -> None:
    """Write a saved inventory that only its owner may read. Raises ``OutputError``."""
    write_text(path, dump(saved), mode=PRIVATE)


def put_inventory(taken: Inventory, standard: str, *, recognition: Recognition | None = None, no_color: bool) -> None:
    """Print an inventory in the format ``standard``."""
    if standard == "json":
        put(words.render_json(taken, recognition))
    else:
        put_lines(words.lines(taken), no_color=no_color)
