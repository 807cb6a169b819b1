"""The Markdown format: for a pull request or a job summary (GitHub Flavored Markdown)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from compliance.formats.words import (
    NOUNS,
    about,
    evidence,
    fields_with,
    finding_id,
    known_line,
    lapse,
    law,
    looked_at,
    needs,
    notices,
    remedy,
    signed,
    verdict,
    visible,
)
from compliance.model.audit import Audit
from compliance.model.declarations import Waiver
from compliance.model.findings import Finding
from compliance.model.ledger import COLUMNS


def render(audit: Audit) -> str:
    """Write the audit as a heading, a verdict, a table of findings and what was looked at."""
    return "\n".join(_blocks(audit))


def prose(text: str) -> str:
    """Escape ``text`` so that nothing in it is markup, a link, a mention, a table cell or a formula."""
    safe = re.sub(r"[\\`*_\[\]<>|~&$]", r"\\\g<0>", visible(text))
    return re.sub(r"(?<=[@#])(?=\w)|(?<=:)(?=//)|(?<=www)(?=\.)", "<!-- -->", safe)


def code(text: str) -> str:
    """Write ``text`` as code that no backtick in it can end, fit for a table cell."""
    shown = visible(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if len(fence) > 1 else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _blocks(audit: Audit) -> Iterator[str]:
    yield f"## {prose(about(audit))}\n"
    yield f"**{prose(verdict(audit))}**\n"
    if audit.open_findings:
        yield table(("", "Finding", "Where", "What", "What to do"), map(_row, audit.open_findings))
    yield table(COLUMNS, [tuple(fields_with(column, audit.ledger) for column in COLUMNS)])
    yield from folded("What was looked at", _looked_at(audit))
    yield from folded("Not counted as data", map(prose, notices(audit)))
    yield from folded("Waived", (_waived(finding, finding.waiver) for finding in audit.findings if finding.waiver))
    yield from folded("Known from the baseline", (prose(known_line(finding)) for finding in audit.known_findings))
    yield from folded("Gone since the baseline", map(prose, audit.baseline.gone if audit.baseline else ()))
    yield from folded("Waivers that have ended", map(prose, audit.expired_waivers))
    yield from folded("Rules that could not run", (f"{s.rule.id} {s.rule.name}: {needs(s)}" for s in audit.skipped))


def _row(finding: Finding) -> tuple[str, ...]:
    hit = finding.hit
    where = [code(str(name)) for name in (hit.path, hit.place) if name]
    backing = f" ({prose(evidence(finding))})" if hit.evidence else ""
    return (
        NOUNS[finding.severity],
        f"{finding_id(finding)} {prose(finding.rule.name)}",
        "<br>".join(where),
        f"{prose(hit.message)}{backing}{f' {prose(lapse(finding))}' if finding.lapsed else ''}",
        prose(remedy(finding)),
    )


def _waived(finding: Finding, waiver: Waiver) -> str:
    subject = f" {code(str(finding.hit.path))}" if finding.hit.path else ""
    return f"{finding_id(finding)}{subject}: {prose(signed(waiver))}"


def _looked_at(audit: Audit) -> Iterator[str]:
    yield f"Feed: {looked_at(audit.feed)}."
    yield f"Store: {looked_at(audit.store)}."
    yield f"Rules: {len(audit.rules_run)} ran, {len(audit.skipped)} could not."
    yield f"Law: {law(audit)}."


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table."""
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ("---",) * len(head), *rows))


def folded(title: str, items: Iterable[str]) -> Iterator[str]:
    """Yield a section that opens on demand, or nothing when it has no items."""
    told = [*items]
    if told:
        body = "".join(f"- {item}\n" for item in told)
        yield f"<details><summary>{title}</summary>\n\n{body}\n</details>\n"
