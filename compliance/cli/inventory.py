"""``compliance inventory``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated, Literal

import typer

from compliance.cli.options import At, Encoding, IntegratorName, NoColor

Addresses = Annotated[list[str], typer.Argument(metavar="ADDRESS", help="A file, folder or database.")]
InventoryFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="The format on standard output.")]


def inventory(
    *,
    addresses: Addresses,
    integrator: IntegratorName = None,
    encoding: Encoding = None,
    at: At = None,
    standard: InventoryFormat = "text",
    no_color: NoColor = False,
) -> None:
    """Say what is really there, without a single value of it."""
    import secrets

    from compliance.cli.clock import moment
    from compliance.cli.printing import put, put_lines
    from compliance.cli.progress import progress
    from compliance.declarations.load import load_declarations
    from compliance.formats import inventory as words
    from compliance.integrators.registry import integrator_named
    from compliance.inventory.measures import InventoryPlan
    from compliance.model.inventory import EMPTY_INVENTORY
    from compliance.pipeline import reader, take

    plan = InventoryPlan(at=moment(at), key=secrets.token_bytes(32))
    vocabulary = load_declarations(()).vocabulary
    with progress() as tell:
        read = reader(integrator_named(integrator) if integrator else None, encoding, tell)
        taken = take(addresses, plan, vocabulary, read) or EMPTY_INVENTORY
    if standard == "json":
        put(words.render_json(taken))
    else:
        put_lines(words.lines(taken), no_color=no_color)
