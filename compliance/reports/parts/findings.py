"""Findings, grouped by rule: one headline, one reason, one thing to do, and every place where it was met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from compliance.model.audit import Audit
from compliance.model.findings import Finding, Hit, RuleInfo, Severity
from compliance.model.ledger import Ledger
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataItem
from compliance.reports.parts.levels import LEVEL_OF, SEVERITY_TAGS, Level, Tag
from compliance.reports.parts.rule_words import Check, RuleWords, words_of
from compliance.reports.small_numbers import in_sentence
from compliance.reports.words import counted, day, inside, listed, named, sentence

DAYS_TO_ACT = {Severity.ERROR: 14, Severity.WARNING: 30, Severity.INFO: 90}
"""How long the report gives by severity. Ours: neither law nor the DfE names a number of days."""

PLACES_SHOWN, PLACES_ON_ONE_PAGE = 12, 5
NAMES_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAt:
    """One place where a rule's sentence was true."""

    label: str
    seen: str
    trace: str
    """Declaration with line and column, to look it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """All open findings of one rule and severity."""

    name: str
    """``F1`` for the first."""
    anchor: str
    rule: RuleInfo
    level: Level
    tag: Tag
    check: Check
    title: str
    headline: str
    """The title, and how many times."""
    why: str
    places: tuple[SeenAt, ...]
    more: int
    """Places that are not shown."""
    is_short: bool
    """Whether it should stand on one page."""
    action: str
    """In one short sentence."""
    advice: str
    law: str
    who: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaivedFinding:
    """A finding that somebody decided to live with."""

    what: str
    seen: str
    reason: str
    owner: str
    until: str


def finding_groups(audit: Audit) -> tuple[FindingGroup, ...]:
    """Return the open findings by rule and severity, worst first."""
    worst_first = sorted(audit.open_findings, key=lambda finding: (-finding.severity.rank, _first(finding, audit)))
    groups = groupby(worst_first, key=lambda finding: (finding.severity, finding.rule.id))
    items = _items_by_path(audit.ledger)
    return tuple(_group(number, tuple(found), items, audit.at.date()) for number, (_, found) in enumerate(groups, 1))


def waived_findings(audit: Audit) -> tuple[WaivedFinding, ...]:
    """Return the findings that are waived, with who answers for it and until when."""
    items = _items_by_path(audit.ledger)
    return tuple(
        WaivedFinding(
            what=words_of(finding.rule).title,
            seen=_seen(_described(finding.hit, items)),
            reason=sentence(finding.waiver.reason),
            owner=finding.waiver.owner,
            until=day(finding.waiver.expires),
        )
        for finding in audit.findings
        if finding.waiver
    )


def _first(finding: Finding, audit: Audit) -> int:
    """Return where the first finding of this rule and severity stands: the audit has them worst first."""
    same = ((f.severity, f.rule.id) == (finding.severity, finding.rule.id) for f in audit.open_findings)
    return next(number for number, found in enumerate(same) if found)


def _group(
    number: int, findings: tuple[Finding, ...], items: Mapping[FieldPath, DataItem], today: dt.date
) -> FindingGroup:
    rule, severity = findings[0].rule, findings[0].severity
    words = words_of(rule)
    hits = [_described(finding.hit, items) for finding in findings]
    return FindingGroup(
        name=f"F{number}",
        anchor=f"finding-{number}",
        rule=rule,
        level=LEVEL_OF[severity],
        tag=SEVERITY_TAGS[severity],
        check=words.check,
        title=words.title,
        headline=f"{words.title} ({len(hits)})" if len(hits) > 1 else words.title,
        why=sentence(" ".join(rule.why.split())),
        places=tuple(_place(hit) for hit in hits[:PLACES_SHOWN]),
        more=max(0, len(hits) - PLACES_SHOWN),
        is_short=len(hits) <= PLACES_ON_ONE_PAGE,
        action=_action(words, hits),
        advice=_advice(rule, hits),
        law=listed(rule.law),
        who=words.who,
        by=day(today + dt.timedelta(days=DAYS_TO_ACT[severity])),
    )


def _items_by_path(ledger: Ledger) -> Mapping[FieldPath, DataItem]:
    """Return the data item of every path that the ledger knows."""
    paths = ((path, line.item) for line in ledger for path in (line.source_path, line.stored_path))
    return {path: item for path, item in paths if path and item}


def _described(hit: Hit, items: Mapping[FieldPath, DataItem]) -> Hit:
    """Return the hit with the data item of its path, if its rule left that to the ledger."""
    return replace(hit, item=items.get(hit.path)) if hit.item is None and hit.path else hit


def _action(words: RuleWords, hits: list[Hit]) -> str:
    names = list(dict.fromkeys(_name(hit) for hit in hits if _name(hit)))
    hidden = len(names) - NAMES_SHOWN
    shown = [*names[:NAMES_SHOWN], f"{hidden} more"] if hidden > 0 else names
    return words.action.format(things=listed(shown) or counted(len(hits), "item"))


def _advice(rule: RuleInfo, hits: list[Hit]) -> str:
    """Return the hits' own advice when they agree, else the rule's."""
    fixes = {hit.fix for hit in hits}
    fix = fixes.pop() if len(fixes) == 1 else ""
    return sentence(" ".join((fix or rule.instead).split()))


def _name(hit: Hit) -> str:
    """Name what a hit is about, as it stands inside a sentence."""
    if hit.item:
        return inside(hit.item.label)
    scope = hit.evidence.get("scope")
    if scope:
        return f"the scope {scope}"
    if hit.path is None:
        return ""
    return f"the undescribed field {hit.path}" if hit.path.field else f"{named(hit.path.dataset)} records"


def _place(hit: Hit) -> SeenAt:
    name = _name(hit).removeprefix("the ") or "the whole declaration"
    return SeenAt(label=name[0].upper() + name[1:], seen=_seen(hit), trace=_trace(hit))


def _seen(hit: Hit) -> str:
    """Return the hit's sentence; counts in it are guarded when they are about a field that needs care."""
    text = sentence(hit.message)
    if hit.path is None or (not hit.path.field and hit.data_class is None):
        return text
    return sentence(in_sentence(text, hit.data_class or (hit.item.data_class if hit.item else None)))


def _trace(hit: Hit) -> str:
    """Say where to look it up. Rows are left to the supplier's own output: one row is one person."""
    return str(hit.place or "")
