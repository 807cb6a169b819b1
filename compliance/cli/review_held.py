"""``compliance review-held``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import At, Encoding, Feeds, IntegratorName, NoColor, Paths, Quiet, Stores

ListFile = Annotated[
    Path | None,
    typer.Option(
        "--list",
        metavar="FILE",
        help="Also write the school's list, as CSV with names: PERSONAL DATA, which only you may read.",
    ),
]
CountsFile = Annotated[
    Path | None,
    typer.Option("--counts", metavar="FILE", help="Also write the counts, for --review of audit and report."),
]
CountsFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="The format on standard output.")]


def review_held(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    paths: Paths,
    feed: Feeds,
    store: Stores,
    integrator: IntegratorName = None,
    encoding: Encoding = None,
    at: At = None,
    school_list: ListFile = None,
    counts: CountsFile = None,
    standard: CountsFormat = "text",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Tidy first: say who is held twice, has left or is in the wrong year, and what a first sync would make of each.

    Which columns mean what is read from the stored-field declarations. Only counts are printed.
    """
    from compliance.cli.clock import moment
    from compliance.cli.errors import say
    from compliance.cli.keys import run_key
    from compliance.cli.printing import put, put_lines
    from compliance.cli.writing import PRIVATE, write_text
    from compliance.errors import UsageError
    from compliance.formats import held as words
    from compliance.pipeline import Request, integrator_of_feed, load
    from compliance.review.listing import as_csv
    from compliance.review.run import Question, review

    if not store:
        raise UsageError("There is no store: whose people are to be reviewed?", hint="Name it with --store.")
    request = Request(declarations=tuple(paths), at=moment(at), integrator=integrator, key=run_key())
    declarations = load(request)
    reviewed = review(
        Question(
            declarations=declarations,
            stores=tuple(store),
            feeds=tuple(feed),
            integrator=integrator_of_feed(request, declarations),
            encoding=encoding,
            at=request.at,
            key=request.key,
        )
    )
    if counts:
        write_text(counts, words.render_json(reviewed.counts))
    if school_list:
        write_text(school_list, as_csv(reviewed.entries), mode=PRIVATE)
        say(f"{school_list} holds personal data. Keep it with the school, and delete it when it is worked through.")
    if standard == "json":
        put(words.render_json(reviewed.counts))
    elif not quiet:
        put_lines(words.lines(reviewed.counts), no_color=no_color)
