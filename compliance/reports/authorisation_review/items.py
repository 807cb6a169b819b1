"""The items to decide, each with its reason, what is lost without it, and what becomes of what is held of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from compliance.model.asked import asked_fields
from compliance.model.audit import Audit
from compliance.model.declarations import Declarations, PermissionSet
from compliance.model.ledger import LedgerLine, State
from compliance.model.periods import Period, add
from compliance.reports.authorisation_review.changes import PlainChange, Sort, sort_of
from compliance.reports.authorisation_review.offer import Offer, OfferedItem
from compliance.reports.parts.levels import CLASS_TAGS, Tag
from compliance.reports.parts.reasons import REQUIRED, doubt_about
from compliance.reports.words import day, sentence

CHANGE_TAGS = {
    Sort.ADDED: Tag("caution", "New"),
    Sort.NEEDED: Tag("caution", "Now required"),
    Sort.OTHERWISE: Tag("info", "Changed"),
    Sort.FREED: Tag("ok", "Now optional"),
    Sort.LESS: Tag("ok", "Less"),
    Sort.REMOVED: Tag("ok", "Dropped"),
    Sort.NEUTRAL: Tag("info", "Reads otherwise"),
}
SHARED = {
    State.YES: Tag("yes", "You share it now"),
    State.NO: Tag("no", "You do not share it"),
    State.NOT_LOOKED_AT: Tag("unseen", "Not known if you share it"),
    State.CANNOT_TELL: Tag("unsure", "Not known if you share it"),
}
_STRONGEST = (State.YES, State.CANNOT_TELL, State.NOT_LOOKED_AT, State.NO)
HOLD = "It stays, under the legal hold that you recorded."


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One question of the form."""

    key: str
    label: str
    kind: Tag
    """How much care it needs."""
    required: Tag
    reason: str
    doubt: str
    """How the integrator's own documents contradict one another about it; empty when they do not."""
    without: str
    """What the supplier says is lost without it."""
    held: str
    """What becomes of what is held of it if it is declined."""
    change: Tag | None
    """What changed about it since the authorised version; None when nothing did, or nobody could compare."""
    shared: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """The questions about one item group."""

    label: str
    rows: tuple[ItemRow, ...]


def item_groups(audit: Audit, offer: Offer, changes: tuple[PlainChange, ...]) -> tuple[ItemGroup, ...]:
    """Return the questions by item group."""
    labels = dict.fromkeys(item.group for item in offer.items)
    return tuple(
        ItemGroup(label=label, rows=tuple(_row(audit, item, changes) for item in offer.items if item.group == label))
        for label in labels
    )


def _row(audit: Audit, item: OfferedItem, changes: tuple[PlainChange, ...]) -> ItemRow:
    asked = audit.declarations.permission_set
    lines = lines_of(audit, item)
    classes = [line.data_class for line in lines if line.data_class]
    sort = sort_of(item.fields, changes)
    return ItemRow(
        key=item.key,
        label=item.label,
        kind=CLASS_TAGS[max(classes, key=lambda data_class: data_class.rank, default=None)],
        required=REQUIRED[item.required],
        reason=_reason(audit.declarations, asked, item) if asked else "",
        doubt=doubt_about(audit, item.fields),
        without=_without(asked, item) if asked else "",
        held=what_becomes_of(audit, item, lines),
        change=CHANGE_TAGS[sort] if sort else None,
        shared=SHARED[strongest({line.granted.state for line in lines})],
    )


def lines_of(audit: Audit, item: OfferedItem) -> tuple[LedgerLine, ...]:
    """Return the lines of the ledger that are about an item; of a whole scope, those that it alone unlocks."""
    if item.fields:
        return tuple(line for line in audit.ledger if line.source_path in item.fields)
    return tuple(line for line in audit.ledger if line.scopes == item.scopes)


def strongest(states: set[State]) -> State:
    """Return yes when any says so, and no only when all do and there is one."""
    return next((state for state in _STRONGEST if state in states), State.NOT_LOOKED_AT)


