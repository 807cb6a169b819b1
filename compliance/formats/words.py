"""The words that all formats share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from compliance.model.audit import Audit
from compliance.model.declarations import Waiver
from compliance.model.findings import Finding, Severity, Skipped
from compliance.model.inventory import Inventory
from compliance.model.ledger import Ledger, State
from compliance.rules.documentation import INPUTS
from compliance.rules.packs import PACKS

WORST_FIRST: tuple[Severity, ...] = tuple(reversed(Severity))

NOUNS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What a finding of each severity is called when it is counted."""


def visible(text: str) -> str:
    """Return ``text`` on one line, with every sign that steers a terminal or hides from readers as an escape.

    Names of datasets and columns come from outside. Control, format, surrogate and unassigned characters and line
    separators must not reach a terminal, a build log or an XML document.
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else sign.encode("unicode_escape").decode()
        for sign in text
    )


def counted(count: int, noun: str) -> str:
    """Return ``1 row`` or ``1,204 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(parts: Iterable[str]) -> str:
    """Join ``parts`` as prose does: ``a, b and c``."""
    *most, last = [*parts] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def tally(audit: Audit) -> Mapping[Severity, int]:
    """Count the open findings of each severity, worst first."""
    return {severity: sum(f.severity is severity for f in audit.open_findings) for severity in WORST_FIRST}


def about(audit: Audit) -> str:
    """Say which app at which school the audit is about."""
    asked, stored, granted = (
        audit.declarations.permission_set,
        audit.declarations.stored_fields,
        audit.declarations.authorisation,
    )
    app = f"{asked.label} {asked.version}" if asked else stored.app if stored else "An app without declarations"
    return visible(f"{app} at {granted.school.name}" if granted else app)


def verdict(audit: Audit) -> str:
    """Say in a sentence or two how many findings are open and what was not looked at."""
    counts = [counted(count, NOUNS[severity]) for severity, count in tally(audit).items() if count]
    waived = sum(bool(finding.waiver) for finding in audit.findings)
    sentences = [
        f"{listed(counts)}." if counts else "No open findings.",
        f"{counted(waived, 'finding')} waived." if waived else "",
        known(audit),
        not_looked_at(audit),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def known(audit: Audit) -> str:
    """Say how many findings the baseline knows; empty without a baseline."""
    if audit.baseline is None:
        return ""
    count = counted(len(audit.known_findings), "finding")
    return f"{count} known from the baseline of {audit.baseline.written_on.isoformat()}."


def not_looked_at(audit: Audit) -> str:
    """Say which half of the data nobody gave; empty when both were."""
    if audit.feed is None and audit.store is None:
        return "Neither a feed nor a store was given: only declarations were looked at."
    if audit.feed is None:
        return "No feed was given: what the app receives was not looked at."
    if audit.store is None:
        return "No store was given: what the app holds was not looked at."
    return ""


def looked_at(inventory: Inventory | None) -> str:
    """Say how much of a feed or a store was read."""
    if inventory is None:
        return "not looked at"
    fields = sum(len(dataset.fields) for dataset in inventory.datasets.values())
    return ", ".join(
        (
            counted(len(inventory.sources), "source"),
            counted(len(inventory.datasets), "dataset"),
            counted(inventory.rows, "row"),
            counted(fields, "field"),
        )
    )


def notices(audit: Audit) -> Iterator[str]:
    """Yield what was found in the feed and the store and is no data."""
    for inventory in (audit.feed, audit.store):
        for notice in inventory.notices if inventory else ():
            yield visible(f"{notice.source}: {notice.what}")


def column_count(column: str, ledger: Ledger) -> int | None:
    """Count the fields with a yes in ``column``; None when nobody looked."""
    states = {getattr(line, column).state for line in ledger}
    seen = State.YES in states or State.NOT_LOOKED_AT not in states
    return ledger.count(column) if ledger.lines and seen else None


def fields_with(column: str, ledger: Ledger) -> str:
    """Say how many fields have a yes in ``column``, or that nobody looked."""
    count = column_count(column, ledger)
    return "not looked at" if count is None else counted(count, "field")


def remedy(finding: Finding) -> str:
    """Say what puts a finding right, as exactly as its rule can."""
    return finding.hit.fix or " ".join(finding.rule.instead.split())


def law(audit: Audit) -> str:
    """Return by whose law it was judged, and which rules were left out because of that."""
    judged = listed(PACKS[pack] for pack in audit.packs)
    left_out = listed(rule.id for rule in audit.not_in_force)
    return f"{judged}, on {audit.at.date().isoformat()}" + (f"; left out: {left_out}" if left_out else "")


def needs(skipped: Skipped) -> str:
    """Say what a rule would have needed."""
    return f"needs {listed(INPUTS[missing] for missing in skipped.missing)}"


def finding_id(finding: Finding) -> str:
    """Return a short name for a finding that people can quote, such as ``DA01-5f3a90c2``."""
    return f"{finding.rule.id}-{finding.fingerprint[:8]}"


def signed(waiver: Waiver) -> str:
    """Say why a finding can wait, who answers for that and until when."""
    return f"{waiver.reason} ({waiver.owner}, until {waiver.expires.isoformat()})"


def lapse(finding: Finding) -> str:
    """Say since when a waiver no longer covers a finding; empty when none did."""
    ended = finding.lapsed
    if ended is None:
        return ""
    return f"Waived by {ended.owner} until {ended.expires.isoformat()}; it fires again since then."


def known_line(finding: Finding) -> str:
    """Write a finding that the baseline knows on one line."""
    at = f" {finding.hit.path}" if finding.hit.path else ""
    return visible(f"{finding_id(finding)} {NOUNS[finding.severity]}{at}: {finding.hit.message}")


def evidence(finding: Finding) -> str:
    """Write the counts and names that back a finding on one line."""
    return visible(", ".join(f"{name} {value}" for name, value in finding.hit.evidence.items()))
