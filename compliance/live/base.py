"""What every live pull is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from compliance.model.paths import FieldPath

if TYPE_CHECKING:
    from compliance.live.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What is asked of one integrator about one school."""

    school: str
    """The number by which the integrator knows the school."""
    relying_party: str
    """The app as the integrator knows it."""
    fields: frozenset[FieldPath] = frozenset()
    """Fields that the permission set names."""
    options: tuple[str, ...] = ()
    """Pull-time options of the permission set."""
    secret: str = field(repr=False)
    """What proves that it is the app. It goes to the integrator and nowhere else."""

    @property
    def datasets(self) -> frozenset[str]:
        """Datasets that the permission set names."""
        return frozenset(path.dataset for path in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers by which an integrator knows schools."""

    pattern: str
    """What the whole of one looks like."""
    label: str
    """What it is called."""
    hint: str
    """How to give one."""

    def matches(self, text: str) -> bool:
        """Whether ``text`` is one."""
        return bool(re.fullmatch(self.pattern, text, re.ASCII))


LAESTAB = Numbers(
    pattern=r"\d{7}", label="its LAESTAB", hint="Give its seven digits, or an authorisation that has them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much. Requests go out one at a time."""

    silent_for: float = 60.0
    """Seconds in which a connection must be made and every further piece must come."""
    answer_within: float = 600.0
    """Seconds in which one answer must have come whole."""
    answer_size: int = 64 * 2**20
    """Bytes of one answer, unpacked."""
    attempts: int = 5
    """How often one answer is asked for before the pull fails."""
    pause: float = 1.0
    """Seconds before the second attempt; each further pause is twice as long."""
    longest_pause: float = 120.0
    """Seconds that a server may ask us to wait."""
    pages: int = 10_000
    """Pages of one endpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One whole answer. Its bytes are personal data: they are profiled, and kept only where somebody asks for it."""

    name: str
    """Display name, which is also the name of the file in which it would be kept."""
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """A dataset for which no endpoint is known."""

    dataset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """An option of the permission set of which it is not known which endpoint takes it."""

    option: str


class Client(Protocol):
    """How one integrator is asked."""

    @property
    def hosts(self) -> Mapping[str, str]:
        """Address of each server that is asked, by its part in the pull: nobody else is spoken to."""

    @property
    def schools(self) -> Numbers:
        """By which numbers the integrator knows schools."""

    def answers(self, connection: Connection, pull: Pull) -> Iterator[Answer | Unasked | Unsent]:
        """Yield every answer of one pull. Raises ``SourceError`` when they are not the whole of what was asked for."""
