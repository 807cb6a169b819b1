"""Everything that the template of the school privacy report sees."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.school_privacy.companies import (
    Company,
    app_label,
    companies,
    integrator_label,
    supplier_name,
)
from compliance.reports.school_privacy.contacts import COMPLAINT, Contact, binds_uk, contacts
from compliance.reports.school_privacy.findings import FindingGroup, WaivedFinding, finding_groups, waived_findings
from compliance.reports.school_privacy.flow import Flow, flow
from compliance.reports.school_privacy.glossary import GLOSSARY
from compliance.reports.school_privacy.items import ItemLines, items_of
from compliance.reports.school_privacy.matrix import QUESTIONS, MatrixGroup, matrix
from compliance.reports.school_privacy.provenance import Provenance, provenance
from compliance.reports.school_privacy.reasons import (
    AskedScope,
    PurposeLine,
    asked_scopes,
    purpose_lines,
    role_sentence,
)
from compliance.reports.school_privacy.retention import (
    RetentionFigure,
    RetentionLine,
    retention_figure,
    retention_lines,
)
from compliance.reports.school_privacy.scopes import ScopeLine, Spare, scope_lines, spare_items
from compliance.reports.school_privacy.seen import as_seen
from compliance.reports.school_privacy.sensitive import SensitiveItem, sensitive_items
from compliance.reports.school_privacy.summary import Summary, summary
from compliance.reports.school_privacy.switched_off import SwitchedOff, people_left_out, switched_off
from compliance.reports.words import counted, day

SECTIONS = (
    ("summary", "Summary"),
    ("flow", "Where the data goes"),
    ("ledger", "Every item, from asked to kept"),
    ("reasons", "What is asked for and why"),
    ("scopes", "Scopes: asked, authorised, used"),
    ("switched-off", "What you switched off"),
    ("sensitive", "Data that needs care"),
    ("retention", "How long it is kept"),
    ("findings", "Findings"),
    ("provenance", "What this report rests on"),
    ("contacts", "Whom to ask"),
    ("glossary", "Words used"),
)
"""Anchor and heading of every section, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPrivacyView:
    """One report, ready to be set out."""

    title: str
    app: str
    school: str
    supplier: str
    integrator: str
    author: str
    date: str
    date_iso: str
    meta: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    summary: Summary
    companies: tuple[Company, ...]
    flow: Flow
    role: str
    questions: tuple[tuple[str, str], ...]
    matrix: tuple[MatrixGroup, ...]
    only_unlocked: str
    """How many items stand in section 5 instead of the matrix; empty when none does."""
    purposes: tuple[PurposeLine, ...]
    asked: tuple[AskedScope, ...]
    scopes: tuple[ScopeLine, ...]
    spare: tuple[Spare, ...]
    spare_arrived: int
    """How many of the items that nobody asked for came all the same."""
    authorisation_seen: bool
    switched_off: tuple[SwitchedOff, ...]
    left_out: str
    sensitive: tuple[SensitiveItem, ...]
    retention: tuple[RetentionLine, ...]
    retention_figure: RetentionFigure | None
    findings: tuple[FindingGroup, ...]
    waived: tuple[WaivedFinding, ...]
    provenance: Provenance
    contacts: tuple[Contact, ...]
    complaint: str
    """How to complain; empty where no law of the United Kingdom applies."""
    glossary: tuple[tuple[str, str], ...]


def school_privacy_view(audit: Audit) -> SchoolPrivacyView:
    """Return the report's view of an audit."""
    audit = as_seen(audit)
    items, groups = items_of(audit), finding_groups(audit)
    authorisation = audit.declarations.authorisation
    school = authorisation.school.name if authorisation else "School not stated"
    return SchoolPrivacyView(
        title=f"Privacy report: {app_label(audit)}",
        app=app_label(audit),
        school=school,
        supplier=supplier_name(audit),
        integrator=integrator_label(audit),
        author=f"compliance {audit.program_version}",
        date=day(audit.at.date()),
        date_iso=audit.at.isoformat(),
        meta=_meta(audit, school),
        sections=SECTIONS,
        summary=summary(audit, items, groups),
        companies=companies(audit),
        flow=flow(audit, items),
        role=role_sentence(audit),
        questions=tuple(QUESTIONS.items()),
        matrix=matrix(items),
        only_unlocked=_only_unlocked(items),
        purposes=purpose_lines(audit),
        asked=asked_scopes(audit),
        scopes=scope_lines(audit, items),
        spare=spare_items(audit, items),
        spare_arrived=sum(entry.arrives for entry in items if entry.is_spare),
        authorisation_seen=authorisation is not None,
        switched_off=switched_off(audit, items),
        left_out=people_left_out(audit),
        sensitive=sensitive_items(audit, items),
        retention=retention_lines(audit),
        retention_figure=retention_figure(audit),
        findings=groups,
        waived=waived_findings(audit),
        provenance=provenance(audit),
        contacts=contacts(audit),
        complaint=COMPLAINT if binds_uk(audit) else "",
        glossary=GLOSSARY,
    )


def _only_unlocked(items: tuple[ItemLines, ...]) -> str:
    count = sum(entry.is_("unlocked") and not entry.is_used for entry in items)
    return counted(count, "item") if count else ""


def _meta(audit: Audit, school: str) -> tuple[tuple[str, str], ...]:
    """Return the lines beside the title."""
    asked, authorisation = audit.declarations.permission_set, audit.declarations.authorisation
    return (
        ("School", school),
        ("Supplier", supplier_name(audit)),
        ("Asks for", f"Version {asked.version}" if asked else "Not given"),
        ("Authorised", f"Version {authorisation.version}" if authorisation and authorisation.version else "Not given"),
        ("Date", day(audit.at.date())),
    )
