"""``compliance report``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import (
    At,
    Encoding,
    Feeds,
    IncludeReserved,
    IntegratorName,
    Jobs,
    Previous,
    Quiet,
    Review,
    Stores,
)

KindAndPaths = Annotated[
    list[str],
    typer.Argument(
        metavar="[KIND] PATHS",
        help="The kind of document, such as school-privacy, and declarations: YAML files, or folders of them.",
        default_factory=list,
        show_default="school-privacy and the current folder",
    ),
]
Folder = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made if it is not there.")]
OwnLook = Annotated[
    Path | None, typer.Option("--look", metavar="DIR", help="A folder with look.yaml: a logo, colours, own sections.")
]
Endings = Annotated[str, typer.Option("--format", metavar="html,pdf", help="What to write it as.")]


def report(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    kind_and_paths: KindAndPaths,
    feed: Feeds,
    store: Stores,
    out: Folder = Path("reports"),
    endings: Endings = "html,pdf",
    look: OwnLook = None,
    previous: Previous = None,
    review: Review = None,
    integrator: IntegratorName = None,
    encoding: Encoding = None,
    at: At = None,
    jobs: Jobs = 0,
    include_reserved: IncludeReserved = False,
    quiet: Quiet = False,
) -> None:
    """Write a document for people, named after its school."""
    from compliance.cli.clock import moment
    from compliance.cli.documents import write_documents
    from compliance.cli.jobs import processes
    from compliance.cli.keys import run_key
    from compliance.cli.naming import documents_in, endings_of, kind_and_rest
    from compliance.cli.printing import put
    from compliance.cli.progress import progress
    from compliance.cli.writing import make_folder
    from compliance.pipeline import Request, run_audit
    from compliance.reports.look import OURS, open_look
    from compliance.rules.base import RuleOptions

    own = open_look(look) if look else OURS
    kind, paths = kind_and_rest(kind_and_paths)
    wanted = endings_of(kind, endings)
    request = Request(
        declarations=paths,
        at=moment(at),
        previous=previous,
        feeds=tuple(feed),
        stores=tuple(store),
        review=review,
        integrator=integrator,
        encoding=encoding,
        options=RuleOptions(include_reserved=include_reserved),
        key=run_key(),
        jobs=processes(jobs),
    )
    with progress(quiet=quiet) as tell:
        made = run_audit(request, tell)
    make_folder(out)
    written = write_documents(made, documents_in(out, made, kind, wanted), own)
    if not quiet:
        put("".join(f"{path}\n" for path in written))
