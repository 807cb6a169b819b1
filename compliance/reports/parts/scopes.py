"""Scopes: asked for, authorised and used, and what they unlock beyond that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.ledger import State
from compliance.reports.parts.items import ItemLines
from compliance.reports.parts.levels import STATE_TAGS, Tag
from compliance.reports.parts.reasons import REQUIRED, scope_label
from compliance.reports.words import counted

UNSEEN = "Not looked at"
NOT_ASKED = Tag("caution", "Not asked for")


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
    care: str
    """Names of the items that need care."""
    others: str


def scope_lines(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[ScopeLine, ...]:
    """Return every scope that is asked for or granted, and whether it earns its place."""
    asked, authorisation = audit.declarations.permission_set, audit.declarations.authorisation
    required = [scope.id for scope in asked.scopes] if asked else []
    granted = authorisation.granted_scopes if authorisation else frozenset()
    names = [*required, *sorted(granted - set(required))]
    return tuple(_line(audit, items, name) for name in names)


def spare_items(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[Spare, ...]:
    """Return what is unlocked and not asked for, under the first scope that unlocks it."""
    spare = [entry for entry in items if entry.is_spare]
    scopes = dict.fromkeys(entry.scopes[0] for entry in spare if entry.scopes)
    return tuple(_spare(audit, scope, [e for e in spare if e.scopes[:1] == (scope,)]) for scope in scopes)


def _spare(audit: Audit, scope: str, entries: list[ItemLines]) -> Spare:
    described = [entry for entry in entries if entry.item]
    nameless = len(entries) - len(described)
    others = [entry.label for entry in described if not entry.needs_care]
    if nameless:
        others.append(counted(nameless, "field without a plain name", "fields without a plain name"))
    return Spare(
        scope=scope_label(audit, scope),
        count=len(entries),
        care="; ".join(entry.label for entry in described if entry.needs_care),
        others="; ".join(others),
    )


def _line(audit: Audit, items: tuple[ItemLines, ...], scope: str) -> ScopeLine:
    unlocked = _unlocked(audit, items, scope)
    under = [e for e in items if any(line.requested_scope and line.requested_scope.id == scope for line in e.lines)]
    received = [entry for entry in under if entry.arrives]
    granted = _granted(audit, scope)
    return ScopeLine(
        label=scope_label(audit, scope),
        required=_required(audit, scope),
        granted=STATE_TAGS[granted],
        unlocked=UNSEEN if audit.declarations.catalogue is None else f"{len(unlocked):,}",
        asked=f"{len(under):,}",
        received=UNSEEN if audit.feed is None else f"{len(received):,}",
        verdict=_verdict(
            granted, under, is_asked=_required(audit, scope) is not NOT_ASKED, spare=len(unlocked) > len(under)
        ),
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


def _required(audit: Audit, scope: str) -> Tag:
    asked = audit.declarations.permission_set
    return next((REQUIRED[s.required] for s in (asked.scopes if asked else ()) if s.id == scope), NOT_ASKED)


def _verdict(granted: State, under: list[ItemLines], *, is_asked: bool, spare: bool) -> Tag:
    """Say in a word or two whether a scope earns its place. ``under`` holds the items asked for under it."""
    if granted is State.NOT_LOOKED_AT:
        return Tag("unseen", "Not looked at")
    if not is_asked:
        return NOT_ASKED
    if granted is State.NO:
        return Tag("stop", "Still arriving") if any(e.arrives for e in under) else Tag("info", "Switched off")
    if under and not any(entry.is_("declared") or entry.is_("held") for entry in under):
        return Tag("caution", "Never kept")
    return Tag("caution", "Unlocks more") if spare else Tag("ok", "In line")
