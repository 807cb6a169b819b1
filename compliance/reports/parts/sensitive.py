"""Data that needs care, why the app says it needs it, and how much of it there is."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.vocabulary import DataClass
from compliance.reports.parts.items import ItemLines
from compliance.reports.parts.levels import CLASS_TAGS, Tag
from compliance.reports.small_numbers import shown_of
from compliance.reports.words import listed, sentence

CONDITIONS = {
    "9.2.a": "explicit agreement of the person",
    "9.2.b": "employment, social security and social protection",
    "9.2.c": "vital interests",
    "9.2.d": "not-for-profit bodies",
    "9.2.e": "made public by the person",
    "9.2.f": "legal claims",
    "9.2.g": "substantial public interest",
    "9.2.h": "health or social care",
    "9.2.i": "public health",
    "9.2.j": "archiving, research and statistics",
}
"""Conditions of Article 9(2), as LAW.md 3.2 lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitiveItem:
    """One data item that needs care."""

    label: str
    kind: Tag
    tells: str
    """What it can tell about a person."""
    why: str
    position: str
    """Condition of Article 9, or what the app says instead; empty when one is needed and none is named."""
    rows: str


def sensitive_items(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[SensitiveItem, ...]:
    """Return what needs care and is used, most care first."""
    used = [entry for entry in items if entry.needs_care and entry.is_used]
    return tuple(
        _item(audit, entry) for entry in sorted(used, key=lambda e: -(e.data_class or DataClass.SENSITIVE).rank)
    )


def _item(audit: Audit, entry: ItemLines) -> SensitiveItem:
    return SensitiveItem(
        label=entry.label,
        kind=CLASS_TAGS[entry.data_class],
        tells=entry.item.explanation if entry.item else "",
        why=_why(entry),
        position=_position(entry),
        rows=_rows(audit, entry),
    )


def _why(entry: ItemLines) -> str:
    requests = [line.request for line in entry.lines if line.request]
    texts = dict.fromkeys(
        sentence(text) for request in requests for text in (request.reason, request.necessity) if text
    )
    if texts:
        return " ".join(texts)
    from_school = entry.item is None or any(line.source_path for line in entry.lines)
    return "No reason is given." if from_school else "It arises in the app; it is not asked of the school's system."


def _position(entry: ItemLines) -> str:
    requests = [line.request for line in entry.lines if line.request]
    declared = [line.stored.art9_condition for line in entry.lines if line.stored and line.stored.art9_condition]
    codes = dict.fromkeys([*(code for r in requests for code in r.art9_conditions.values()), *declared])
    conditions = [f"Article {_article(code)}, {CONDITIONS.get(code, 'not listed')}" for code in codes]
    schedule = [request.sch1 for request in requests if request.sch1]
    said = [sentence(request.art9_position) for request in requests if request.art9_position]
    text = sentence("; ".join(dict.fromkeys([*conditions, *schedule])))
    if text or said:
        return " ".join(dict.fromkeys([part for part in (text, *said) if part]))
    if entry.data_class is DataClass.SENSITIVE:
        return "None named; not classed as special category data."
    return "No position given." if entry.data_class is DataClass.TREAT_AS_SPECIAL else ""


def _article(code: str) -> str:
    """Write ``9.2.g`` as 9(2)(g)."""
    first, *rest = code.split(".")
    return first + "".join(f"({part})" for part in rest)


def _rows(audit: Audit, entry: ItemLines) -> str:
    if audit.store is None:
        return "Not looked at"
    held = [shown_of(profile.filled, profile.present, entry.data_class) for _, profile in entry.fields_held]
    return listed(dict.fromkeys(held)) or "None found"
