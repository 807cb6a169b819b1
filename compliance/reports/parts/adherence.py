"""Is data kept and erased as the declarations say? Answered from the data, with what the answer rests on.

This is column 29 of the ICO's record, which a form cannot answer and somebody who looks into the store can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.findings import Finding
from compliance.model.inventory import Inventory
from compliance.model.ledger import LedgerLine
from compliance.reports.parts.levels import Tag
from compliance.reports.words import listed, moment, named, sentence

KEPT_TOO_LONG = {
    "DA30": "people who left are still kept",
    "DA31": "people whom the school kept out are still there",
    "XS03": "data that the school switched off is still kept",
    "VC13": "data that is no longer asked for is still kept",
}
"""Rules that speak of data which should be gone, and what each has found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """The answer for some fields, and why."""

    answer: Tag
    evidence: str
    """What was seen, with the rule that looks for it."""
    reason: str
    """Why the policy is not kept to, where somebody gave a reason; empty otherwise."""


def adherence(audit: Audit, lines: Sequence[LedgerLine]) -> Adherence:
    """Say whether these fields are kept and erased as declared. What nobody looked at is never a yes."""
    paths = {line.stored_path for line in lines if line.stored_path}
    datasets = tuple(dict.fromkeys(sorted(path.dataset for path in paths)))
    if not any(line.declared.yes or line.held.yes or line.held.state == "not_looked_at" for line in lines) or not paths:
        return Adherence(answer=Tag("plain", "Not kept"), evidence="No field of it is declared or found.", reason="")
    if audit.store is None:
        return Adherence(answer=Tag("unseen", "Not looked at"), evidence="No store was given.", reason="")
    against = [
        finding
        for finding in audit.findings
        if finding.rule.id in KEPT_TOO_LONG and finding.hit.path
        and (finding.hit.path in paths or (finding.rule.id.startswith("DA") and finding.hit.path.dataset in datasets))
    ]  # fmt: skip
    if against:
        said = listed(dict.fromkeys(f"{KEPT_TOO_LONG[f.rule.id]} (rule {f.rule.id})" for f in against))
        people = _overdue(audit.store, datasets)
        many = f" People past their time: {people:,}." if people else ""
        return Adherence(answer=Tag("stop", "No"), evidence=sentence(said) + many, reason=" ".join(_reasons(against)))
    open_questions = tuple(_untested(audit.store, datasets))
    if open_questions:
        return Adherence(answer=Tag("unseen", "Not tested"), evidence=sentence(listed(open_questions)), reason="")
    rows = sum(audit.store.datasets[name].rows for name in datasets if name in audit.store.datasets)
    where = listed(map(named, datasets))
    return Adherence(
        answer=Tag("ok", "Yes"),
        evidence=f"Nobody past the time limit among {rows:,} rows of {where} (rule DA30).",
        reason="",
    )


def looked_at(audit: Audit) -> str:
    """Say what was read and when, on which every answer rests."""
    if audit.store is None:
        return "No store was given."
    when = f", {moment(audit.store.taken_at)}" if audit.store.taken_at else ""
    return f"{listed(audit.store.sources) or 'The store'}{when}"


def _overdue(store: Inventory, datasets: Iterable[str]) -> int:
    return sum(len(measure.keys) for key, measure in store.measures.items()
               if key.kind == "leaver" and key.dataset in set(datasets))  # fmt: skip


def _untested(store: Inventory, datasets: Sequence[str]) -> Iterator[str]:
    tested = {key.dataset for key in store.measures if key.kind == "leaver"}
    for name in datasets:
        if name not in store.datasets:
            yield f"{named(name)} was not read"
        elif name in store.incomplete:
            yield f"not all of {named(name)} was read"
        elif name not in tested:
            yield f"{named(name)} holds no date from which its time limit could be worked out"


def _reasons(findings: Sequence[Finding]) -> Iterator[str]:
    for waiver in dict.fromkeys(finding.waiver for finding in findings if finding.waiver):
        yield sentence(waiver.reason)
