"""The summary of a document that asks somebody to decide: a few lines, then the decisions."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.findings import Severity
from compliance.reports.parts.levels import Level
from compliance.reports.words import counted

MOST_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Page one of a record, an annex or an overview."""

    level: Level
    title: str
    lines: tuple[str, ...]
    decisions: tuple[str, ...]
    """What somebody has to decide or fill in; empty when nothing is open."""


def brief(title: str, lines: tuple[str, ...], decisions: tuple[str, ...], level: Level | None = None) -> Brief:
    """Return a summary of at most five lines. Raises ``ValueError`` for more."""
    if len(lines) > MOST_LINES:
        raise ValueError(f"a summary has at most {MOST_LINES} lines")
    chosen = level or (Level.CAUTION if decisions else Level.OK)
    return Brief(level=chosen, title=title, lines=lines, decisions=decisions)


def findings_sentence(audit: Audit) -> str:
    """Say how many findings are open."""
    counts = [(sum(f.severity is severity for f in audit.open_findings), word) for severity, word in (
        (Severity.ERROR, "to act on"), (Severity.WARNING, "to check"), (Severity.INFO, "good to know"))]  # fmt: skip
    parts = [f"{count:,} {word}" for count, word in counts if count]
    return f"{counted(len(audit.open_findings), 'open finding')}: {', '.join(parts)}." if parts else "No open finding."


def unseen_sentence(audit: Audit) -> str:
    """Say what nobody looked at; empty when both feed and store were read."""
    missing = [word for word, part in (("the data received", audit.feed), ("the data kept", audit.store)) if not part]
    return f"Nobody looked at {' or '.join(missing)}." if missing else ""
