"""Which findings are new since a baseline was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from compliance.model.audit import Audit
from compliance.model.baseline import Baseline, BaselineUse, KnownFinding
from compliance.model.findings import Finding
from compliance.rules.wording import counted


def baseline_of(audit: Audit, file: str) -> Baseline:
    """Return the baseline in which every finding of ``audit`` is known that nobody waived."""
    found = [finding for finding in audit.findings if not finding.waiver]
    counts = Counter(finding.fingerprint for finding in found)
    known: dict[str, KnownFinding] = {}
    for finding in found:  # worst first, so that the first of a fingerprint is its worst
        known.setdefault(
            finding.fingerprint,
            KnownFinding(
                rule=finding.rule.id,
                severity=finding.severity,
                count=counts[finding.fingerprint],
                about=finding.subject,
            ),
        )
    return Baseline(file=file, written_on=audit.at.date(), findings=dict(sorted(known.items())))


def against(audit: Audit, baseline: Baseline) -> Audit:
    """Return ``audit`` with the findings marked that ``baseline`` knows.

    One that is worse than it was is new, and so is one more than there were under its fingerprint.
    """
    left = Counter({fingerprint: known.count for fingerprint, known in baseline.findings.items()})
    findings = tuple(_marked(audit.findings, baseline, left))
    left -= Counter(finding.fingerprint for finding in findings if finding.waiver)  # still there, and waived since
    ran = {rule.id for rule in audit.rules_run}
    gone = tuple(
        f"{known.rule} {known.about}: {counted(left[fingerprint], 'known finding')} no longer there."
        for fingerprint, known in baseline.findings.items()
        if left[fingerprint] and known.rule in ran
    )
    use = BaselineUse(file=baseline.file, written_on=baseline.written_on, gone=gone)
    return replace(audit, findings=findings, baseline=use)


def without_baseline(audit: Audit) -> Audit:
    """Return ``audit`` as it is for a school: whatever the vendor knew before is as open as the rest."""
    findings = tuple(replace(finding, is_known=False) for finding in audit.findings)
    return replace(audit, findings=findings, baseline=None)


def _marked(findings: Iterable[Finding], baseline: Baseline, left: Counter[str]) -> Iterator[Finding]:
    """Yield each finding, marked when it is known; ``left`` counts down what is still to be met."""
    for finding in findings:
        known = baseline.findings.get(finding.fingerprint)
        is_known = bool(
            known and not finding.waiver and left[finding.fingerprint] and finding.severity.rank <= known.severity.rank
        )
        left[finding.fingerprint] -= is_known
        yield replace(finding, is_known=is_known)
