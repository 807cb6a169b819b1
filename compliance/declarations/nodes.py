"""A value of a declaration that knows its file, its place and the way to it. Readers walk along these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from compliance.declarations.names import shown
from compliance.declarations.yaml_nodes import Mark, YamlList, YamlMapping
from compliance.errors import Place, Problem
from compliance.model.declarations import Listed
from compliance.model.paths import FieldPath

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a declaration.

    The methods that read a member trust that the schema has been asked before.
    """

    value: object
    file: str
    mark: Mark = (1, 1)
    where: str = ""
    """The way to it, such as ``scopes[2].fields[0].path``."""

    @classmethod
    def root(cls, value: YamlMapping, file: str) -> Node:
        """Return the top of a file; it stands where its first key stands."""
        return cls(value, file, min(value.key_marks.values(), default=(1, 1)))

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, *self.mark)

    def problem(self, message: str, hint: str = "") -> Problem:
        """Return the problem that ``message`` says this value has."""
        return Problem(place=self.place, where=self.where, message=message, hint=hint)

    def child(self, step: str | int) -> Node:
        """Return the member under a key, or the element at an index."""
        if isinstance(step, int):
            elements = cast("YamlList", self.value)
            return Node(elements[step], self.file, elements.marks[step], f"{self.where}[{step}]")
        members = cast("YamlMapping", self.value)
        return Node(members[step], self.file, members.value_marks[step], self._way(step))

    def key(self, name: str) -> Node:
        """Return the key ``name`` itself, as a value with its own place."""
        return Node(name, self.file, cast("YamlMapping", self.value).key_marks[name], self._way(name))

    def absent(self, name: str) -> Node:
        """Return what stands for the member ``name`` that is not there: it has the place of this value."""
        return Node(None, self.file, self.mark, self._way(name))

    def _way(self, name: str) -> str:
        """Return the way to the member ``name``, fit for one line."""
        return f"{self.where}.{shown(name)}" if self.where else shown(name)

    def get(self, name: str) -> Node | None:
        """Return the member ``name``, if it is there."""
        return self.child(name) if isinstance(self.value, YamlMapping) and name in self.value else None

    def elements(self) -> Iterator[Node]:
        """Yield the elements of a list; none of anything else, such as ``{none_confirmed: true}``."""
        return (self.child(index) for index in range(len(self.value) if isinstance(self.value, YamlList) else 0))

    def key_nodes(self) -> Iterator[Node]:
        """Yield the keys of a mapping."""
        return (self.key(name) for name in (self.value if isinstance(self.value, YamlMapping) else ()))

    def each(self, name: str) -> Iterator[Node]:
        """Yield the elements of the list ``name``; none when it is not there."""
        member = self.get(name)
        return member.elements() if member else iter(())

    def text(self, name: str, default: str = "") -> str:
        """Return the text ``name``."""
        member = self.get(name)
        return str(member.value) if member else default

    def text_or_none(self, name: str) -> str | None:
        """Return the text ``name``, or None when it is not there."""
        return self.text(name) or None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the list of texts ``name``; empty when it is not there."""
        return tuple(str(element.value) for element in self.each(name))

    def pairs(self, name: str) -> dict[str, str]:
        """Return the mapping of texts ``name``; empty when it is not there."""
        member = self.get(name)
        return {str(key.value): member.text(str(key.value)) for key in member.key_nodes()} if member else {}

    def flag(self, name: str) -> bool | None:
        """Return the boolean ``name``, or None when it is not there."""
        member = self.get(name)
        return bool(member.value) if member else None

    def count(self, name: str) -> int | None:
        """Return the whole number ``name``, or None when it is not there."""
        text = self.text_or_none(name)
        return int(float(text)) if text else None

    def date(self, name: str) -> dt.date | None:
        """Return the date ``name``, or None when it is not there."""
        text = self.text_or_none(name)
        return dt.date.fromisoformat(text) if text else None

    def path(self, name: str) -> FieldPath | None:
        """Return the field path ``name``, or None when it is not there."""
        text = self.text_or_none(name)
        return FieldPath.parse(text) if text else None

    def listed(self, name: str, read: Callable[[Node], T]) -> Listed[T]:
        """Return the list ``name``, knowing whether anybody filled it in."""
        member = self.get(name)
        if member is None:
            return Listed()
        return Listed(
            tuple(read(element) for element in member.elements()),
            none_confirmed=member.get("none_confirmed") is not None,
        )

    def listed_texts(self, name: str) -> Listed[str]:
        """Return the list of texts ``name``, knowing whether anybody filled it in."""
        return self.listed(name, lambda element: str(element.value))
