"""The text format: for people at a terminal.

A text is a sequence of lines, each with a tone. ``render`` drops the tones; a terminal may colour by them.
No line is ever wrapped, so that every path and place can be copied whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compliance.formats.words import (
    NOUNS,
    WORST_FIRST,
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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text."""

    text: str
    tone: str = ""
    """A severity, ``title``, ``quiet`` or empty."""


def render(audit: Audit) -> str:
    """Write the audit as plain text."""
    return "".join(f"{line.text}\n" for line in lines(audit))


def lines(audit: Audit) -> Iterator[Line]:
    """Yield the lines of the text: verdict, findings, what was looked at and what was not."""
    yield Line(about(audit), "title")
    yield Line(verdict(audit))
    for severity in WORST_FIRST:
        found = [finding for finding in audit.open_findings if finding.severity is severity]
        if found:
            yield Line("")
            yield Line(f"{NOUNS[severity].title()}s", "title")
            for finding in found:
                yield from _finding(finding)
    yield from section("Waived", (_waived(finding, finding.waiver) for finding in audit.findings if finding.waiver))
    yield from section("Known from the baseline", map(known_line, audit.known_findings))
    yield from section("Gone since the baseline", map(visible, audit.baseline.gone if audit.baseline else ()))
    yield from section("Waivers that have ended", map(visible, audit.expired_waivers))
    yield from section("Ledger", _counts(audit))
    yield from section("Looked at", _looked_at(audit))
    yield from section("Not counted as data", notices(audit))
    yield from section("Could not run", (f"{s.rule.id} {s.rule.name}: {needs(s)}" for s in audit.skipped))


def _finding(finding: Finding) -> Iterator[Line]:
    hit = finding.hit
    path = f"  {visible(str(hit.path))}" if hit.path else ""
    yield Line(f"  {finding_id(finding)}  {finding.rule.name}{path}", finding.severity)
    if hit.place:
        yield Line(f"    {visible(str(hit.place))}")
    yield Line(f"    {visible(hit.message)}")
    if hit.evidence:
        yield Line(f"    ({evidence(finding)})", "quiet")
    if finding.lapsed:
        yield Line(f"    {visible(lapse(finding))}", "warning")
    yield Line(f"    Fix: {visible(remedy(finding))}")


def _waived(finding: Finding, waiver: Waiver) -> str:
    subject = f" {finding.hit.path}" if finding.hit.path else ""
    return visible(f"{finding_id(finding)}{subject}: {signed(waiver)}")


def _counts(audit: Audit) -> Iterator[str]:
    width = max(map(len, COLUMNS))
    return (f"{column:<{width}}  {fields_with(column, audit.ledger)}" for column in COLUMNS)


def _looked_at(audit: Audit) -> Iterator[str]:
    yield f"feed   {looked_at(audit.feed)}"
    yield f"store  {looked_at(audit.store)}"
    yield f"rules  {len(audit.rules_run)} ran, {len(audit.skipped)} could not"
    yield f"law    {law(audit)}"


def section(title: str, body: Iterable[str]) -> Iterator[Line]:
    """Yield a titled section, or nothing when it has no lines."""
    told = [*body]
    if told:
        yield Line("")
        yield Line(title, "title")
        yield from (Line(f"  {text}") for text in told)
