"""What of an audit may travel inside a document that parents and governors read.

Documents hide small counts, because they could point at a child (RULES.md, RC09); the JSON that they carry must not
give them away. So it says what was asked, granted, received, declared and held, and how many rows each dataset has,
but counts nothing about single fields or people.
"""

from __future__ import annotations

from dataclasses import replace

from compliance.model.audit import Audit
from compliance.model.findings import Finding
from compliance.model.inventory import Inventory
from compliance.model.ledger import COLUMNS, Ledger, LedgerLine


def published(audit: Audit) -> Audit:
    """Return the audit without a count about a field or a person. Fingerprints stay as they are."""
    return replace(
        audit,
        feed=audit.feed and _inventory(audit.feed),
        store=audit.store and _inventory(audit.store),
        ledger=Ledger(lines=tuple(map(_line, audit.ledger))),
        findings=tuple(map(_finding, audit.findings)),
        review=None,
    )


def _inventory(taken: Inventory) -> Inventory:
    datasets = {name: replace(dataset, deleted=0, bare=0, fields={}) for name, dataset in taken.datasets.items()}
    return replace(taken, datasets=datasets, measures={})


def _line(line: LedgerLine) -> LedgerLine:
    """Leave the reasons of cells that rest on a profile to the full audit: they count its rows."""
    counted = {column: getattr(line, column) for column in COLUMNS if getattr(line, column).profile}
    return replace(line, **{column: replace(cell, why="", profile=None) for column, cell in counted.items()})


def _finding(finding: Finding) -> Finding:
    """Let the rule speak for the finding: its own sentence may count rows."""
    names = {name: value for name, value in finding.hit.evidence.items() if isinstance(value, str)}
    return replace(finding, hit=replace(finding.hit, message=finding.rule.summary, evidence=names))
