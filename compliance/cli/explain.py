"""``compliance explain``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(metavar="RULE", help="A rule's id, such as DA01, or a finding's: DA01-5f3a90c2.")]


def explain(*, name: Name) -> None:
    """Tell what fires one rule, and what to do about it."""
    from compliance.cli.choosing import choose
    from compliance.cli.printing import put
    from compliance.rules.documentation import rule_page
    from compliance.rules.registry import RULES

    rules = {rule.info.id: rule.info for rule in RULES}
    put(rule_page(rules[choose(name.partition("-")[0], rules, what="rule")]))
