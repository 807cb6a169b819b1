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
    "person.dob": "the person's birth",
    "record.created": "the record was made",
    "record.last_used": "the record was last used",
    "authorisation.withdrawn": "the school withdraws its authorisation",
    "scope.withdrawn": "the school switches off a scope",
    "consent.withdrawn": "the person withdraws their agreement",
    "event.closed": "the matter is closed",
}
"""The events of LAW.md 8.3 in plain words."""

SETTERS = {"school": "The school", "vendor": "The supplier", "law": "The law"}

NOT_TESTED = "Not tested"

_DAYS_IN_YEAR, _DAYS_IN_MONTH = 365, 30
_WIDTH, _ROW = 700, 52


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionLine:
    """One time limit."""

    what: str
    rule: str
    """``30 days after a pupil leaves``."""
    extra: str
    """Grace and backups."""
    then: str
    set_by: str
    authority: str
    overdue: str
    """How many people are past it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar. Lengths are in the figure's own units."""

    style: str
    x: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One time limit as a bar: kept, grace, backups."""

    label: str
    text: str
    segments: tuple[Segment, ...]
    y: int
    """Height at which its label stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionFigure:
    """The time limits that can be drawn, all to one scale."""

    width: int
    height: int
    title: str
    """The same facts in words."""
    bars: tuple[Bar, ...]


def retention_lines(audit: Audit) -> tuple[RetentionLine, ...]:
    """Return every time limit that the stored fields declare."""
    stored = audit.declarations.stored_fields
    return tuple(_line(audit, stored, limit) for limit in stored.retentions.values()) if stored else ()


def retention_figure(audit: Audit) -> RetentionFigure | None:
    """Draw the time limits that have a period; None when there are none."""
    stored = audit.declarations.stored_fields
    limits = [limit for limit in stored.retentions.values() if _days(limit.period)] if stored else []
    if stored is None or not limits:
        return None
    days = [(_days(limit.period) or 0, _days(limit.grace) or 0, _days(limit.backups) or 0) for limit in limits]
    scale = (_WIDTH - 2) / max(sum(parts) for parts in days)
    bars = tuple(
        Bar(label=_covered(stored, limit), text=_length(limit), segments=_segments(parts, scale), y=_ROW * number + 16)
        for number, (limit, parts) in enumerate(zip(limits, days, strict=True))
    )
    words = " ".join(f"{bar.label}: {bar.text}." for bar in bars)
    return RetentionFigure(
        width=_WIDTH, height=_ROW * len(bars), title=f"Bars of how long data is kept. {words}", bars=bars
    )


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
        extra=_extra(limit),
        then={"erase": "Erased", "return": "Given back"}.get(limit.action, named(limit.action).capitalize()),
        set_by=SETTERS.get(limit.set_by, "Not stated"),
        authority=limit.authority,
        overdue=_overdue(audit, stored, limit),
    )


def _extra(limit: Retention) -> str:
    grace = f"{period(limit.grace)} of grace; " if _days(limit.grace) else ""
    backups = f"backups go {period(limit.backups)} later" if limit.backups else "nothing is said about backups"
    return sentence(grace + backups)


def _covered(stored: StoredFields, limit: Retention) -> str:
    """Name the datasets under a time limit, by what they are called in the app."""
    names = [named(dataset.name) for dataset in stored.datasets if dataset.retention == limit]
    return listed(names).capitalize() or named(limit.id).capitalize()


def _overdue(audit: Audit, stored: StoredFields, limit: Retention) -> str:
    if audit.store is None:
        return NOT_TESTED
    datasets = {dataset.name for dataset in stored.datasets if dataset.retention == limit}
    found = [m for key, m in audit.store.measures.items() if key.kind == "leaver" and key.dataset in datasets]
    return f"{sum(len(measure.keys) for measure in found):,}" if found else NOT_TESTED


def _length(limit: Retention) -> str:
    parts = (
        period(limit.period),
        f"{period(limit.grace)} of grace" if _days(limit.grace) else "",
        f"{period(limit.backups)} in backups" if _days(limit.backups) else "",
    )
    return ", then ".join(part for part in parts if part)


def _segments(days: tuple[int, ...], scale: float) -> tuple[Segment, ...]:
    starts = (1 + round(scale * sum(days[:number])) for number in range(len(days)))
    drawn = zip(("kept", "grace", "backups"), starts, days, strict=True)
    return tuple(Segment(style, x, max(2, round(scale * length))) for style, x, length in drawn if length)


def _days(text: str | None) -> int | None:
    """Return a period in days, near enough to draw it."""
    try:
        parts = Period.parse(text or "")
    except ValueError:
        return None
    return parts.years * _DAYS_IN_YEAR + parts.months * _DAYS_IN_MONTH + parts.days