def _reason(given: Declarations, asked: PermissionSet, item: OfferedItem) -> str:
    """Return the supplier's reasons: those of its fields, else those of its scopes."""
    own = [each.field.reason for each in asked_fields(given, asked) if each.path in item.fields and each.field.reason]
    of_scopes = [scope.reason for scope in asked.scopes if scope.id in item.scopes and scope.reason]
    return " ".join(dict.fromkeys(map(sentence, own or of_scopes))) or "No reason is given."


def _without(asked: PermissionSet, item: OfferedItem) -> str:
    if item.required:
        return "The app does not work without it, the supplier says."
    optional = [scope for scope in asked.scopes if scope.id in item.scopes and scope.required is not True]
    effects = dict.fromkeys(sentence(scope.effect_if_withheld) for scope in optional if scope.effect_if_withheld)
    if effects:
        return " ".join(effects)
    if item.required is None:
        return "The supplier does not say whether the app needs it."
    return "The app works without it. The supplier does not say what is lost."


def what_becomes_of(audit: Audit, item: OfferedItem, lines: tuple[LedgerLine, ...]) -> str:
    """Say what is held of an item and what becomes of it, if the school declines it on the day of the audit."""
    authorised = audit.declarations.authorisation
    holds = set(authorised.holds) if authorised else set()
    if any(not {str(line.source_path), str(line.stored_path)}.isdisjoint(holds) for line in lines):
        return HOLD
    held, declared = (strongest({getattr(line, column).state for line in lines}) for column in ("held", "declared"))
    if held is State.NO:
        return "Nothing is kept of it."
    declined = _declined_on(audit, item, lines)
    if held is State.YES and declined:
        latest = _latest(audit, declined)
        was = "was" if latest < audit.at.date() else "is"
        return f"It is kept now. You declined it on {day(declined)}, and it {was} to be erased by {day(latest)}."
    gone = f"to be erased {erased_by(audit)} if you decline it today"
    if held is State.YES:
        return f"It is kept now, {gone}."
    looked = "Nobody looked" if held is State.NOT_LOOKED_AT else "Nobody could tell"
    if declared is State.YES:
        return f"The supplier says that it keeps it, {gone}. {looked}."
    if declared is State.NO:
        return f"The supplier does not say that it keeps it. {looked}."
    return f"{looked} whether it is kept. If it is, it is {gone}."


def _declined_on(audit: Audit, item: OfferedItem, lines: tuple[LedgerLine, ...]) -> dt.date | None:
    """Return the day on which the school declined the item, when it did and its no still stands."""
    authorised = audit.declarations.authorisation
    if authorised is None or any(line.granted.yes for line in lines):
        return None
    ids = {*item.scopes, *map(str, item.fields)}
    said = (*authorised.declined_scopes, *authorised.declined_fields)
    return max((declined.on for declined in said if declined.on and declined.id in ids), default=None)


def what_becomes_of_dropped(lines: tuple[LedgerLine, ...]) -> str:
    """Say what is held of what is no longer asked for."""
    held, declared = (strongest({getattr(line, column).state for line in lines}) for column in ("held", "declared"))
    ends = [line.stored.deprecated_from for line in lines if line.stored and line.stored.deprecated_from]
    if held is State.NO or (held is not State.YES and declared is State.NO):
        return "Nothing is known to be kept of it."
    if ends:
        return f"It is to be gone by {day(max(ends))}."
    return "It is still kept. Ask by when it will be erased." if held is State.YES else "Ask whether it is still kept."


def erased_by(audit: Audit) -> str:
    """Say by when the supplier has to have erased what the school declines on the day of the audit."""
    latest = _latest(audit, audit.at.date())
    return "at once" if latest <= audit.at.date() else f"by {day(latest)}"


def _latest(audit: Audit, declined: dt.date) -> dt.date:
    """Return the last day on which something may be held that was declined on that day."""
    authorised = audit.declarations.authorisation
    return add(declined, Period.parse(authorised.withdrawal_grace if authorised else "P0D"))
