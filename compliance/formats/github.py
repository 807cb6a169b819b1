"""The GitHub format: workflow commands, shown beside the lines of a change.

Commands and their escapes: GitHub Docs, "Workflow commands for GitHub Actions", and actions/toolkit, ``command.ts``.
"""

from __future__ import annotations

from collections.abc import Mapping

from compliance.formats.words import about, counted, finding_id, lapse, remedy, verdict, visible
from compliance.model.audit import Audit
from compliance.model.findings import Finding, Severity

LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(audit: Audit) -> str:
    """Write a command for each open finding, and one for the verdict."""
    skipped = f" {counted(len(audit.skipped), 'rule')} could not run." if audit.skipped else ""
    summary = _command("notice", f"{verdict(audit)}{skipped}", title=about(audit))
    return "".join(f"{command}\n" for command in (*map(_annotation, audit.open_findings), summary))


def _annotation(finding: Finding) -> str:
    hit = finding.hit
    place = {"file": hit.place.file} if hit.place else {}
    if hit.place and hit.place.line:
        place |= {"line": str(hit.place.line), "col": str(hit.place.column)}
    title = f"{finding_id(finding)} {finding.rule.name}"
    return _command(
        LEVELS[finding.severity], f"{hit.message} {remedy(finding)} {lapse(finding)}".rstrip(), **place, title=title
    )


def _command(level: str, message: str, **properties: str) -> str:
    """Write one command; no text can end it early or begin another."""
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {given}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
