"""``compliance merge``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import NoColor, Save

Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Saved inventories.")]
InventoryFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="The format on standard output.")]


def merge(
    *,
    files: Files,
    save: Save = None,
    standard: InventoryFormat = "text",
    no_color: NoColor = False,
) -> None:
    """Add up saved inventories of different data, such as those of many nights, schools or machines.

    All must have been taken with one key (COMPLIANCE_KEY_FILE); the key itself is not needed here.
    """
    from compliance.cli import saving
    from compliance.cli.errors import say
    from compliance.sources.saved_files import merge_saved

    merged, again = merge_saved(files)
    for source in again:
        say(f"several of these inventories name the source {source}: if it is the same data, it was counted twice.")
    if save:
        saving.save(save, merged)
    saving.put_inventory(merged.inventory, standard, no_color=no_color)
