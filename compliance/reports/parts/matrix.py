"""The ledger as readers see it: one row a data item, one column a question."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from compliance.model.ledger import COLUMNS, LedgerLine
from compliance.reports.parts.items import ItemLines
from compliance.reports.parts.levels import CLASS_TAGS, SENT_EMPTY, STATE_TAGS, Tag
from compliance.reports.words import sentence

QUESTIONS = {
    "asked": "Did the app ask for it?",
    "unlocked": "Does a scope hand it over?",
    "granted": "Did you authorise it?",
    "received": "Did it arrive?",
    "declared": "Does the app say it keeps it?",
    "held": "Is it there?",
}

ORIGINS = {
    "user_entered": "Typed into the app.",
    "parent": "Given by a parent.",
    "derived": "Worked out by the app.",
    "product_account": "Made by the app.",
    "school_upload": "Uploaded by the school.",
    "other": "From another source.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One data item."""

    label: str
    kind: Tag
    cells: tuple[Tag, ...]
    """In the order of ``COLUMNS``."""
    flag: Tag | None
    """What stands out."""
    why: str
    words: str
    """By which the filter finds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixGroup:
    """The data items of one item group."""

    label: str
    rows: tuple[MatrixRow, ...]


def matrix(items: tuple[ItemLines, ...]) -> tuple[MatrixGroup, ...]:
    """Return the items that are used, by item group; those merely unlocked are named beside their scopes."""
    shown = (entry for entry in items if entry.is_used)
    groups = groupby(shown, key=lambda entry: entry.group)
    return tuple(MatrixGroup(label=label, rows=tuple(_row(entry) for entry in found)) for label, found in groups)


def _row(entry: ItemLines) -> MatrixRow:
    flag = _flag(entry)
    return MatrixRow(
        label=entry.label,
        kind=CLASS_TAGS[entry.data_class],
        cells=tuple(_cell(entry, column) for column in COLUMNS),
        flag=flag,
        why=_why(entry),
        words=" ".join(
            word
            for word, is_so in (
                ("care", entry.needs_care),
                ("flag", flag is not None),
                ("held", entry.is_("held")),
                ("received", entry.arrives),
            )
            if is_so
        ),
    )


def _cell(entry: ItemLines, column: str) -> Tag:
    if column == "received" and entry.is_("received") and not entry.arrives:
        return SENT_EMPTY
    return STATE_TAGS[entry.state(column)]


def _flag(entry: ItemLines) -> Tag | None:
    """Return what stands out about an item, the worst first."""
    lines = entry.lines
    if any(line.granted.no and line.received.yes for line in lines):
        return Tag("stop", "Not authorised")
    if entry.is_off_and_held:
        return Tag("stop", "Off, still kept")
    if any(line.declared.no and line.held.yes for line in lines):
        return Tag("stop", "Not declared")
    if entry.arrives and not entry.is_("asked"):
        return Tag("caution", "Not asked for")
    if any(_unused(line) for line in lines) and not entry.is_("declared"):
        return Tag("caution", "Never kept")
    return None


def _unused(line: LedgerLine) -> bool:
    """Whether a field is asked for and nothing becomes of it."""
    request = line.request
    return bool(request and line.asked.yes and line.declared.no) and not (
        request and (request.transient or request.awaited or request.sync_key)
    )


def _why(entry: ItemLines) -> str:
    """Return the app's own reason, or where the item comes from."""
    for line in entry.lines:
        if line.request and line.request.sync_key:
            return "Ties the records together."
        if line.request and line.request.reason:
            return sentence(line.request.reason)
    for line in entry.lines:
        if line.requested_scope and line.requested_scope.reason:
            return sentence(line.requested_scope.reason)
    for line in entry.lines:
        if line.stored and line.stored.source in ORIGINS:
            return ORIGINS[line.stored.source]
    return "" if entry.is_spare else "No reason is given."
