"""Runs rules over a case and stamps what they yield."""

from __future__ import annotations

import datetime as dt
import fnmatch
from collections.abc import Iterable, Iterator

from compliance.model.declarations import Waiver
from compliance.model.findings import Finding, Hit, RuleInfo, Severity, Skipped, Strength
from compliance.model.vocabulary import DataClass
from compliance.rules.base import Case, Rule


def run_rules(
    rules: Iterable[Rule], case: Case
) -> tuple[tuple[Finding, ...], tuple[RuleInfo, ...], tuple[Skipped, ...]]:
    """Return the findings, worst first, the rules that ran, and those that could not.

    A rule whose law is none of those to judge by, or was not yet in force, is neither (``not_in_force``).
    """
    findings: list[Finding] = []
    ran: list[RuleInfo] = []
    skipped: list[Skipped] = []
    for rule in rules:
        if not rule.is_in_force(case):
            continue
        missing = rule.missing(case)
        if missing:
            skipped.append(Skipped(rule=rule.info, missing=missing))
            continue
        ran.append(rule.info)
        findings.extend(stamp(rule.info, hit, case) for hit in rule.check(case))
    return tuple(sorted(findings, key=_worst_first)), tuple(ran), tuple(skipped)


def not_in_force(rules: Iterable[Rule], case: Case) -> tuple[RuleInfo, ...]:
    """Return the rules whose law is none of those to judge by, or was not in force on the day."""
    return tuple(rule.info for rule in rules if not rule.is_in_force(case))


def stamp(info: RuleInfo, hit: Hit, case: Case) -> Finding:
    """Give a hit its severity and the waiver that covers it, or else the last one that did."""
    waivers = case.declarations.waivers
    waiver = next((each for each in waivers if covers(each, info, hit, case.today)), None)
    ended = [] if waiver else [each for each in waivers if speaks_of(each, info, hit)]
    return Finding(
        rule=info,
        severity=severity_of(info.severity, hit),
        hit=hit,
        waiver=waiver,
        lapsed=max(ended, key=lambda each: each.expires, default=None),
    )


def severity_of(severity: Severity, hit: Hit) -> Severity:
    """Return the severity of a hit of a rule: the one place where evidence and data class weigh in.

    Weak evidence makes at most a warning. A warning about special category or criminal offence data is an error.
    """
    if hit.strength is Strength.NOTE:
        return Severity.INFO
    if hit.strength is Strength.WEAK:
        return min(severity, Severity.WARNING, key=lambda s: s.rank)
    if severity is Severity.WARNING and data_class_of(hit) in {DataClass.SPECIAL, DataClass.CRIMINAL}:
        return Severity.ERROR
    return severity


def data_class_of(hit: Hit) -> DataClass | None:
    """Return the class of the data that a hit is about, if anybody classed it."""
    return hit.data_class or (hit.item.data_class if hit.item else None)


def covers(waiver: Waiver, info: RuleInfo, hit: Hit, today: dt.date) -> bool:
    """Whether ``waiver`` is still good and speaks of this hit."""
    return waiver.expires >= today and speaks_of(waiver, info, hit)


def speaks_of(waiver: Waiver, info: RuleInfo, hit: Hit) -> bool:
    """Whether ``waiver`` is about this hit, whether or not it has ended."""
    return waiver.rule == info.id and any(
        fnmatch.fnmatchcase(name, waiver.path.replace("[", "[[]")) for name in _names(hit)
    )


def expired(waivers: Iterable[Waiver], today: dt.date) -> tuple[str, ...]:
    """Return a sentence for each waiver that has ended."""
    return tuple(
        f"{w.place}: the waiver of {w.rule} for {w.path} by {w.owner} ended on {w.expires.isoformat()}."
        for w in waivers
        if w.expires < today
    )


def _names(hit: Hit) -> Iterator[str]:
    if hit.path:
        yield str(hit.path)
    if hit.place:
        yield str(hit.place)
        yield hit.place.file
    if not hit.path and not hit.place:
        yield ""


def _worst_first(finding: Finding) -> tuple[int, int, str, str, str]:
    data_class = data_class_of(finding.hit)
    return (
        -finding.severity.rank,
        -(data_class.rank if data_class else 0),
        finding.rule.id,
        str(finding.hit.path or ""),
        finding.hit.message,
    )
