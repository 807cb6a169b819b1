"""What the templates of the overview see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.findings import Severity
from compliance.reports.parts.brief import Brief, brief
from compliance.reports.parts.companies import app_label, supplier_name
from compliance.reports.parts.glossary import GLOSSARY
from compliance.reports.parts.head import Head, Section, head
from compliance.reports.parts.levels import Level
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.sheets import Cell, Column, Sheet
from compliance.reports.trust.heat import HeatMap, heat_maps
from compliance.reports.trust.schools import (
    NOT_GIVEN,
    NOT_LOOKED_AT,
    Outlier,
    SchoolLine,
    common,
    outliers,
    school_lines,
)
from compliance.reports.words import counted, day, listed

SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("brief", "Summary", "parts"),
        ("heat", "Schools and checks", "trust"),
        ("versions", "Versions and reviews", "trust"),
        ("findings", "Findings, school by school", "trust"),
        ("deletions", "What should be gone", "trust"),
        ("outliers", "What is special, and what is common", "trust"),
        ("evidence", "What was looked at", "trust"),
        ("glossary", "Words used", "parts"),
    )
)
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """What one school's row rests on."""

    school: str
    feed: str
    store: str
    rules: str
    declarations: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustView:
    """The overview, ready to be set out."""

    head: Head
    brief: Brief
    lines: tuple[SchoolLine, ...]
    checks: tuple[str, ...]
    heat: tuple[HeatMap, ...]
    severities: tuple[Severity, ...]
    outliers: tuple[Outlier, ...]
    common: tuple[tuple[str, str], ...]
    evidence: tuple[EvidenceLine, ...]
    program: str
    glossary: tuple[tuple[str, str], ...]
    sheet: Sheet

    def date(self, line: SchoolLine) -> str:
        """Return when a school authorised the app."""
        return day(line.authorised_on) or NOT_GIVEN


def trust_view(audits: tuple[Audit, ...]) -> TrustView:
    """Return the overview of one app at these schools."""
    lines, first = school_lines(audits), audits[0]
    asked = first.declarations.permission_set
    return TrustView(
        head=head(
            first,
            kicker="Overview of schools",
            lede="One app at several schools: where to look first, what is special, and what to put right for all.",
            description=f"{app_label(first)} at {counted(len(lines), 'school')}.",
            sections=SECTIONS,
            school=counted(len(lines), "school"),
            meta=(
                ("Schools", counted(len(lines), "school")),
                ("Supplier", supplier_name(first)),
                ("Version in use", asked.version if asked else NOT_GIVEN),
                ("Date", day(max(audit.at for audit in audits).date())),
                ("Next review", _next_review(lines)),
            ),
        ),
        brief=_brief(lines),
        lines=lines,
        checks=tuple(check.name for check in lines[0].checks),
        heat=heat_maps(lines),
        severities=tuple(reversed(Severity)),
        outliers=outliers(lines),
        common=common(lines),
        evidence=tuple(_evidence(line) for line in lines),
        program=f"compliance {first.program_version}",
        glossary=GLOSSARY,
        sheet=_sheet(lines, first),
    )


def _next_review(lines: Sequence[SchoolLine]) -> str:
    days = [line.review_on for line in lines if line.review_on]
    return day(min(days)) if days else "Not set"


def _brief(lines: tuple[SchoolLine, ...]) -> Brief:
    act = [line for line in lines if line.level is Level.STOP]
    older = [line for line in lines if line.age.word == "Older"]
    late = [line for line in lines if line.overdue or line.off_and_held]
    unseen = [line for line in lines if line.audit.store is None]
    overdue = [line for line in lines if line.review.word == "Overdue"]
    shared = common(lines)
    texts = (
        f"{len(act)} of {counted(len(lines), 'school')} with something to act on.",
        f"{counted(len(older), 'school')} authorised an older version; {counted(len(overdue), 'review')} overdue.",
        f"{counted(len(late), 'school')} with data that should be gone.",
        f"At {counted(len(unseen), 'school')} nobody looked at the data kept.",
        f"{counted(len(shared), 'point')} common to all schools: the supplier can put them right once."
        if len(lines) > 1 else "One school alone: nothing can be compared.",
    )  # fmt: skip
    decide = (
        f"Look first at {listed(line.name for line in act[:MOST_NAMED])}." if act else "",
        f"Have {counted(len(late), 'school')} told when what should be gone is gone." if late else "",
        f"Ask the supplier to put right what is common: {listed(title.lower() for title, _ in shared[:MOST_NAMED])}."
        if shared else "",
        f"Have the data looked at where nobody did: {listed(line.name for line in unseen[:MOST_NAMED])}"
        f"{' and others' if len(unseen) > MOST_NAMED else ''}." if unseen else "",
    )  # fmt: skip
    level = lines[0].level
    return brief("where to look first", texts, tuple(filter(None, decide)), level)


def _evidence(line: SchoolLine) -> EvidenceLine:
    rests: Provenance = provenance(line.audit)
    return EvidenceLine(
        school=line.name,
        feed=_looked(line.audit.feed is not None, rests, "Data received"),
        store=_looked(line.audit.store is not None, rests, "Data kept"),
        rules=f"{rests.rules_run:,} ran, {len(line.audit.skipped):,} could not",
        declarations=counted(len(rests.files), "file") if rests.files else NOT_GIVEN,
    )


def _looked(seen: bool, rests: Provenance, what: str) -> str:  # noqa: FBT001 - what was looked at, not a switch
    return "; ".join(f"{it.name}: {it.what}" for it in rests.sources if it.what.startswith(what)) if seen \
        else NOT_LOOKED_AT  # fmt: skip


def _off(line: SchoolLine) -> Cell:
    return NOT_LOOKED_AT if line.audit.store is None else line.off_and_held


COLUMNS: tuple[Column[SchoolLine], ...] = (
    Column("School", lambda line: line.name, 34),
    Column("URN", lambda line: line.urn, 12),
    Column("LAESTAB", lambda line: line.laestab, 12),
    Column("Authorised version", lambda line: line.version, 14),
    Column("Version", lambda line: line.age.word, 14),
    Column("Authorised on", lambda line: line.authorised_on or NOT_GIVEN, 20),
    Column("Status", lambda line: line.status, 12),
    Column("Review on", lambda line: line.review_on or "Not set", 20),
    Column("To act on", lambda line: line.count(Severity.ERROR), 10),
    Column("To check", lambda line: line.count(Severity.WARNING), 10),
    Column("Good to know", lambda line: line.count(Severity.INFO), 10),
    Column("People past their time", lambda line: NOT_LOOKED_AT if line.overdue is None else line.overdue, 16),
    Column("Switched off, still kept (items)", _off, 16),
)


def _sheet(lines: Sequence[SchoolLine], first: Audit) -> Sheet:
    names = [check.name for check in lines[0].checks]
    return Sheet(
        title="Schools",
        author=f"compliance {first.program_version}",
        at=first.at,
        preamble=(
            ("Overview of schools", app_label(first)),
            ("Date", first.at.date()),
            (
                f"Made by compliance {first.program_version}. Not legal advice.",
                "What was not looked at is said so in its cell.",
            ),
        ),
        titles=(*(column.title for column in COLUMNS), *names),
        widths=(*(column.width for column in COLUMNS), *(16 for _ in names)),
        rows=tuple(
            (*(column.cell(line) for column in COLUMNS), *(check.tag.word for check in line.checks)) for line in lines
        ),
    )
