"""The JSON format: everything of an audit, versioned, for programs.

``schemas/audit.schema.json`` describes it. Only counts leave: sketches and digests become numbers here.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping

from compliance.errors import Place
from compliance.formats.words import column_count, finding_id, tally, verdict
from compliance.model.audit import Audit
from compliance.model.baseline import BaselineUse
from compliance.model.declarations import Declarations, Waiver
from compliance.model.findings import Finding
from compliance.model.held import HeldReview
from compliance.model.inventory import DatasetProfile, Detection, FieldProfile, Grant, Inventory, MeasureKey, Notice
from compliance.model.ledger import COLUMNS, Cell, Ledger, LedgerLine
from compliance.model.sketch import Distinct

SCHEMA = "https://compliance.example/schemas/v1/audit.schema.json"
VERSION = 1

Json = dict[str, object]


def render(audit: Audit) -> str:
    """Write the audit as one JSON object."""
    text = json.dumps(document(audit), ensure_ascii=False, indent=2)
    # A lone surrogate in a name cannot be written as UTF-8; its JSON escape can.
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def render_compact(audit: Audit) -> str:
    """Write the audit as one line of JSON, for inside a document: it is read by programs and looked at by nobody."""
    text = json.dumps(document(audit), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def document(audit: Audit) -> Json:
    """Return the audit as plain JSON values, in the order in which people read them."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "program_version": audit.program_version,
        "at": audit.at.isoformat(),
        "verdict": _verdict(audit),
        "subject": _subject(audit.declarations),
        "findings": [_finding(finding) for finding in audit.findings],
        "ledger": _ledger(audit.ledger),
        "feed": inventory(audit.feed) if audit.feed else None,
        "store": inventory(audit.store) if audit.store else None,
        "rules_run": [rule.id for rule in audit.rules_run],
        "packs": [*audit.packs],
        "rules_not_in_force": [rule.id for rule in audit.not_in_force],
        "rules_skipped": [{"rule": s.rule.id, "missing": [*s.missing]} for s in audit.skipped],
        "expired_waivers": [*audit.expired_waivers],
        "baseline": _baseline(audit.baseline) if audit.baseline else None,
        "declarations": _declarations(audit.declarations),
        **({"review": review(audit.review)} if audit.review else {}),
    }


def review(held: HeldReview) -> Json:
    """Return the counts of a review of the people held."""
    return {**dataclasses.asdict(held), "at": held.at.isoformat()}


def inventory(taken: Inventory) -> Json:
    """Return an inventory as counts."""
    return {
        "taken_at": taken.taken_at.isoformat() if taken.taken_at else None,
        "sources": [*taken.sources],
        "complete": not taken.incomplete,
        "rows": taken.rows,
        "datasets": {name: _dataset(dataset) for name, dataset in sorted(taken.datasets.items())},
        "measures": [_measure(taken, key) for key in sorted(taken.measures)],
        "grants": [_grant(grant) for grant in taken.grants],
        "notices": [_notice(notice) for notice in taken.notices],
    }


def _verdict(audit: Audit) -> Json:
    return {
        "sentence": verdict(audit),
        "open": dict(tally(audit)),
        "waived": sum(bool(finding.waiver) for finding in audit.findings),
        "known": len(audit.known_findings),
    }


def _subject(declarations: Declarations) -> Json:
    asked, stored, granted = declarations.permission_set, declarations.stored_fields, declarations.authorisation
    school = granted.school if granted else None
    return {
        "app": asked.app if asked else stored.app if stored else None,
        "app_version": asked.version if asked else stored.version if stored else None,
        "integrator": asked.integrator if asked else None,
        "school": {"name": school.name, "urn": school.urn, "laestab": school.laestab} if school else None,
    }


def _declarations(declarations: Declarations) -> Json:
    return {
        "files": [{"file": file, "sha256": digest} for file, digest in sorted(declarations.digests.items())],
        "vocabulary": {"id": declarations.vocabulary.id, "version": declarations.vocabulary.version},
        "catalogue": {"integrator": declarations.catalogue.integrator, "version": declarations.catalogue.version}
        if declarations.catalogue
        else None,
    }


