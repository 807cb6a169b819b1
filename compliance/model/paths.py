r"""Field paths: the join key of everything.

``Students.PupilPremium`` is the field ``PupilPremium`` of the dataset ``Students``;
``pupil.extra.notes[].text`` is a key inside objects in an array inside a column.
A backslash protects ``.``, ``[``, ``]`` and ``\`` inside a name; ``\e`` is the empty name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

EACH = "[]"
"""The step from an array to its elements. It joins the name before it without a dot."""

_SPECIAL = re.compile(r"[.\[\]\\]")
_PIECE = re.compile(r"(?:\\.|[^.\[\]\\])+|\[\]|\.|.", re.DOTALL)


def escape(name: str) -> str:
    """Return ``name`` so that it can stand in a field path as one step."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], name) or r"\e"


def unescape(step: str) -> str:
    """Return the name that a step of a field path stands for."""
    return "" if step == r"\e" else re.sub(r"\\(.)", r"\1", step, flags=re.DOTALL)


def join(field: str, step: str) -> str:
    """Return the field text one step below ``field``; ``step`` is already escaped, or ``EACH``."""
    if step == EACH or not field:
        return field + step
    return f"{field}.{step}"


@dataclass(frozen=True, slots=True, order=True)
class FieldPath:
    """One field of one dataset.

    ``dataset`` is a plain name; ``field`` is the escaped text of the steps below it
    (``extra.notes[].text``), empty for the dataset itself.
    """

    dataset: str
    field: str = ""

    @classmethod
    def parse(cls, text: str) -> FieldPath:
        """Read a path from its text.

        Raises ``ValueError`` when a bracket or a dot stands where a name was expected.
        """
        steps = _steps(text)
        if not steps or steps[0] == EACH:
            message = f"{text!r} is not a field path: it must begin with the name of a dataset"
            raise ValueError(message)
        field = ""
        for step in steps[1:]:
            field = join(field, step)
        return cls(unescape(steps[0]), field)

    @classmethod
    def of(cls, dataset: str, *names: str) -> FieldPath:
        """Build a path from plain names; ``EACH`` stands for the elements of an array."""
        field = ""
        for name in names:
            field = join(field, name if name == EACH else escape(name))
        return cls(dataset, field)

    @property
    def column(self) -> str:
        """The first step below the dataset, as a plain name: the column of a table."""
        return unescape(_steps(self.field)[0]) if self.field else ""

    @property
    def parents(self) -> Iterator[FieldPath]:
        """Yield the fields that hold this one, the outermost first; the dataset is none of them."""
        field = ""
        for step in _steps(self.field)[:-1]:
            field = join(field, step)
            yield FieldPath(self.dataset, field)

    @property
    def leaf(self) -> str:
        """The last named step, as a plain name."""
        named = [step for step in _steps(self.field) if step != EACH]
        return unescape(named[-1]) if named else self.dataset

    @property
    def names(self) -> tuple[str, ...]:
        """The steps below the dataset as plain names; ``EACH`` stands for the elements of an array."""
        return tuple(step if step == EACH else unescape(step) for step in _steps(self.field))

    @property
    def is_nested(self) -> bool:
        """Whether the field stands below a column rather than in one."""
        return len(_steps(self.field)) > 1

    def __str__(self) -> str:
        """Write the path as declarations do."""
        return join(escape(self.dataset), self.field) if self.field else escape(self.dataset)


def steps_of(field: str) -> tuple[str, ...]:
    """Return the steps of a field text below its dataset, as they are written; none for the dataset itself."""
    return tuple(_steps(field))


def _steps(text: str) -> list[str]:
    """Split the text of a path into escaped names and ``EACH`` marks."""
    steps: list[str] = []
    name_expected = True
    for piece in _PIECE.findall(text):
        if piece == ".":
            if name_expected:
                raise ValueError(f"{text!r} is not a field path: a name is missing before a dot")
            name_expected = True
        elif piece == EACH:
            if not steps or name_expected:
                raise ValueError(f"{text!r} is not a field path: '[]' must follow a name")
            steps.append(EACH)
        elif piece in "[]\\":
            raise ValueError(f"{text!r} is not a field path: write \\{piece} for the sign itself")
        elif not name_expected:
            raise ValueError(f"{text!r} is not a field path: a dot is missing before {piece!r}")
        else:
            steps.append(piece)
            name_expected = False
    if name_expected and text:
        raise ValueError(f"{text!r} is not a field path: it ends with a dot")
    return steps
