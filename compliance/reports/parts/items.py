"""The ledger by data item: what readers know is an item, such as date of birth, not the fields that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.inventory import FieldProfile
from compliance.model.ledger import Ledger, LedgerLine, State
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem, Vocabulary

NO_GROUP = "Not yet described"
"""Heading of the fields that nobody tied to a data item."""

_STRONGEST_FIRST = (State.YES, State.CANNOT_TELL, State.NOT_LOOKED_AT, State.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLines:
    """One data item and every line of the ledger that is about it; or one field that nobody described."""

    item: DataItem | None
    group: str
    """Label of its item group."""
    lines: tuple[LedgerLine, ...]

    @property
    def label(self) -> str:
        """Its plain name; a field without one is named by its path."""
        return self.item.label if self.item else f"Undescribed field {self.lines[0].path}"

    @property
    def data_class(self) -> DataClass | None:
        """The class that asks for most care among its lines."""
        classes = [line.data_class for line in self.lines if line.data_class]
        return max(classes, key=lambda data_class: data_class.rank, default=None)

    @property
    def needs_care(self) -> bool:
        """Whether it needs more care than ordinary data, or nobody has said."""
        return self.data_class is None or self.data_class.rank >= DataClass.SENSITIVE.rank

    def state(self, column: str) -> State:
        """Return what the column says of the item: yes when any line says so, and no only when all do."""
        states = {getattr(line, column).state for line in self.lines}
        return next(state for state in _STRONGEST_FIRST if state in states)

    def is_(self, column: str) -> bool:
        """Whether the column says yes."""
        return self.state(column) is State.YES

    @property
    def arrives(self) -> bool:
        """Whether it came with something in it: a field that is sent and empty in every row tells nothing yet."""
        return any(line.received.yes and line.received.profile and line.received.profile.filled for line in self.lines)

    @property
    def is_used(self) -> bool:
        """Whether it is asked for, arrives, is declared or is held, and not merely unlocked."""
        return self.arrives or any(self.is_(column) for column in ("asked", "declared", "held"))

    @property
    def is_spare(self) -> bool:
        """Whether a scope hands it over although nobody asked for it."""
        return self.is_("unlocked") and not self.is_("asked")

    @property
    def comes_without_reason(self) -> bool:
        """Whether the app has it from the school's system and gives no reason for it."""
        gives_one = any((line.request and line.request.reason) or
                        (line.requested_scope and line.requested_scope.reason) for line in self.lines)  # fmt: skip
        return (self.arrives or self.is_("held")) and any(line.source_path for line in self.lines) and not gives_one

    @property
    def is_off_and_held(self) -> bool:
        """Whether the school does not grant it and it is held all the same."""
        return any(line.source_path and line.granted.no and line.held.yes for line in self.lines)

    @property
    def fields_held(self) -> Iterator[tuple[FieldPath, FieldProfile]]:
        """Yield the stored fields that hold it, with their profiles."""
        held = {line.stored_path: line.held.profile for line in self.lines if line.held.yes}
        return ((path, profile) for path, profile in held.items() if path and profile)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that unlock it."""
        return tuple(dict.fromkeys(scope for line in self.lines for scope in line.scopes))


def by_item(ledger: Ledger, vocabulary: Vocabulary) -> tuple[ItemLines, ...]:
    """Return the ledger by data item, in the order of the vocabulary; fields without an item come last.

    Technical fields say nothing about a person and are left out.
    """
    lines: dict[str, list[LedgerLine]] = {}
    for line in ledger:
        if not is_technical(line):
            lines.setdefault(line.item.id if line.item else f"\0{line.path}", []).append(line)
    groups, items = list(vocabulary.groups), list(vocabulary.items)

    def place(entry: ItemLines) -> tuple[int, int, str]:
        if entry.item is None:
            return len(groups), 0, entry.label
        known = entry.item.group in vocabulary.groups
        return groups.index(entry.item.group) if known else len(groups), items.index(entry.item.id), entry.label

    return tuple(sorted((_entry(found, vocabulary) for found in lines.values()), key=place))


def is_technical(line: LedgerLine) -> bool:
    """Whether a field says nothing about a person."""
    return line.data_class is DataClass.NOT_PERSONAL or bool(line.stored and line.stored.not_personal)


def items_of(audit: Audit) -> tuple[ItemLines, ...]:
    """Return the audit's ledger by data item."""
    return by_item(audit.ledger, audit.declarations.vocabulary)


def _entry(lines: list[LedgerLine], vocabulary: Vocabulary) -> ItemLines:
    item = lines[0].item
    group = vocabulary.groups.get(item.group, NO_GROUP) if item else NO_GROUP
    return ItemLines(item=item, group=group, lines=tuple(lines))
