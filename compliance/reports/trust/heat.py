"""The heat map: schools down, checks across. A word stands in every field, so that no colour is needed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.reports.parts.levels import Level
from compliance.reports.trust.schools import SchoolLine

WIDTH = 1000
ON_ONE_PAGE = 11
"""Schools in one figure: a figure does not part over pages."""
_NAMES, _HEAD, _ROW, _GAP = 256, 62, 36, 3
_LETTERS_OF_NAME, _LETTERS_OF_HEAD, _LINES_OF_NAME = 30, 12, 2
_WORDS = {Level.OK: "Good", Level.UNSEEN: "Unseen", Level.CAUTION: "Check", Level.STOP: "Act"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One school under one check."""

    x: int
    width: int
    style: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One school."""

    name: str
    names: tuple[str, ...]
    """Its name in lines, cut short where there is no room."""
    y: int
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """One figure."""

    width: int
    height: int
    row: int
    title: str
    """The same in words."""
    heads: tuple[tuple[int, tuple[str, ...]], ...]
    """Middle of a column, and the lines of its heading."""
    rows: tuple[HeatRow, ...]


def heat_maps(lines: Sequence[SchoolLine]) -> tuple[HeatMap, ...]:
    """Draw all schools, some to a figure."""
    return tuple(_figure(lines[at : at + ON_ONE_PAGE]) for at in range(0, len(lines), ON_ONE_PAGE))


def _figure(lines: Sequence[SchoolLine]) -> HeatMap:
    names = [check.name for check in lines[0].checks]
    wide = (WIDTH - _NAMES) // len(names)
    counts = "; ".join(
        f"{line.name}: " + ", ".join(f"{check.name} {_WORDS[check.level].lower()}" for check in line.checks)
        for line in lines
    )
    return HeatMap(
        width=WIDTH,
        height=_HEAD + _ROW * len(lines),
        row=_ROW - _GAP,
        title=f"Heat map of schools and checks. {counts}.",
        heads=tuple(
            (_NAMES + wide * number + wide // 2, tuple(textwrap.wrap(name, _LETTERS_OF_HEAD)[:4]))
            for number, name in enumerate(names)
        ),
        rows=tuple(
            HeatRow(
                name=line.name,
                names=tuple(textwrap.wrap(line.name, _LETTERS_OF_NAME, max_lines=_LINES_OF_NAME, placeholder=" …")),
                y=_HEAD + _ROW * number,
                fields=tuple(
                    Field(
                        x=_NAMES + wide * column, width=wide - _GAP, style=check.level.value, word=_WORDS[check.level]
                    )
                    for column, check in enumerate(line.checks)
                ),
            )
            for number, line in enumerate(lines)
        ),
    )
