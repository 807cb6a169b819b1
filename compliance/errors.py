"""What can stop an audit from being made.

A *finding* is about the data or the declarations; an *error* means that we could not look.

    ComplianceError                 every error carries a remedy
    ├── UsageError                  the command line asks for something that cannot be (exit 2)
    ├── DeclarationError            a declaration is unreadable or breaks its schema; holds every problem
    ├── SourceError                 a feed or a store cannot be read
    ├── FormError                   a form that a school handed in cannot be used
    ├── TemplateError               a document's template failed
    └── OutputError                 a file could not be written

No error ever quotes a value from a feed or a store: it names the file and the place.
"""

from __future__ import annotations

import copyreg
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from typing import Any

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file. Lines and columns count from 1; 0 means "the whole file"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as compilers do, so that editors and terminals can jump to it."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with one declaration."""

    place: Place
    """Where the offending value stands."""
    where: str
    """The value's path inside the declaration, such as ``scopes[2].requirement``."""
    message: str
    """What is wrong and what was expected."""
    hint: str = ""
    """What to write instead; empty when the message already says it."""

    def __str__(self) -> str:
        """Write the problem on one line, its hint after it."""
        at = f"{self.where}: " if self.where else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.place}: {at}{self.message}{hint}"


class ComplianceError(Exception):
    """The audit could not be made.

    ``message`` says what happened, ``hint`` what to do, ``place`` where (if it is in a file).
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it cross to another process: as a rule, errors are made anew of their message alone."""
        return copyreg.__newobj__, (type(self), self.message), self.__dict__  # type: ignore[attr-defined]  # unknown to typeshed

    def __str__(self) -> str:
        """Write place, message and remedy on one line."""
        at = f"{self.place}: " if self.place else ""
        return f"{at}{self.message} {self.hint}".rstrip()


class UsageError(ComplianceError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class DeclarationError(ComplianceError):
    """One or more declarations cannot be used; ``problems`` holds every one, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        super().__init__(
            f"{count} problem{'' if count == 1 else 's'} in the declarations.",
            hint="Put them right and run the command again.",
            place=problems[0].place if problems else None,
        )
        self.problems = problems


class SourceError(ComplianceError):
    """A feed or a store cannot be read."""

    @property
    def reason(self) -> str:
        """The message as the end of another sentence."""
        first, _, rest = self.message.removesuffix(".").partition(" ")
        return f"{first.lower() if first.istitle() else first} {rest}"


class FormError(ComplianceError):
    """A form that a school handed in cannot be used; nothing of it was taken."""


class TemplateError(ComplianceError):
    """A document's template failed."""


class OutputError(ComplianceError):
    """A file could not be written; nothing half-written was left behind."""


def place_in_program(error: Exception) -> str:
    """Return the innermost line of our own code that the error passed: all that may be said of its traceback."""
    own = [
        f"{path.relative_to(_PACKAGE.parent).as_posix()}:{line}"
        for path, line in ((Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__))
        if path.is_relative_to(_PACKAGE)
    ]
    return own[-1] if own else "an unknown place"
