"""Where what is declared and what is there part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.ledger import LedgerLine
from compliance.reports.parts.items import ItemLines, items_of
from compliance.reports.parts.levels import Tag
from compliance.reports.words import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One data item that is not as declared."""

    label: str
    what: Tag
    where: str
    """The declarations or datasets to look at."""


UNDECLARED = Tag("stop", "Kept, not declared")
UNAUTHORISED = Tag("stop", "Came, not authorised")
SWITCHED_OFF = Tag("stop", "Switched off, still kept")
ABSENT = Tag("info", "Declared, not found")


def drift(audit: Audit) -> tuple[Drift, ...]:
    """Return every data item of which declaration and data disagree, the most serious first."""
    order = [UNDECLARED, UNAUTHORISED, SWITCHED_OFF, ABSENT]
    found = [(tag, entry) for entry in items_of(audit) for tag in order if _is(entry, tag)]
    return tuple(
        Drift(label=entry.label, what=tag, where=_where(entry, tag))
        for tag, entry in sorted(found, key=lambda pair: order.index(pair[0]))
    )


def agreement(entries: tuple[ItemLines, ...], audit: Audit) -> str:
    """Say of some data items whether declaration and data agree."""
    if audit.store is None:
        return "Not looked at"
    tags = [tag.word for tag in (UNDECLARED, UNAUTHORISED, SWITCHED_OFF, ABSENT) if any(_is(e, tag) for e in entries)]
    return "; ".join(tags) or "As declared"


def _is(entry: ItemLines, tag: Tag) -> bool:
    return any(tag in _tags(line) for line in entry.lines)


def _tags(line: LedgerLine) -> Iterator[Tag]:
    if line.declared.no and line.held.yes:
        yield UNDECLARED
    if line.granted.no and line.received.yes:
        yield UNAUTHORISED
    if line.source_path and line.granted.no and line.held.yes:
        yield SWITCHED_OFF
    if line.declared.yes and line.held.no and not line.granted.no:
        yield ABSENT


def _where(entry: ItemLines, tag: Tag) -> str:
    paths = (line.source_path if tag is UNAUTHORISED else line.stored_path for line in entry.lines)
    declared = (str(line.stored.place) for line in entry.lines if line.stored and line.stored.place.file)
    return listed(dict.fromkeys([*(str(path) for path in paths if path), *declared]))
