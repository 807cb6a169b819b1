"""The grid of data and purposes: which group of data serves which purpose, and how much care it needs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.reports.parts.activities import Activity
from compliance.reports.parts.levels import CLASS_TAGS, Tag
from compliance.reports.words import sentence

WIDTH = 700
MOST_COLUMNS = 8
"""Purposes beside each other; a grid of more is not drawn, and its table says it all."""
_NAMES, _HEAD, _ROW, _GAP, _LETTERS = 320, 26, 34, 3, 42
NOT_USED = Tag("no", "Not used")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridField:
    """One group of data under one purpose."""

    tag: Tag
    """How much care the data needs that serves the purpose; ``NOT_USED`` when none does."""
    x: int
    width: int
    mark: str
    """A short word that fits the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One group of data about one kind of people."""

    label: str
    lines: tuple[str, ...]
    """Its label in lines."""
    y: int
    fields: tuple[GridField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The whole grid."""

    width: int
    height: int
    row: int
    title: str
    """The same in words."""
    purposes: tuple[tuple[str, str, int], ...]
    """Letter, text, and the middle of its column."""
    rows: tuple[GridRow, ...]
    is_drawn: bool


_MARKS = {"plain": "Yes", "info": "Care", "treat": "Treat", "special": "Special", "unseen": "Yes ?", "no": ""}


def grid(told: Sequence[Activity]) -> Grid | None:
    """Return the grid of these activities; None when there are none."""
    purposes = {each.purpose.id: each.purpose for each in told}
    if not purposes:
        return None
    names = dict.fromkeys(f"{each.people}: {each.group}" for each in told)
    wide = (WIDTH - _NAMES) // len(purposes)
    rows = tuple(
        GridRow(
            label=name,
            lines=tuple(textwrap.wrap(name, _LETTERS, max_lines=2, placeholder=" …")),
            y=_HEAD + _ROW * number,
            fields=tuple(
                _field(_found(told, key, name), _NAMES + wide * column, wide - _GAP)
                for column, key in enumerate(purposes)
            ),
        )
        for number, name in enumerate(names)
    )
    letters = [chr(ord("A") + number) if number < 26 else str(number + 1) for number in range(len(purposes))]  # noqa: PLR2004 - letters of the alphabet
    used = ([letter for letter, it in zip(letters, row.fields, strict=True) if it.tag != NOT_USED] for row in rows)
    words = "; ".join(f"{row.label}: {', '.join(found)}" for row, found in zip(rows, used, strict=True))
    return Grid(
        width=WIDTH,
        height=_HEAD + _ROW * len(rows),
        row=_ROW - _GAP,
        title=f"Grid of data and purposes. {words}.",
        purposes=tuple(
            (letter, sentence(purpose.text), _NAMES + wide * number + wide // 2)
            for number, (letter, purpose) in enumerate(zip(letters, purposes.values(), strict=True))
        ),
        rows=rows,
        is_drawn=len(purposes) <= MOST_COLUMNS,
    )


def _found(told: Sequence[Activity], purpose: str, name: str) -> Activity | None:
    return next((each for each in told if each.purpose.id == purpose and f"{each.people}: {each.group}" == name), None)


def _field(found: Activity | None, x: int, width: int) -> GridField:
    tag = CLASS_TAGS[found.data_class] if found else NOT_USED
    return GridField(tag=tag, x=x, width=width, mark=_MARKS[tag.style])
