"""Draws how time and memory grow with the number of pupils, as an SVG of shapes and words alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from benchmarks.figures import floor, together, wall
from benchmarks.subject import Measured

Line = list[tuple[float, float]]
_COLOURS = ("#1b6ca8", "#c2410c", "#15803d", "#7e22ce", "#525252", "#be123c")
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 340, 240, 60, 40, 90
_KEY_LINE = 18


def draw(measured: Sequence[Measured]) -> str:
    """Return two charts side by side, both axes logarithmic: seconds and megabytes against nested pupils."""
    nested = [row for row in measured if row.subject.shape.name == "nested" and row.runs and not row.skipped]
    base = floor([row for row in nested if row.subject == nested[0].subject]) if nested else None
    shown = [row for row in nested if row.side.role == "ours" or (base and row.side.name == base.side.name)]
    names = list(dict.fromkeys(row.side.name for row in shown))
    colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(names)}
    width = _LEFT + 2 * _WIDTH + _GAP + 30
    height = _TOP + _HEIGHT + 60 + _KEY_LINE * len(names)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
        '<g font-family="sans-serif" font-size="12" fill="#222">',
        "<title>Time and memory against the number of nested pupils</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_chart(_lines(shown, wall), colours, left=_LEFT, title="seconds (wall)"),
        *_chart(_lines(shown, together), colours, left=_LEFT + _WIDTH + _GAP, title="megabytes, all processes"),
        *_key(colours),
        "</g>",
        "</svg>\n",
    ]
    return "\n".join(parts)


def _lines(rows: Sequence[Measured], what: Callable[[Measured], float]) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for row in rows:
        lines.setdefault(row.side.name, []).append((row.subject.records, what(row)))
    return lines


def _chart(lines: Mapping[str, Line], colours: Mapping[str, str], *, left: int, title: str) -> Iterator[str]:
    points = [point for line in lines.values() for point in line]
    across, up = ([math.log10(point[axis]) for point in points] or [0.0] for axis in (0, 1))
    low, high = (math.floor(min(across)), math.ceil(max(across))), (math.floor(min(up)), math.ceil(max(up)))

    def x(value: float) -> float:
        return left + (math.log10(value) - low[0]) / max(low[1] - low[0], 1) * _WIDTH

    def y(value: float) -> float:
        return _TOP + _HEIGHT - (math.log10(value) - high[0]) / max(high[1] - high[0], 1) * _HEIGHT

    yield f'<text x="{left}" y="{_TOP - 16}" font-weight="bold">{title}</text>'
    for power in range(high[0], max(high[1], high[0] + 1) + 1):
        place = y(10.0**power)
        yield f'<path d="M{left} {place:.1f}h{_WIDTH}" stroke="#ddd"/>'
        yield f'<text x="{left - 6}" y="{place + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
    for power in range(low[0], max(low[1], low[0] + 1) + 1):
        place = x(10.0**power)
        yield f'<path d="M{place:.1f} {_TOP}v{_HEIGHT}" stroke="#eee"/>'
        yield f'<text x="{place:.1f}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{10**power:,}</text>'
    for name, line in lines.items():
        path = "L".join(f"{x(records):.1f} {y(value):.1f}" for records, value in sorted(line))
        yield f'<path d="M{path}" fill="none" stroke="{colours[name]}" stroke-width="2"/>'
        for records, value in line:
            yield f'<circle cx="{x(records):.1f}" cy="{y(value):.1f}" r="3.5" fill="{colours[name]}"/>'


def _key(colours: Mapping[str, str]) -> Iterator[str]:
    top = _TOP + _HEIGHT + 46
    for number, (name, colour) in enumerate(colours.items()):
        line = top + number * _KEY_LINE
        yield f'<rect x="{_LEFT}" y="{line - 9}" width="18" height="4" fill="{colour}"/>'
        yield f'<text x="{_LEFT + 26}" y="{line}">{escape(name)}</text>'
