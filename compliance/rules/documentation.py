"""What a rule says of itself, as a page."""

from __future__ import annotations

from compliance.model.findings import Input, RuleInfo, Severity
from compliance.rules.law import linked
from compliance.rules.packs import PACKS

INPUTS: dict[Input, str] = {
    Input.PERMISSION_SET: "the permission set",
    Input.CATALOGUE: "the integrator's catalogue",
    Input.STORED_FIELDS: "the stored-field declarations",
    Input.AUTHORISATION: "the school's authorisation",
    Input.ORGANISATION: "the organisation",
    Input.FEED: "a feed",
    Input.STORE: "a store",
    Input.DATA: "a feed or a store",
    Input.GRANT: "the integrator's own grant",
    Input.OLD_PERMISSION_SET: "an earlier version of the permission set",
    Input.OLD_STORED_FIELDS: "an earlier version of the stored-field declarations",
    Input.OLD_ORGANISATION: "an earlier version of the organisation",
    Input.REPORT: "a document that is about to be published",
}
"""What people call the inputs of a rule."""


def _in_force(rule: RuleInfo) -> str:
    """Say where and since when the law holds, when that is not everywhere and always."""
    where = "" if set(rule.packs) == set(PACKS) else f" In {' and '.join(PACKS[pack] for pack in rule.packs)} only."
    return f"{where} In force since {rule.since:%-d %B %Y}." if rule.since else where


def rule_page(rule: RuleInfo) -> str:
    """Return the page of one rule as Markdown, ending with a line break."""
    raised = ""
    if rule.severity is Severity.WARNING:
        raised = " (error for special category or criminal offence data)"
    needs = ", ".join(INPUTS[need] for need in rule.needs)
    law = "; ".join(map(linked, rule.law))
    silent = "\n".join(f"- {item}" for item in rule.silent_when)
    waiver = "A waiver has to name an end.\n\n" if rule.waiver_needs_end else ""
    return (
        f"# {rule.id} {rule.name}\n\n"
        f"{rule.summary}\n\n"
        f"Severity: {rule.severity}{raised}. Needs: {needs}. Law: {law}.{_in_force(rule)}\n\n"
        f"## Why\n\n{rule.why}\n\n"
        f"## Example\n\n{rule.example}\n\n"
        f"## What to do instead\n\n{rule.instead}\n\n"
        f"{waiver}"
        f"## When it is silent\n\n{silent}\n"
    )
