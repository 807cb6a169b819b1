"""``compliance inventory``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import At, Encoding, IntegratorName, NoColor

Addresses = Annotated[list[str], typer.Argument(metavar="ADDRESS", help="A file, folder or database.")]
VocabularyFile = Annotated[
    Path | None, typer.Option("--vocabulary", metavar="FILE", help="Code sets and detectors of your own.")
]
InventoryFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="The format on standard output.")]


def inventory(
    *,
    addresses: Addresses,
    integrator: IntegratorName = None,
    vocabulary: VocabularyFile = None,
    encoding: Encoding = None,
    at: At = None,
    standard: InventoryFormat = "text",
    no_color: NoColor = False,
) -> None:
    """Say what is really there, without a single value of it."""
    from compliance.cli.clock import moment, run_key
    from compliance.cli.printing import put, put_lines
    from compliance.cli.progress import progress
    from compliance.formats import inventory as words
    from compliance.pipeline import Request, run_inventory

    request = Request(
        declarations=(vocabulary,) if vocabulary else (),
        at=moment(at),
        feeds=tuple(addresses),
        integrator=integrator,
        encoding=encoding,
        key=run_key(),
    )
    with progress() as tell:
        taken = run_inventory(request, tell)
    if standard == "json":
        put(words.render_json(taken))
    else:
        put_lines(words.lines(taken), no_color=no_color)