def _finding(finding: Finding) -> Json:
    hit = finding.hit
    data_class = hit.data_class or (hit.item.data_class if hit.item else None)
    return {
        "id": finding_id(finding),
        "fingerprint": finding.fingerprint,
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "severity": finding.severity,
        "strength": hit.strength,
        "message": hit.message,
        "fix": hit.fix or finding.rule.instead,
        "path": str(hit.path) if hit.path else None,
        "place": _place(hit.place) if hit.place else None,
        "item": hit.item.id if hit.item else None,
        "data_class": data_class,
        "evidence": dict(hit.evidence),
        "law": [*finding.rule.law],
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
        "lapsed_waiver": _waiver(finding.lapsed) if finding.lapsed else None,
        "known": finding.is_known,
    }


def _baseline(use: BaselineUse) -> Json:
    return {"file": use.file, "written_on": use.written_on.isoformat(), "gone": [*use.gone]}


def _place(place: Place) -> Json:
    return {"file": place.file, "line": place.line, "column": place.column}


def _waiver(waiver: Waiver) -> Json:
    return {
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "place": _place(waiver.place),
    }


def _ledger(ledger: Ledger) -> Json:
    return {
        "counts": {column: column_count(column, ledger) for column in COLUMNS},
        "lines": [_line(line) for line in ledger],
    }


def _line(line: LedgerLine) -> Json:
    return {
        "path": str(line.path),
        "source_path": str(line.source_path) if line.source_path else None,
        "stored_path": str(line.stored_path) if line.stored_path else None,
        "label": line.label,
        "item": line.item.id if line.item else None,
        "data_class": line.data_class,
        "scopes": [*line.scopes],
        **{column: _cell(cell) for column, cell in line.cells},
    }


def _cell(cell: Cell) -> Json:
    return {"state": cell.state, "why": cell.why, "profile": _profile(cell.profile) if cell.profile else None}


def _dataset(dataset: DatasetProfile) -> Json:
    return {
        "rows": dataset.rows,
        "deleted": dataset.deleted,
        "bare": dataset.bare,
        "fields": {str(path): _profile(profile) for path, profile in sorted(dataset.fields.items())},
    }


def _profile(profile: FieldProfile) -> Json:
    return {
        "present": profile.present,
        "null": profile.null,
        "empty": profile.empty,
        "types": _sorted(profile.types),
        "shortest": profile.shortest,
        "longest": profile.longest,
        "distinct": _distinct(profile.distinct),
        "detections": {name: _detection(met) for name, met in sorted(profile.detections.items())},
        "code_sets": {
            name: {"rows": hits.rows, "codes": len(hits.codes)} for name, hits in sorted(profile.code_sets.items())
        },
        "spans": {kind: {"low": span.low, "high": span.high} for kind, span in sorted(profile.spans.items())},
        "first_row": profile.first_row,
    }


def _distinct(distinct: Distinct) -> Json:
    return {"count": distinct.count, "relative_error": round(distinct.relative_error, 4)}


def _detection(met: Detection) -> Json:
    return {
        "matches": met.matches,
        "near": met.near,
        "in_context": met.in_context,
        "reserved": met.reserved,
        "matching": _distinct(met.matching),
        "shaped": _distinct(met.shaped),
        "first_row": met.first_row,
    }


def _measure(taken: Inventory, key: MeasureKey) -> Json:
    measure = taken.measures[key]
    return {
        "kind": key.kind,
        "dataset": key.dataset,
        "basis": key.basis,
        "looked_at": measure.looked_at,
        "different": len(measure.keys),
        "met": sum(measure.keys.values()),
        "first_row": measure.first_row,
    }


def _grant(grant: Grant) -> Json:
    return {
        "source": grant.source,
        "estab": grant.estab,
        "relying_party": grant.relying_party,
        "scopes": [*grant.scopes],
        "paused": grant.paused,
    }


def _notice(notice: Notice) -> Json:
    return {"source": notice.source, "what": notice.what, "dataset": notice.dataset or None}


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
