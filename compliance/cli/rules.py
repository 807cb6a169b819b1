"""``compliance rules``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated, Literal

import typer

RulesFormat = Annotated[Literal["text", "json", "markdown"], typer.Option("--format", help="How to list them.")]


def rules(*, standard: RulesFormat = "text") -> None:
    """List the rules."""
    from compliance.cli.printing import put
    from compliance.formats.rules import RULE_LISTS
    from compliance.rules.registry import RULES

    put(RULE_LISTS[standard](tuple(rule.info for rule in RULES)))
