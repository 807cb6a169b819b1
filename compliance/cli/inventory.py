"""``compliance inventory``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated, Literal

import typer

from compliance.cli.options import At, Encoding, IntegratorName, NoColor
from compliance.errors import UsageError

Addresses = Annotated[list[str], typer.Argument(metavar="ADDRESS", help="A file, folder or database.")]
Engine = Annotated[
    Literal["local", "spark"], typer.Option(help="Where it is taken: on this machine or on a Spark cluster.")
]
Master = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The Spark cluster, such as spark://host:7077, yarn or local[4]."),
]
InventoryFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="The format on standard output.")]


def inventory(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    addresses: Addresses,
    integrator: IntegratorName = None,
    encoding: Encoding = None,
    engine: Engine = "local",
    master: Master = None,
    at: At = None,
    standard: InventoryFormat = "text",
    no_color: NoColor = False,
) -> None:
    """Say what is really there, without a single value of it."""
    if engine == "spark" and integrator not in {None, "plain"}:
        raise UsageError("On Spark, records are read as they stand.", hint="Leave --integrator out, or --engine.")
    if engine == "local" and master:
        raise UsageError("--master names a Spark cluster.", hint="Say --engine spark with it, or leave it out.")
    from compliance.cli.clock import moment, run_key
    from compliance.cli.printing import put, put_lines
    from compliance.cli.progress import progress
    from compliance.formats import inventory as words
    from compliance.pipeline import Request, run_inventory

    request = Request(
        declarations=(),
        at=moment(at),
        feeds=tuple(addresses),
        integrator=integrator,
        encoding=encoding,
        engine=engine,
        master=master,
        key=run_key(),
    )
    with progress() as tell:
        taken = run_inventory(request, tell)
    if standard == "json":
        put(words.render_json(taken))
    else:
        put_lines(words.lines(taken), no_color=no_color)
