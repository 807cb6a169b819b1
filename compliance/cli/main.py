"""The command line. Commands import what they need when they run, so that ``--help`` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from compliance import __version__
from compliance.cli import (
    audit,
    authorise,
    changes,
    check,
    demo,
    draft,
    explain,
    init,
    inventory,
    merge,
    pull,
    report,
    review_held,
    rules,
    schema,
    serve,
    simulate,
)
from compliance.cli.errors import guarded
from compliance.cli.examples import epilog

app = typer.Typer(
    name="compliance",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (
    check.check,
    audit.audit,
    changes.changes,
    inventory.inventory,
    draft.draft,
    merge.merge,
    pull.pull,
    simulate.simulate,
    report.report,
    authorise.authorise,
    review_held.review_held,
    serve.serve,
    rules.rules,
    explain.explain,
    schema.schema,
    init.init,
    demo.demo,
):
    app.command(epilog=epilog(command.__name__.replace("_", "-")))(command)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer hands a flag's value over like this
    if asked:
        typer.echo(f"compliance {__version__}")
        raise typer.Exit


@app.callback()
def compliance(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Tell which pupils' data an app asks for, is handed, says it keeps and really keeps.

    Exit codes: 0 nothing at or above --fail-on, 1 at least one finding, 2 wrong usage, 3 the audit could not be made.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command, by default that of this process, and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return guarded(lambda: app(None if arguments is None else list(arguments), prog_name="compliance"))
