"""``compliance check``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from compliance.cli.options import (
    At,
    BaselineFile,
    FailOn,
    NoColor,
    Outputs,
    OwnRules,
    Packs,
    Paths,
    Previous,
    Quiet,
    StandardFormat,
    WriteBaseline,
)


def check(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    paths: Paths,
    previous: Previous = None,
    pack: Packs,
    own_rules: OwnRules,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    at: At = None,
    fail_on: FailOn = "error",
    standard: StandardFormat = "text",
    output: Outputs,
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Check declarations alone: no data is looked at."""
    from compliance.cli.baselines import with_new_baseline
    from compliance.cli.choosing import chosen_packs
    from compliance.cli.clock import moment
    from compliance.cli.publishing import destinations, publish
    from compliance.pipeline import Request, run_audit
    from compliance.rules.base import RuleOptions

    to = destinations(standard=standard, outputs=output, no_color=no_color, quiet=quiet)
    request = Request(
        declarations=tuple(paths),
        at=moment(at),
        previous=previous,
        baseline=baseline,
        options=RuleOptions(packs=chosen_packs(pack)),
        own_rules=tuple(own_rules),
    )
    made = run_audit(request)
    publish(with_new_baseline(made, write_baseline), to, fail_on=fail_on)
