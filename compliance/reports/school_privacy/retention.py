"""How long data is kept, and who should be gone."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Retention, StoredFields
from compliance.model.periods import Period
from compliance.reports.words import listed, named, period, sentence

TRIGGERS = {
    "roll.leaving_date": "a pupil leaves",
    "staff.leaving_date": "a member of staff leaves",
    "contract.end": "the contract ends",
    "academic_year.end": "the school year ends",
    "person.dob": "the person’s birth",
    "record.created": "the record was made",
    "record.last_used": "the record was last used",
    "authorisation.withdrawn": "you withdraw your authorisation",
    "scope.withdrawn": "you switch off a scope",
    "consent.withdrawn": "the person withdraws their agreement",
    "event.closed": "the matter is closed",
}
"""The events of LAW.md 8.3 in plain words."""

SETTERS = {"school": "You", "vendor": "The supplier", "law": "The law"}

_DAYS_IN = {"years": 365, "months": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionLine:
    """One time limit."""

    what: str
    rule: str
    """``30 days after a pupil leaves``."""
    grace: str
    backups: str
    then: str
    set_by: str
    authority: str
    overdue: str
    """How many people are past it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One time limit as a bar, in days."""

    label: str
    kept: int
    grace: int
    backups: int
    text: str

    @property
    def days(self) -> int:
        """The whole time until the last copy is gone."""
        return self.kept + self.grace + self.backups


def retention_lines(audit: Audit) -> tuple[RetentionLine, ...]:
    """Return every time limit that the stored fields declare."""
    stored = audit.declarations.stored_fields
    return tuple(_line(audit, stored, limit) for limit in stored.retentions.values()) if stored else ()


def retention_bars(audit: Audit) -> tuple[Bar, ...]:
    """Return the time limits that can be drawn: those with a period."""
    stored = audit.declarations.stored_fields
    limits = stored.retentions.values() if stored else ()
    bars = (_bar(limit, _covered(stored, limit)) for limit in limits if stored)
    return tuple(bar for bar in bars if bar)


def people_overdue(audit: Audit) -> int | None:
    """Count the people who left and should be gone; None when nobody could look."""
    if audit.store is None or audit.declarations.stored_fields is None:
        return None
    measures = [measure for key, measure in audit.store.measures.items() if key.kind == "leaver"]
    return sum(len(measure.keys) for measure in measures) if measures else None


def _line(audit: Audit, stored: StoredFields, limit: Retention) -> RetentionLine:
    after = TRIGGERS.get(limit.trigger, named(limit.trigger.rpartition(".")[2]))
    rule = f"{period(limit.period)} after {after}" if limit.period else sentence(limit.criteria)
    return RetentionLine(
        what=_covered(stored, limit),
        rule=rule or "Not stated",
        grace=period(limit.grace),
        backups=f"{period(limit.backups)} later" if limit.backups else "Not stated",
        then={"erase": "Erased", "return": "Given back"}.get(limit.action, named(limit.action).capitalize()),
        set_by=SETTERS.get(limit.set_by, "Not stated"),
        authority=limit.authority,
        overdue=_overdue(audit, stored, limit),
    )


def _covered(stored: StoredFields, limit: Retention) -> str:
    """Name the datasets under a time limit, by what they are called in the app."""
    names = [named(dataset.name) for dataset in stored.datasets if dataset.retention == limit]
    return listed(names).capitalize() or named(limit.id).capitalize()


def _overdue(audit: Audit, stored: StoredFields, limit: Retention) -> str:
    if audit.store is None:
        return "Not looked at"
    datasets = {dataset.name for dataset in stored.datasets if dataset.retention == limit}
    found = [m for key, m in audit.store.measures.items() if key.kind == "leaver" and key.dataset in datasets]
    return f"{sum(len(measure.keys) for measure in found):,}" if found else "Not looked at"


def _bar(limit: Retention, label: str) -> Bar | None:
    kept = _days(limit.period)
    if kept is None:
        return None
    grace, backups = _days(limit.grace) or 0, _days(limit.backups) or 0
    more = (f"{period(limit.grace)} of grace" if grace else "", f"{period(limit.backups)} in backups" if backups else "")
    return Bar(label=label, kept=kept, grace=grace, backups=backups,
               text=" + ".join(part for part in (period(limit.period), *more) if part))  # fmt: skip


def _days(text: str | None) -> int | None:
    """Return a period in days, near enough to draw it."""
    try:
        parts = Period.parse(text or "")
    except ValueError:
        return None
    return parts.years * _DAYS_IN["years"] + parts.months * _DAYS_IN["months"] + parts.days
