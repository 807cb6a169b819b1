"""What an overview knows of each school."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.findings import Severity
from compliance.reports.parts.checks import Case, CheckLine, check_lines
from compliance.reports.parts.findings import finding_groups
from compliance.reports.parts.head import school_name
from compliance.reports.parts.items import items_of
from compliance.reports.parts.levels import Level, Tag, worst
from compliance.reports.parts.people import people_of
from compliance.reports.parts.retention import people_overdue
from compliance.reports.parts.rule_words import words_of
from compliance.reports.words import counted, day

NOT_GIVEN, NOT_LOOKED_AT = "Not given", "Not looked at"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """One school."""

    audit: Audit
    name: str
    checks: tuple[CheckLine, ...]
    off_and_held: int
    """Data items that the school switched off and that are still kept."""
    overdue: int | None
    """People past their time; None when nobody could look."""

    @property
    def level(self) -> Level:
        """The worst of its checks."""
        return worst(check.level for check in self.checks)

    @property
    def urn(self) -> str:
        """Its URN."""
        granted = self.audit.declarations.authorisation
        return (granted.school.urn if granted else "") or NOT_GIVEN

    @property
    def laestab(self) -> str:
        """Its LAESTAB."""
        granted = self.audit.declarations.authorisation
        return (granted.school.laestab if granted else "") or NOT_GIVEN

    @property
    def version(self) -> str:
        """The version that it authorised."""
        granted = self.audit.declarations.authorisation
        return (granted.version if granted else "") or NOT_GIVEN

    @property
    def status(self) -> str:
        """Whether its authorisation is in force."""
        granted = self.audit.declarations.authorisation
        return granted.status.capitalize() if granted else NOT_GIVEN

    @property
    def authorised_on(self) -> dt.date | None:
        """When it authorised it."""
        granted = self.audit.declarations.authorisation
        return granted.authorised_on if granted else None

    @property
    def review_on(self) -> dt.date | None:
        """When it means to look at it again."""
        granted = self.audit.declarations.authorisation
        return granted.review_on if granted else None

    @property
    def people(self) -> str:
        """How many people the data is about."""
        people = people_of(self.audit)
        return f"{sum(people.values()):,}" if people else NOT_LOOKED_AT

    def count(self, severity: Severity) -> int:
        """Count its open findings of one severity."""
        return sum(finding.severity is severity for finding in self.audit.open_findings)

    @property
    def age(self) -> Tag:
        """Whether it authorised the version that is in use."""
        asked = self.audit.declarations.permission_set
        if asked is None or self.version == NOT_GIVEN:
            return Tag("unseen", "Cannot tell")
        if self.version == asked.version or self.version in asked.patch_versions:
            return Tag("ok", "In use")
        return Tag("caution", "Older")

    @property
    def review(self) -> Tag:
        """Whether its review is due."""
        if self.review_on is None:
            return Tag("unseen", "Not set")
        return Tag("caution", "Overdue") if self.review_on < self.audit.at.date() else Tag("ok", day(self.review_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier:
    """Something that only a few of the schools have."""

    school: str
    what: str
    rule: str


def school_lines(audits: Sequence[Audit]) -> tuple[SchoolLine, ...]:
    """Return every school, the one that asks for most first; schools alike stand by name."""
    lines = [_line(audit) for audit in audits]
    order = list(Level)
    return tuple(
        sorted(lines, key=lambda it: (-order.index(it.level), -it.count(Severity.ERROR), it.name.casefold(), it.urn))
    )


def outliers(lines: Sequence[SchoolLine]) -> tuple[Outlier, ...]:
    """Return the rules that speak at one school in four or fewer: what is special there, not what the app does."""
    met = Counter(rule for line in lines for rule in {finding.rule.id for finding in line.audit.open_findings})
    few = {rule for rule, count in met.items() if 4 * count <= len(lines)}
    return tuple(_outliers(lines, few))


def common(lines: Sequence[SchoolLine]) -> tuple[tuple[str, str], ...]:
    """Return the rules that speak at every one of several schools: what the supplier can put right once for all."""
    if len(lines) < 2:  # noqa: PLR2004 - at one school nothing is common
        return ()
    rules = [{finding.rule.id: finding.rule for finding in line.audit.open_findings} for line in lines]
    shared = set.intersection(*(set(each) for each in rules))
    return tuple((words_of(rule).title, f"Rule {key}") for key, rule in sorted(rules[0].items()) if key in shared)


def _line(audit: Audit) -> SchoolLine:
    items = items_of(audit)
    return SchoolLine(
        audit=audit,
        name=school_name(audit),
        checks=check_lines(Case(audit=audit, items=items, groups=finding_groups(audit))),
        off_and_held=sum(entry.is_off_and_held for entry in items),
        overdue=people_overdue(audit),
    )


def _outliers(lines: Sequence[SchoolLine], few: set[str]) -> Iterator[Outlier]:
    for line in lines:
        found = Counter(finding.rule.id for finding in line.audit.open_findings)
        rules = {finding.rule.id: finding.rule for finding in line.audit.open_findings}
        for rule in sorted(few & found.keys()):
            title = words_of(rules[rule]).title
            yield Outlier(school=line.name, what=f"{title} ({counted(found[rule], 'finding')})", rule=f"Rule {rule}")
