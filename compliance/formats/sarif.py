"""The SARIF format: OASIS Static Analysis Results Interchange Format 2.1.0, for code scanning."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from compliance.errors import Place
from compliance.formats.words import evidence, lapse, needs, notices, remedy, signed, visible
from compliance.model.audit import Audit
from compliance.model.declarations import Waiver
from compliance.model.findings import Finding, RuleInfo, Severity
from compliance.rules.documentation import rule_page

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Json = dict[str, object]


def render(audit: Audit) -> str:
    """Write the audit as a SARIF log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(audit)]}
    return json.dumps(log, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"


def _run(audit: Audit) -> Json:
    infos = {info.id: info for info in (*audit.rules_run, *(skipped.rule for skipped in audit.skipped))}
    rules = [infos[rule_id] for rule_id in sorted(infos)]
    order = {rule.id: at for at, rule in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": "compliance",
                "version": audit.program_version,
                "semanticVersion": audit.program_version,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [*_notifications(audit, order)]}],
        "artifacts": [
            {"location": {"uri": uri(file)}, "hashes": {"sha-256": digest}}
            for file, digest in sorted(audit.declarations.digests.items())
        ],
        "results": [_finding(finding, audit, order[finding.rule.id]) for finding in audit.findings],
        "properties": {"at": audit.at.isoformat()},
    }


def _rule(rule: RuleInfo) -> Json:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": _message(rule.summary),
        "fullDescription": _message(rule.why),
        "help": {"text": _plain(f"{rule.why} {rule.instead}"), "markdown": _braces(rule_page(rule))},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family, *rule.law], "needs": [*rule.needs]},
    }


def _finding(finding: Finding, audit: Audit, rule_index: int) -> Json:
    hit = finding.hit
    backing = f" ({evidence(finding)})" if hit.evidence else ""
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": _message(f"{hit.message}{backing} {remedy(finding)} {lapse(finding)}"),
        "locations": [*_locations(finding, audit)],
        "partialFingerprints": {"compliance/v1": finding.fingerprint},
        "suppressions": [*_suppressions(finding, audit)],
        **({"baselineState": "unchanged" if finding.is_known else "new"} if audit.baseline else {}),
        "properties": {"strength": hit.strength, "evidence": dict(hit.evidence)},
    }


def _locations(finding: Finding, audit: Audit) -> Iterator[Json]:
    """Yield where a finding stands; one without a place is anchored to the file that would declare its field."""
    hit, stored = finding.hit, audit.declarations.stored_fields
    place = hit.place or (Place(stored.place.file) if stored and stored.place.file else None)
    location: Json = {}
    if place:
        location["physicalLocation"] = _physical(place)
    if hit.path:
        location["logicalLocations"] = [
            {"name": hit.path.leaf, "fullyQualifiedName": str(hit.path), "kind": "property"}
        ]
    if location:
        yield location


def _physical(place: Place) -> Json:
    region = {"region": {"startLine": place.line, "startColumn": max(place.column, 1)}} if place.line else {}
    return {"artifactLocation": {"uri": uri(place.file)}, **region}


def _suppressions(finding: Finding, audit: Audit) -> Iterator[Json]:
    if finding.waiver:
        yield _suppression(finding.waiver)
    if finding.is_known and audit.baseline:
        since = f"Known from the baseline of {audit.baseline.written_on.isoformat()}."
        location = {"physicalLocation": _physical(Place(audit.baseline.file))}
        yield {"kind": "external", "status": "accepted", "justification": since, "location": location}


def _suppression(waiver: Waiver) -> Json:
    location = {"location": {"physicalLocation": _physical(waiver.place)}} if waiver.place.file else {}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": signed(waiver),
        **location,
    }


def _notifications(audit: Audit, order: Mapping[str, int]) -> Iterator[Json]:
    """Yield what was not looked at: silence is never a pass."""
    for skipped in audit.skipped:
        rule = {"id": skipped.rule.id, "index": order[skipped.rule.id]}
        yield {
            "level": "note",
            "message": _message(f"{skipped.rule.id} could not run: it {needs(skipped)}."),
            "associatedRule": rule,
        }
    for notice in notices(audit):
        yield {"level": "note", "message": _message(notice)}
    for sentence in (*audit.expired_waivers, *(audit.baseline.gone if audit.baseline else ())):
        yield {"level": "warning", "message": _message(sentence)}


def _message(text: str) -> Json:
    return {"text": _plain(text)}


def _plain(text: str) -> str:
    """Write a plain text message: braces are doubled and no bracket begins a link (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    shown = visible(" ".join(text.split()))
    return _braces(shown).replace("](", "] (")


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def uri(file: str) -> str:
    """Write a file name as a URI reference; a name with a drive letter becomes a file URI."""
    path = file.replace("\\", "/")
    drive = re.match("[A-Za-z]:/", path)
    named = path[2:] if drive else path
    return f"{f'file:///{path[:2]}' if drive else ''}{quote(named, errors='replace')}"
