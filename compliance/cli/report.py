"""``compliance report``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from compliance.cli.kinds import KINDS
from compliance.cli.options import (
    At,
    Encoding,
    Feeds,
    IncludeReserved,
    IntegratorName,
    Jobs,
    OwnRules,
    Packs,
    Previous,
    Quiet,
    Review,
    Stores,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.pipeline import Request
    from compliance.reports.kinds import ReportKind

KindAndPaths = Annotated[
    list[str],
    typer.Argument(
        metavar="[KIND] PATHS",
        help=f"The kind of document ({', '.join(KINDS)}), and declarations: YAML files, or folders of them.",
        default_factory=list,
        show_default="school-privacy and the current folder",
    ),
]
Folder = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made if it is not there.")]
OwnLook = Annotated[
    Path | None, typer.Option("--look", metavar="DIR", help="A folder with look.yaml: a logo, colours, own sections.")
]
Engine = Annotated[
    Literal["local", "spark"], typer.Option(help="With --all: made on this machine or on a Spark cluster.")
]
Master = Annotated[
    str | None, typer.Option(metavar="URL", help="The Spark cluster, such as spark://host:7077, yarn or local[4].")
]
Schools = Annotated[
    Path | None,
    typer.Option(
        "--all",
        metavar="SCHOOLS",
        help="A folder or zip with a folder for each school: its YAML, feed* and store*. PATHS are what all share.",
    ),
]
Endings = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="html,pdf",
        help="What to write it as. Records and notices also md; records and the overview also xlsx and csv.",
    ),
]


def report(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    kind_and_paths: KindAndPaths,
    feed: Feeds,
    store: Stores,
    out: Folder = Path("reports"),
    endings: Endings = "html,pdf",
    look: OwnLook = None,
    schools: Schools = None,
    engine: Engine = "local",
    master: Master = None,
    previous: Previous = None,
    pack: Packs,
    own_rules: OwnRules,
    review: Review = None,
    integrator: IntegratorName = None,
    encoding: Encoding = None,
    at: At = None,
    jobs: Jobs = 0,
    include_reserved: IncludeReserved = False,
    quiet: Quiet = False,
) -> None:
    """Write a document for people, named after its school; with --all, the documents of every school in a folder.

    With --all a run that was stopped goes on from there, and what has not changed is not made again.
    """
    from compliance.cli.choosing import chosen_packs
    from compliance.cli.clock import moment
    from compliance.cli.documents import write_documents
    from compliance.cli.jobs import processes
    from compliance.cli.keys import run_key
    from compliance.cli.naming import documents_in, endings_of, kind_and_rest
    from compliance.cli.printing import put
    from compliance.cli.progress import progress
    from compliance.cli.writing import make_folder
    from compliance.errors import UsageError
    from compliance.pipeline import Request, run_audit
    from compliance.reports.look import OURS, open_look
    from compliance.rules.base import RuleOptions

    if schools and look:
        raise UsageError("--look is not taken together with --all.", hint="Leave one of them out.")
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
        options=RuleOptions(include_reserved=include_reserved, packs=chosen_packs(pack)),
        own_rules=tuple(own_rules),
        key=run_key(),
        jobs=processes(jobs),
    )
    if schools and kind.of_many and engine == "local":
        _report_together(schools, request, kind, wanted, out, quiet=quiet)
        return
    if schools:
        cluster = (master,) if engine == "spark" else ()
        _report_all(schools, request, kind.name, wanted, out, cluster, is_dated=at is not None, quiet=quiet)
        return
    if engine == "spark":
        raise UsageError("Spark makes the reports of many schools.", hint="Say --all with it.")
    with progress(quiet=quiet) as tell:
        made = run_audit(request, tell)
    make_folder(out)
    written = write_documents(made, documents_in(out, made, kind, wanted), own)
    if not quiet:
        put("".join(f"{path}\n" for path in written))


def _report_together(
    schools: Path, request: Request, kind: ReportKind, wanted: Sequence[str], out: Path, *, quiet: bool
) -> None:
    from compliance.cli.errors import CANNOT_LOOK, say
    from compliance.cli.printing import put
    from compliance.cli.together import write_together

    _refuse_shared_data(request)
    made = write_together(schools, request, kind, wanted, out, quiet=quiet)
    for school, failure in made.failures:
        say(f"error: {school}: {failure}")
    if not quiet:
        put("".join(f"{path}\n" for path in made.written))
    if made.failures:
        raise typer.Exit(CANNOT_LOOK)


def _refuse_shared_data(request: Request) -> None:
    from compliance.errors import UsageError

    if request.feeds or request.stores:
        raise UsageError("With --all every school has its own feed and store.", hint="Leave --feed and --store out.")


def _report_all(  # noqa: PLR0913 - what the command was told
    schools: Path,
    request: Request,
    kind: str,
    wanted: tuple[str, ...],
    out: Path,
    cluster: tuple[str | None, ...],
    *,
    is_dated: bool,
    quiet: bool,
) -> None:
    from dataclasses import replace

    from compliance.batch.outcomes import moment_of
    from compliance.cli.batch import Spark, run_batch
    from compliance.cli.batch_school import Order
    from compliance.cli.clock import moment
    from compliance.cli.errors import CANNOT_LOOK, say
    from compliance.cli.keys import batch_key
    from compliance.cli.printing import put

    _refuse_shared_data(request)
    begun = "" if is_dated else moment_of(out)  # a run that goes on speaks of the moment at which it began
    at = moment(begun) if begun else request.at
    order = Order(
        kind=kind, endings=wanted, out=out, request=replace(request, at=at, jobs=1, key=batch_key(at.isoformat()))
    )
    outcomes = run_batch(schools, order, jobs=request.jobs, quiet=quiet, spark=Spark(*cluster) if cluster else None)
    failed = [each for each in outcomes if each.failure]
    for each in failed:
        say(f"error: {each.school}: {each.failure}")
    if not quiet:
        put(f"{len(outcomes) - len(failed):,} of {len(outcomes):,} schools: {out / 'index.html'}\n")
    if failed:
        raise typer.Exit(CANNOT_LOOK)
