"""``compliance draft``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import At, Encoding, Jobs

Addresses = Annotated[
    list[str], typer.Argument(metavar="ADDRESS", help="What the app holds: a database, an export or a schema.")
]
App = Annotated[str, typer.Option(metavar="NAME", help="The app's id.")]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to a new file instead of standard output.")]


def draft(
    *,
    addresses: Addresses,
    app: App = "my-app",
    out: Out = None,
    encoding: Encoding = None,
    at: At = None,
    jobs: Jobs = 0,
) -> None:
    """Draft the stored-field declarations of what is there.

    Data items are guessed from names and values, and marked as guesses: check refuses them until a person confirms
    each.
    """
    from compliance.cli.clock import moment
    from compliance.cli.errors import say
    from compliance.cli.jobs import processes
    from compliance.cli.keys import run_key
    from compliance.cli.printing import put
    from compliance.cli.progress import progress
    from compliance.cli.writing import write_text
    from compliance.errors import OutputError, Place
    from compliance.formats.draft import render
    from compliance.formats.words import counted
    from compliance.pipeline import Request
    from compliance.runs.draft import run_draft

    if out and out.exists():
        raise OutputError("It is there already.", hint="Name a new file.", place=Place(str(out)))
    request = Request(
        declarations=(), at=moment(at), stores=tuple(addresses), encoding=encoding, key=run_key(), jobs=processes(jobs)
    )
    with progress() as tell:
        guesses = run_draft(request, tell)
    text = render(guesses, app=app, store=", ".join(Path(address).name for address in addresses))
    if out:
        write_text(out, text)
    else:
        put(text)
    known = sum(guess.item is not None for guess in guesses)
    say(f"{counted(len(guesses), 'field')}, of which {known} were guessed. Each has to be confirmed by a person.")
