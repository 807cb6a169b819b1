"""The GitLab format: a code quality report, shown in a merge request beside the lines of its changes.

The members are those of GitLab Docs, "Code Quality report format": a description, a check, a fingerprint that no other
entry has, a severity, and a path with a line. An entry that the target branch has as well is not shown as new.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from compliance.errors import Place
from compliance.formats.words import about, anchor, finding_id, gaps, lapse, notices, remedy, sizes, verdict, visible
from compliance.model.audit import Audit
from compliance.model.findings import Finding, Severity

SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}

Json = dict[str, object]


def render(audit: Audit) -> str:
    """Write an entry for each finding, for each gap and for what else has to be known of the run."""
    text = json.dumps([*_findings(audit), *_run(audit)], ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _findings(audit: Audit) -> Iterator[Json]:
    met: Counter[str] = Counter()
    for finding in audit.findings:
        met[finding.fingerprint] += 1
        place = anchor(finding, audit) or _whole(audit)
        severity = SEVERITIES[finding.severity] if finding.is_open else "info"
        name = f"{finding.rule.id} {finding.rule.name}"
        yield _entry(name, _sentence(finding), _unique(finding.fingerprint, met[finding.fingerprint]), severity, place)


def _sentence(finding: Finding) -> str:
    waived = f"Waived by {finding.waiver.owner}: {finding.waiver.reason} " if finding.waiver else ""
    known = "Known from the baseline. " if finding.is_known else ""
    told = f"{finding_id(finding)} {finding.hit.message} {remedy(finding)} {lapse(finding)}".rstrip()
    return f"{waived}{known}{told}"


def _run(audit: Audit) -> Iterator[Json]:
    """Yield what was not looked at, and what was: the same on both branches unless something changed."""
    place = _whole(audit)
    level = "critical" if audit.strict else "minor"
    for gap in gaps(audit):
        yield _entry("not-looked-at", gap, _digest("gap", gap), level, place)
    gone = audit.baseline.gone if audit.baseline else ()
    for sentence in (*audit.expired_waivers, *notices(audit), *gone):
        yield _entry("worth-knowing", sentence, _digest("told", sentence), "info", place)
    looked = " ".join(f"{side.title()}: {size}." for side, size in sizes(audit).items())
    yield _entry("looked-at", f"{about(audit)}: {verdict(audit)} {looked}", _digest("looked at", ""), "info", place)


def _entry(name: str, description: str, fingerprint: str, severity: str, place: Place) -> Json:
    return {
        "type": "issue",
        "description": visible(description),
        "check_name": visible(name),
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": visible(place.file).removeprefix("./"), "lines": {"begin": max(place.line, 1)}},
    }


def _whole(audit: Audit) -> Place:
    """Return where the run itself stands, because an entry needs a file: at the first declaration."""
    return Place(next(iter(sorted(audit.declarations.digests)), "."))


def _unique(fingerprint: str, number: int) -> str:
    """Tell two findings of one fingerprint apart; the first keeps its own."""
    return fingerprint if number == 1 else _digest(fingerprint, str(number))


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "backslashreplace")).hexdigest()[:32]
