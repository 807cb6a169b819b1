"""What is done with whose data, and why: purpose by purpose, people by people, group by group.

Every record, notice and annex speaks of these activities, so that none of them can tell another story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compliance.errors import Place
from compliance.model.audit import Audit
from compliance.model.declarations import NOWHERE, Purpose, Retention, Role
from compliance.model.ledger import LedgerLine
from compliance.model.vocabulary import DataClass, Subject
from compliance.reports.parts.companies import integrator_label
from compliance.reports.parts.items import ItemLines, items_of
from compliance.reports.parts.matrix import ORIGINS
from compliance.reports.parts.retention import limit_words
from compliance.reports.words import listed, sentence

NOT_STATED = "Not stated"
NO_PURPOSE = Purpose(id="", text="No purpose is declared")
"""Data that is there and that nobody gave a purpose: a record that left it out would be wrong."""

PEOPLE = {
    Subject.PUPIL: "Pupils",
    Subject.STAFF: "Staff",
    Subject.CONTACT: "Parents and carers",
    Subject.GROUP: "Pupils and staff, by class",
}
"""Whom data can be about, in the order in which documents list them. What is about the school alone is left out."""
PLACES_SHOWN = 2
NOT_KEPT = "Not kept: it arrives, and nothing of it is declared or was found"
UNKNOWN_PEOPLE = "Not known: nobody described the fields"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One purpose, one kind of people, one group of data items."""

    purpose: Purpose
    subject: Subject | None
    """None when neither the data item nor the dataset says it."""
    group: str
    """Label of the item group."""
    items: tuple[ItemLines, ...]
    lines: tuple[LedgerLine, ...]
    """The lines of its items that serve the purpose."""
    sources: tuple[str, ...]
    limits: tuple[Retention, ...]

    @property
    def people(self) -> str:
        """Whom it is about."""
        return PEOPLE[self.subject] if self.subject else UNKNOWN_PEOPLE

    @property
    def labels(self) -> str:
        """Names of its data items."""
        return ", ".join(entry.label for entry in self.items)

    @property
    def source(self) -> str:
        """Where it comes from."""
        return listed(self.sources) or NOT_STATED

    @property
    def data_class(self) -> DataClass | None:
        """The class that asks for most care; None when an item is in no class."""
        classes = [entry.data_class for entry in self.items]
        known = [data_class for data_class in classes if data_class]
        return max(known, key=lambda data_class: data_class.rank) if len(known) == len(classes) else None

    @property
    def is_special(self) -> bool:
        """Whether Article 9 or 10 speaks of any of it."""
        return any(entry.data_class in {DataClass.SPECIAL, DataClass.CRIMINAL} for entry in self.items)

    @property
    def kept(self) -> str:
        """How long it is kept, in words."""
        words = tuple(dict.fromkeys(limit_words(limit) for limit in self.limits))
        passing = {line.request.transient for line in self.lines if line.request and line.request.transient}
        used = (f"Not stored: {sentence(text)}" for text in sorted(passing))
        stored = any(line.declared.yes or line.held.yes for line in self.lines)
        return "; ".join((*words, *used)) or ("No time limit is declared" if stored else NOT_KEPT)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where its purpose and its fields are declared."""
        declared = (line.stored.place if line.stored else line.request.place if line.request else NOWHERE
                    for line in self.lines)  # fmt: skip
        return tuple(dict.fromkeys(place for place in (self.purpose.place, *declared) if place.file))

    @property
    def trace(self) -> str:
        """Where to look it up: the purpose, then the first field and how many more there are."""
        return trace_of(self.places)


def trace_of(places: Iterable[Place]) -> str:
    """Name the first two places, and say how many more there are."""
    different = tuple(dict.fromkeys(places))
    more = len(different) - PLACES_SHOWN
    return "; ".join(map(str, different[:PLACES_SHOWN])) + (f" and {more} more" if more > 0 else "")


_Key = tuple[str, Subject | None, str]
"""Purpose, people, item group."""


def activities(audit: Audit) -> tuple[Activity, ...]:
    """Return what is done with this school's data, in the order of the permission set and the vocabulary.

    What the school switched off and nobody found is not done; what was found without a purpose is.
    """
    purposes = {**_purposes(audit), NO_PURPOSE.id: NO_PURPOSE}
    found: dict[_Key, list[tuple[ItemLines, LedgerLine]]] = {}
    for entry in items_of(audit):
        subject = entry.item.subject if entry.item else _subject_of_dataset(audit, entry.lines[0])
        for line in entry.lines if subject in {*PEOPLE, None} else ():
            for purpose in _purposes_of(line) if _is_done(line) else ():
                found.setdefault((purpose, subject, entry.group), []).append((entry, line))
    order, people = list(purposes), [*PEOPLE, None]
    keys = sorted(found, key=lambda key: (order.index(key[0]) if key[0] in order else len(order), people.index(key[1])))
    return tuple(_activity(audit, purposes, key, found[key]) for key in keys)


def purposes_own(audit: Audit) -> tuple[Purpose, ...]:
    """Return the purposes for which the supplier says that it decides, alone or with others."""
    return tuple(purpose for purpose in _purposes(audit).values() if is_own(purpose))


def is_own(purpose: Purpose) -> bool:
    """Whether the supplier is a controller for it: a fact of each purpose, not of the product (Article 28(10))."""
    return purpose.role in {Role.CONTROLLER, Role.JOINT_CONTROLLER}


def _activity(
    audit: Audit,
    purposes: dict[str, Purpose],
    key: _Key,
    found: list[tuple[ItemLines, LedgerLine]],
) -> Activity:
    purpose, subject, group = key
    lines = tuple(line for _, line in found)
    return Activity(
        purpose=purposes.get(purpose) or Purpose(id=purpose, text=f"{purpose}, which the permission set does not name"),
        subject=subject,
        group=group,
        items=tuple({id(entry): entry for entry, _ in found}.values()),
        lines=lines,
        sources=tuple(dict.fromkeys(_sources(audit, lines))),
        limits=tuple({limit.id: limit for line in lines if line.stored and (limit := line.stored.retention)}.values()),
    )


def _purposes(audit: Audit) -> dict[str, Purpose]:
    asked = audit.declarations.permission_set
    return dict(asked.purposes) if asked else {}


def _subject_of_dataset(audit: Audit, line: LedgerLine) -> Subject | None:
    stored = audit.declarations.stored_fields
    declared = stored.datasets if stored else ()
    return next((d.subject for d in declared if line.stored_path and d.name == line.stored_path.dataset), None)


def _is_done(line: LedgerLine) -> bool:
    there = line.held.yes or bool(line.received.yes and line.received.profile and line.received.profile.filled)
    return there or ((line.declared.yes or line.asked.yes) and not line.granted.no)


def _purposes_of(line: LedgerLine) -> tuple[str, ...]:
    stored = line.stored.purposes if line.stored else ()
    asked = line.request.purposes if line.request and not stored else ()
    return stored or asked or (NO_PURPOSE.id,)


def _sources(audit: Audit, lines: tuple[LedgerLine, ...]) -> Iterator[str]:
    for line in lines:
        if line.source_path:
            yield f"the school's records system, through {integrator_label(audit)}"
        elif line.stored and line.stored.source in ORIGINS:
            yield ORIGINS[line.stored.source].rstrip(".").lower()
