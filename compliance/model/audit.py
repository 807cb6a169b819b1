"""Everything of one run: the only thing that formats and reports receive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from compliance.model.baseline import BaselineUse
from compliance.model.declarations import Declarations
from compliance.model.findings import Finding, RuleInfo, Severity, Skipped
from compliance.model.held import HeldReview
from compliance.model.inventory import Inventory
from compliance.model.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One app at one school at one moment."""

    program_version: str
    at: dt.datetime
    """The moment the audit speaks of; never read from the clock below the command line."""
    declarations: Declarations
    feed: Inventory | None
    store: Inventory | None
    ledger: Ledger
    findings: tuple[Finding, ...]
    """Worst first."""
    rules_run: tuple[RuleInfo, ...]
    skipped: tuple[Skipped, ...]
    packs: tuple[str, ...] = ("uk",)
    """The jurisdictions by whose law it was judged."""
    not_in_force: tuple[RuleInfo, ...] = ()
    """Rules about other law, or about law that was not in force on the day."""
    baseline: BaselineUse | None = None
    """The baseline that the findings were held against, if there was one."""
    expired_waivers: tuple[str, ...] = ()
    """Sentences about waivers that have ended."""
    review: HeldReview | None = None
    """Counts of a review of the people held, where somebody made one."""

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings that nobody waived and no baseline knows."""
        return tuple(finding for finding in self.findings if finding.is_open)

    @property
    def known_findings(self) -> tuple[Finding, ...]:
        """Findings that the baseline knows."""
        return tuple(finding for finding in self.findings if finding.is_known)

    def fails(self, threshold: Severity) -> bool:
        """Whether an open finding is at or above ``threshold``."""
        return any(finding.severity.rank >= threshold.rank for finding in self.open_findings)
