"""What the school switched off, and the proof that it is gone."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Declined
from compliance.model.ledger import LedgerLine, State
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass
from compliance.reports.parts.items import ItemLines
from compliance.reports.parts.levels import STATE_TAGS, Tag
from compliance.reports.parts.reasons import scope_label
from compliance.reports.small_numbers import in_sentence, shown_with_total
from compliance.reports.words import counted, day, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class OffItem:
    """One item that the school switched off."""

    label: str
    arriving: Tag
    kept: Tag
    rows: str
    """Rows in which it is still kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchedOff:
    """One scope or field that the school switched off."""

    label: str
    since: str
    reason: str
    items: tuple[OffItem, ...]
    total: str
    """Rows of all its items; empty when there is but one item."""
    proof: Tag


def switched_off(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[SwitchedOff, ...]:
    """Return everything that the school declined, with what became of it."""
    authorisation = audit.declarations.authorisation
    if authorisation is None:
        return ()
    scopes = (_scope(audit, items, declined) for declined in authorisation.declined_scopes)
    fields = (_field(audit, items, declined) for declined in authorisation.declined_fields)
    return (*scopes, *fields)


def people_left_out(audit: Audit) -> str:
    """Say how many people the school keeps out of the app; empty when there are none."""
    authorisation = audit.declarations.authorisation
    kept_out = authorisation.excluded_people if authorisation else {}
    nouns = {"pupil": ("pupil", "pupils"), "staff": ("member of staff", "members of staff"),
             "contact": ("parent or carer", "parents and carers")}  # fmt: skip
    parts = [
        in_sentence(counted(count, *nouns.get(who.value, (who.value, who.value))), None)
        for who, count in kept_out.items()
        if count
    ]
    return f"You keep {' and '.join(parts)} out of this app." if parts else ""


def _scope(audit: Audit, items: tuple[ItemLines, ...], declined: Declined) -> SwitchedOff:
    catalogue = audit.declarations.catalogue
    paths = (
        {path for path, entry in catalogue.fields.items() if any(declined.id in way for way in entry.any_of)}
        if catalogue
        else set()
    )
    asked = audit.declarations.permission_set
    paths |= {field.path for scope, field in (asked.requested_fields if asked else ()) if scope.id == declined.id}
    return _switched_off(audit, items, declined, paths, scope_label(audit, declined.id))


def _field(audit: Audit, items: tuple[ItemLines, ...], declined: Declined) -> SwitchedOff:
    path = FieldPath.parse(declined.id)
    label = next((e.label for e in items if any(line.source_path == path for line in e.lines)), declined.id)
    return _switched_off(audit, items, declined, {path}, label)


def _switched_off(
    audit: Audit, items: tuple[ItemLines, ...], declined: Declined, paths: set[FieldPath], label: str
) -> SwitchedOff:
    off = [
        (entry, lines)
        for entry in items
        if (lines := [line for line in entry.lines if line.source_path in paths and line.granted.no])
        and any(line.asked.yes or line.received.yes or line.declared.yes or line.held.yes for line in lines)
    ]
    rows = [max((line.held.profile.filled for line in lines if line.held.profile), default=0) for _, lines in off]
    guarded = max((entry.data_class or DataClass.SPECIAL for entry, _ in off), key=lambda c: c.rank, default=None)
    texts, total = shown_with_total(rows, guarded)
    unseen = audit.store is None
    return SwitchedOff(
        label=label,
        since=day(declined.on) or "Not stated",
        reason=sentence(declined.reason) or "Not stated.",
        items=tuple(
            OffItem(
                label=entry.label,
                arriving=STATE_TAGS[_state(lines, "received")],
                kept=STATE_TAGS[_state(lines, "held")],
                rows="Not looked at" if unseen else text if _is_seen(lines) else STATE_TAGS[State.CANNOT_TELL].word,
            )
            for (entry, lines), text in zip(off, texts, strict=True)
        ),
        total=total if len(off) > 1 and not unseen and all(_is_seen(lines) for _, lines in off) else "",
        proof=_proof(off, unseen=unseen),
    )


def _state(lines: list[LedgerLine], column: str) -> State:
    states = {getattr(line, column).state for line in lines}
    order = (State.YES, State.CANNOT_TELL, State.NOT_LOOKED_AT, State.NO)
    return next(state for state in order if state in states)


def _proof(off: list[tuple[ItemLines, list[LedgerLine]]], *, unseen: bool) -> Tag:
    lines = [line for _, found in off for line in found]
    if any(line.received.yes for line in lines):
        return Tag("stop", "Still arriving")
    if any(line.held.yes for line in lines):
        return Tag("stop", "Still kept")
    if unseen or not lines or not all(_is_seen(found) for _, found in off):
        return Tag("unseen", "Not looked at")
    return Tag("ok", "Not found")


def _is_seen(lines: list[LedgerLine]) -> bool:
    """Whether somebody looked for it in the store, and found it or not."""
    return all(line.held.yes or line.held.no for line in lines)
