"""What a rule says of itself, as a page."""

from __future__ import annotations

from compliance.model.findings import Input
from compliance.rules.base import Rule

INPUTS: dict[Input, str] = {
    Input.PERMISSION_SET: "the permission set",
    Input.CATALOGUE: "the integrator's catalogue",
    Input.STORED_FIELDS: "the stored-field declarations",
    Input.AUTHORISATION: "the school's authorisation",
    Input.ORGANISATION: "the organisation",
    Input.FEED: "a feed",
    Input.STORE: "a store",
    Input.DATA: "a feed or a store",
    Input.OLD_PERMISSION_SET: "an earlier version of the permission set",
    Input.REPORT: "a document that is about to be published",
}
"""What people call the inputs of a rule."""


def rule_page(rule: Rule) -> str:
    """Return the page of one rule as Markdown, ending with a line break."""
    info = rule.info
    needs = ", ".join(INPUTS[need] for need in info.needs)
    silent = "\n".join(f"- {item}" for item in info.silent_when)
    waiver = "A waiver has to name an end.\n\n" if info.waiver_needs_end else ""
    return (
        f"# {info.id} {info.name}\n\n"
        f"{info.summary}\n\n"
        f"Severity: {info.severity}. Needs: {needs}. Law: {'; '.join(info.law)}.\n\n"
        f"## Why\n\n{info.why}\n\n"
        f"## Example\n\n{info.example}\n\n"
        f"## What to do instead\n\n{info.instead}\n\n"
        f"{waiver}"
        f"## When it is silent\n\n{silent}\n"
    )
