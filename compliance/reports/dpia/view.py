"""What the templates of the annex for an impact assessment see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import NOWHERE
from compliance.reports.dpia.risks import Risk, risks
from compliance.reports.dpia.screening import YES, Criterion, screening
from compliance.reports.dpia.standards import Standard, standards
from compliance.reports.parts.activities import Activity, activities
from compliance.reports.parts.brief import Brief, brief, findings_sentence
from compliance.reports.parts.changes import Change, changes
from compliance.reports.parts.companies import Company, app_label, companies, integrator_label
from compliance.reports.parts.findings import FindingGroup, finding_groups
from compliance.reports.parts.flow import Flow, flow
from compliance.reports.parts.glossary import GLOSSARY
from compliance.reports.parts.grid import Grid, grid
from compliance.reports.parts.head import Head, Section, head
from compliance.reports.parts.items import ItemLines, items_of
from compliance.reports.parts.levels import CLASS_TAGS, Tag
from compliance.reports.parts.parties import TO_FILL_IN, security
from compliance.reports.parts.people import WORDS, people_of
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.parts.reasons import BASES, REQUIRED, role_sentence
from compliance.reports.parts.retention import RetentionFigure, RetentionLine, retention_figure, retention_lines
from compliance.reports.parts.scopes import Spare, spare_items
from compliance.reports.parts.special import NOT_APPLICABLE, condition, schedule_1
from compliance.reports.parts.stores import StoreLine, store_lines
from compliance.reports.parts.transfers import Transfer, transfers, transfers_sentence
from compliance.reports.small_numbers import shown
from compliance.reports.words import counted, inside, listed, named, sentence

SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("brief", "Summary", "parts"),
        ("flow", "The product and its flow of data", "parts"),
        ("scope", "Scope", "dpia"),
        ("bases", "Purposes, roles and proposed bases", "dpia"),
        ("grid", "Data and purposes", "parts"),
        ("necessity", "Necessity and minimisation", "dpia"),
        ("stores", "Rights, store by store", "parts"),
        ("retention", "How long it is kept", "parts"),
        ("security", "How data is protected", "parts"),
        ("transfers", "Outside the United Kingdom", "parts"),
        ("screening", "Screening answers", "dpia"),
        ("risks", "Risks to children", "dpia"),
        ("standards", "Children's code", "dpia"),
        ("rules", "What the rules found", "dpia"),
        ("school", "For the school to add", "dpia"),
        ("changes", "What changed", "parts"),
        ("provenance", "What this annex rests on", "parts"),
        ("glossary", "Words used", "parts"),
    )
)

FOR_THE_SCHOOL = (
    ("Context", "What is different at this school: its pupils, its other systems, its worries."),
    ("Necessity here", "Whether the purposes are needed here, and whether something less would do."),
    ("Views of pupils and parents", "Whom the school asked, when, and what they said; or why nobody was asked."),
    ("Advice of the data protection officer", "What was advised, by whom, on which day, and what was done about it."),
    ("Remaining risk", "How likely and how bad each risk is after the measures; whether to ask the ICO first."),
    ("Sign-off", "Who decides, in which role, on which day."),
    ("Review", "When the school looks at it again, or what would make it do so earlier."),
)
"""What no supplier can say (LAW.md 6): it is asked for, not filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisLine:
    """One purpose with the role and the bases that the supplier proposes."""

    text: str
    role: str
    basis: str
    condition: str
    schedule_1: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One item that needs care, and why nothing less would do."""

    label: str
    kind: Tag
    reason: str
    lesser: str
    required: Tag
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DpiaView:
    """The annex, ready to be set out."""

    head: Head
    brief: Brief
    integrator: str
    role: str
    flow: Flow
    companies: tuple[Company, ...]
    scope: tuple[tuple[str, str], ...]
    bases: tuple[BasisLine, ...]
    grid: Grid | None
    needs: tuple[Need, ...]
    spare: tuple[Spare, ...]
    stores: tuple[StoreLine, ...]
    retention: tuple[RetentionLine, ...]
    retention_figure: RetentionFigure | None
    security: tuple[str, ...]
    transfers: tuple[Transfer, ...]
    transfers_sentence: str
    screening: tuple[Criterion, ...]
    risks: tuple[Risk, ...]
    standards: tuple[Standard, ...]
    findings: tuple[FindingGroup, ...]
    for_the_school: tuple[tuple[str, str], ...]
    to_fill_in: str
    changes: tuple[Change, ...]
    provenance: Provenance
    glossary: tuple[tuple[str, str], ...]


def dpia_view(audit: Audit) -> DpiaView:
    """Return the annex for one school's assessment of one app."""
    told, items, answers = activities(audit), items_of(audit), screening(audit)
    return DpiaView(
        head=head(
            audit,
            kicker="Annex for an impact assessment",
            lede="Facts for the school's data protection impact assessment. The school judges; this annex does not.",
            description=f"Facts about {app_label(audit)} for a data protection impact assessment (Article 35).",
            sections=SECTIONS,
        ),
        brief=_brief(audit, answers),
        integrator=integrator_label(audit),
        role=role_sentence(audit),
        flow=flow(audit, items),
        companies=companies(audit),
        scope=tuple(_scope(audit, told)),
        bases=tuple(_bases(told)),
        grid=grid(told),
        needs=tuple(_need(entry) for entry in items if entry.needs_care and entry.is_used),
        spare=spare_items(audit, items),
        stores=store_lines(audit),
        retention=retention_lines(audit),
        retention_figure=retention_figure(audit),
        security=security(audit),
        transfers=transfers(audit),
        transfers_sentence=transfers_sentence(audit),
        screening=answers,
        risks=risks(audit),
        standards=standards(audit),
        findings=finding_groups(audit),
        for_the_school=FOR_THE_SCHOOL,
        to_fill_in=TO_FILL_IN,
        changes=changes(audit),
        provenance=provenance(audit),
        glossary=GLOSSARY,
    )


