"""``compliance audit``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.options import (
    At,
    BaselineFile,
    Encoding,
    FailOn,
    Feeds,
    IncludeReserved,
    IntegratorName,
    Jobs,
    NoColor,
    Outputs,
    OwnRules,
    Packs,
    Paths,
    Previous,
    Quiet,
    Review,
    StandardFormat,
    Stores,
    WriteBaseline,
)

Reports = Annotated[
    list[str],
    typer.Option(
        "--report", metavar="html=PATH", help="Also write the school privacy report: html=PATH or pdf=PATH.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip


def audit(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    paths: Paths,
    feed: Feeds,
    store: Stores,
    previous: Previous = None,
    pack: Packs,
    own_rules: OwnRules,
    review: Review = None,
    integrator: IntegratorName = None,
    encoding: Encoding = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    at: At = None,
    fail_on: FailOn = "error",
    standard: StandardFormat = "text",
    output: Outputs,
    report: Reports,
    jobs: Jobs = 0,
    include_reserved: IncludeReserved = False,
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Compare declarations with a feed, a store or both."""
    from compliance.cli.baselines import with_new_baseline
    from compliance.cli.choosing import chosen_packs
    from compliance.cli.clock import moment
    from compliance.cli.jobs import processes
    from compliance.cli.keys import run_key
    from compliance.cli.progress import progress
    from compliance.cli.publishing import destinations, publish
    from compliance.pipeline import Request, run_audit
    from compliance.rules.base import RuleOptions

    to = destinations(standard=standard, outputs=output, reports=report, no_color=no_color, quiet=quiet)
    request = Request(
        declarations=tuple(paths),
        at=moment(at),
        previous=previous,
        baseline=baseline,
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
    with progress(quiet=quiet) as tell:
        made = run_audit(request, tell)
    publish(with_new_baseline(made, write_baseline), to, fail_on=fail_on)
