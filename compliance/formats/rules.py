"""A list of rules, as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from compliance.formats.words import listed
from compliance.model.findings import RuleInfo
from compliance.rules.documentation import INPUTS


def as_text(rules: Sequence[RuleInfo]) -> str:
    """Write a line for each rule."""
    width = max((len(rule.name) for rule in rules), default=0)
    return "".join(f"{rule.id}  {rule.severity:<7}  {rule.name:<{width}}  {rule.summary}\n" for rule in rules)


def as_json(rules: Sequence[RuleInfo]) -> str:
    """Write everything that rules say of themselves."""
    told = [
        {
            "id": rule.id,
            "name": rule.name,
            "family": rule.family,
            "severity": rule.severity,
            "needs": [*rule.needs],
            "law": [*rule.law],
            "packs": [*rule.packs],
            "since": rule.since and rule.since.isoformat(),
            "summary": rule.summary,
            "why": rule.why,
            "example": rule.example,
            "instead": rule.instead,
            "silent_when": [*rule.silent_when],
            "waiver_needs_end": rule.waiver_needs_end,
        }
        for rule in rules
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_markdown(rules: Sequence[RuleInfo]) -> str:
    """Write a table with a link to the page of each rule."""
    head = "| rule | name | severity | needs | fires when |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(
        f"| [{rule.id}]({rule.id}.md) | {rule.name} | {rule.severity} "
        f"| {listed(INPUTS[need] for need in rule.needs)} | {rule.summary} |\n"
        for rule in rules
    )


RULE_LISTS: Mapping[str, Callable[[Sequence[RuleInfo]], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}