def _brief(audit: Audit, answers: tuple[Criterion, ...]) -> Brief:
    yes = sum(answer.answer is YES for answer in answers)
    open_risks = [risk.what for risk in risks(audit) if risk.tag.style in {"stop", "caution"}]
    people = [f"{shown(count, None)} {inside(WORDS[who])}" for who, count in people_of(audit).items() if count]
    lines = (
        f"Data about {listed(people)} was seen." if people else "Nobody counted the people whom the data is about.",
        f"Screening: yes to {yes} of {len(answers)} questions. Two are the rule of thumb for an assessment.",
        f"Outside the United Kingdom: {inside(transfers_sentence(audit))}",
        f"Risks with open findings: {listed(map(inside, open_risks)) or 'none'}.",
        findings_sentence(audit),
    )
    decide = (
        "Decide whether an assessment is required; write down why.",
        f"Score {counted(len(open_risks), 'risk')} with open findings, and the others." if open_risks
        else "Score the risks.",
        "Add what only the school knows: context, views, advice, remaining risk, sign-off and review.",
    )  # fmt: skip
    return brief("facts for the assessment", lines, decide)


def _scope(audit: Audit, told: tuple[Activity, ...]) -> Iterator[tuple[str, str]]:
    asked = audit.declarations.permission_set
    people = [f"{WORDS[who]}: {shown(count, None)}" for who, count in people_of(audit).items()]
    groups = dict.fromkeys(each.group for each in told)
    rows = sum(dataset.rows for dataset in audit.store.datasets.values()) if audit.store else None
    populations = asked.populations if asked else {}
    yield "People", listed(dict.fromkeys(each.people for each in told)) or "Not stated"
    yield "How many", "; ".join(people) or "Not looked at"
    yield "Data", listed(groups) or "Not stated"
    yield "Rows kept", f"{rows:,}" if rows is not None else "Not looked at"
    yield "Who is left out", sentence("; ".join(f"{named(who)}: {named(how)}" for who, how in populations.items())) or \
        "Not stated"  # fmt: skip
    yield "How often", "For the school to fill in: no declaration says how often data is fetched"
    yield "Where", transfers_sentence(audit)


def _bases(told: tuple[Activity, ...]) -> Iterator[BasisLine]:
    purposes = {each.purpose.id: each.purpose for each in told}
    for key, purpose in purposes.items():
        found = [each for each in told if each.purpose.id == key]
        code = purpose.lawful_basis or ""
        yield BasisLine(
            text=sentence(purpose.text),
            role=named(purpose.role.value).capitalize() if purpose.role else "Not stated",
            basis=BASES.get(code, code or "Not stated"),
            condition=_all(condition(each) for each in found),
            schedule_1=_all(schedule_1(each) for each in found),
            trace=str(purpose.place),
        )


def _all(texts: Iterator[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text != NOT_APPLICABLE)) or NOT_APPLICABLE


def _need(entry: ItemLines) -> Need:
    requests = [line.request for line in entry.lines if line.request]
    reasons = dict.fromkeys(sentence(r.reason) for r in requests if r.reason)
    lesser = dict.fromkeys(sentence(r.necessity) for r in requests if r.necessity)
    answers = {r.required for r in requests}
    places = [r.place for r in requests] or [line.stored.place for line in entry.lines if line.stored] or [NOWHERE]
    return Need(
        label=entry.label,
        kind=CLASS_TAGS[entry.data_class],
        reason=" ".join(reasons) or "No reason is given.",
        lesser=" ".join(lesser) or "Not stated",
        required=Tag("plain", "Not asked for") if not requests
        else REQUIRED[True if True in answers else None if None in answers else False],
        trace=str(places[0]),
    )  # fmt: skip
