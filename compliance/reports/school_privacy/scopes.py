"""Scopes: asked for, authorised and used, and what they unlock beyond that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.ledger import State
from compliance.reports.school_privacy.items import ItemLines, people_labels
from compliance.reports.school_privacy.levels import STATE_TAGS, Tag
from compliance.reports.school_privacy.reasons import REQUIRED, scope_label

FEED_UNSEEN = "Not looked at"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeLine:
    """One scope."""

    label: str
    required: Tag
    granted: Tag
    unlocked: str
    """How many items it unlocks."""
    asked: str
    received: str
    verdict: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Spare:
    """What one scope unlocks and the app does not ask for."""

    scope: str
    count: int
    items: str
    """Names, those that need care first and marked."""
    care: str
    """Names of those that need care."""


def scope_lines(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[ScopeLine, ...]:
    """Return every scope that is asked for or granted, and whether it earns its place."""
    asked, authorisation = audit.declarations.permission_set, audit.declarations.authorisation
    required = {scope.id: scope.required for scope in asked.scopes} if asked else {}
    granted = authorisation.granted_scopes if authorisation else frozenset()
    names = [*required, *sorted(granted - required.keys())]
    return tuple(_line(audit, items, name, required.get(name), is_asked=name in required) for name in names)


def spare_items(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[Spare, ...]:
    """Return what is unlocked and not asked for, under the first scope that unlocks it."""
    spare = [entry for entry in items if entry.is_("unlocked") and not entry.is_("asked")]
    scopes = dict.fromkeys(entry.scopes[0] for entry in spare if entry.scopes)
    return tuple(_spare(audit, scope, [e for e in spare if e.scopes[:1] == (scope,)]) for scope in scopes)


def _spare(audit: Audit, scope: str, entries: list[ItemLines]) -> Spare:
    care = [entry for entry in entries if entry.needs_care]
    return Spare(
        scope=scope_label(audit, scope),
        count=len(entries),
        items="; ".join(people_labels(entry for entry in entries if not entry.needs_care)),
        care="; ".join(people_labels(care)),
    )


def _line(
    audit: Audit, items: tuple[ItemLines, ...], scope: str, required: bool | None, *, is_asked: bool
) -> ScopeLine:
    unlocked = _unlocked(audit, items, scope)
    under = [e for e in items if any(line.requested_scope and line.requested_scope.id == scope for line in e.lines)]
    received = [entry for entry in under if entry.arrives]
    granted = _granted(audit, scope)
    return ScopeLine(
        label=scope_label(audit, scope),
        required=REQUIRED[required] if is_asked else Tag("caution", "Not asked for"),
        granted=STATE_TAGS[granted],
        unlocked=FEED_UNSEEN if audit.declarations.catalogue is None else f"{len(unlocked):,}",
        asked=f"{len(under):,}",
        received=FEED_UNSEEN if audit.feed is None else f"{len(received):,}",
        verdict=_verdict(audit, granted, len(unlocked), under, received, is_asked=is_asked),
    )


def _unlocked(audit: Audit, items: Iterable[ItemLines], scope: str) -> list[ItemLines]:
    """Return the items of which this scope is on some way to a field."""
    catalogue = audit.declarations.catalogue
    if catalogue is None:
        return []
    paths = {path for path, entry in catalogue.fields.items() if any(scope in way for way in entry.any_of)}
    return [entry for entry in items if any(line.source_path in paths for line in entry.lines)]


def _granted(audit: Audit, scope: str) -> State:
    authorisation = audit.declarations.authorisation
    if authorisation is None:
        return State.NOT_LOOKED_AT
    return State.YES if scope in authorisation.granted_scopes and authorisation.status != "revoked" else State.NO


def _verdict(  # noqa: PLR0913 - one answer from all that the line shows
    audit: Audit, granted: State, unlocked: int, under: list[ItemLines], received: list[ItemLines], *, is_asked: bool
) -> Tag:
    if granted is State.NOT_LOOKED_AT:
        return Tag("unseen", "Not looked at")
    if not is_asked:
        return Tag("stop", "Not asked for")
    if granted is State.NO:
        return Tag("stop", "Still arriving") if received and audit.feed else Tag("info", "Switched off")
    if under and not any(entry.is_("declared") or entry.is_("held") for entry in under):
        return Tag("caution", "Never used")
    if unlocked > len(under):
        return Tag("caution", "Too wide")
    return Tag("ok", "In line")
