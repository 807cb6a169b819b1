"""Everything that the template of the school privacy report sees."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.parts.companies import (
    Company,
    app_label,
    companies,
    integrator_label,
)
from compliance.reports.parts.contacts import COMPLAINT, Contact, binds_uk, contacts
from compliance.reports.parts.findings import FindingGroup, WaivedFinding, finding_groups, waived_findings
from compliance.reports.parts.flow import Flow, flow
from compliance.reports.parts.glossary import GLOSSARY
from compliance.reports.parts.head import Head, Section, head
from compliance.reports.parts.items import ItemLines, items_of
from compliance.reports.parts.matrix import QUESTIONS, MatrixGroup, matrix
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.parts.reasons import (
    AskedScope,
    PurposeLine,
    asked_scopes,
    purpose_lines,
    role_sentence,
)
from compliance.reports.parts.retention import (
    RetentionFigure,
    RetentionLine,
    retention_figure,
    retention_lines,
)
from compliance.reports.parts.scopes import ScopeLine, Spare, scope_lines, spare_items
from compliance.reports.parts.sensitive import SensitiveItem, sensitive_items
from compliance.reports.parts.switched_off import SwitchedOff, people_left_out, switched_off
from compliance.reports.school_privacy.summary import Summary, summary
from compliance.reports.school_privacy.tidy import Tidy, tidy
from compliance.reports.words import counted

SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("summary", "Summary", "school-privacy"),
        ("flow", "Where the data goes", "parts"),
        ("ledger", "Every item, from asked to kept", "school-privacy"),
        ("reasons", "What is asked for and why", "school-privacy"),
        ("scopes", "Scopes: asked, authorised, used", "school-privacy"),
        ("switched-off", "What you switched off", "school-privacy"),
        ("sensitive", "Data that needs care", "parts"),
        ("retention", "How long it is kept", "parts"),
        ("findings", "Findings", "school-privacy"),
        ("provenance", "What this report rests on", "parts"),
        ("contacts", "Whom to ask", "parts"),
        ("glossary", "Words used", "parts"),
    )
)
"""Every section, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPrivacyView:
    """One report, ready to be set out."""

    head: Head
    integrator: str
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
    tidy: Tidy | None
    """What is better put right before the first sync; None when nobody reviewed the people held."""
    provenance: Provenance
    contacts: tuple[Contact, ...]
    complaint: str
    """How to complain; empty where no law of the United Kingdom applies."""
    glossary: tuple[tuple[str, str], ...]


def school_privacy_view(audit: Audit) -> SchoolPrivacyView:
    """Return the report's view of an audit."""
    items, groups = items_of(audit), finding_groups(audit)
    authorisation = audit.declarations.authorisation
    return SchoolPrivacyView(
        head=head(
            audit,
            kicker="Privacy report",
            lede="What it takes from your school, why, and what you need to decide.",
            description=f"What personal data {app_label(audit)} receives, why, and what the school needs to decide.",
            sections=SECTIONS,
        ),
        integrator=integrator_label(audit),
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
        tidy=tidy(audit),
        provenance=provenance(audit),
        contacts=contacts(audit),
        complaint=COMPLAINT if binds_uk(audit) else "",
        glossary=GLOSSARY,
    )


def _only_unlocked(items: tuple[ItemLines, ...]) -> str:
    count = sum(entry.is_("unlocked") and not entry.is_used for entry in items)
    return counted(count, "item") if count else ""
