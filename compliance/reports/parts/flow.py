"""The figure of where data goes: school system, integrator, app and the companies behind it, left to right."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from compliance.model.audit import Audit
from compliance.reports.parts.companies import Company, app_label, companies, integrator_label
from compliance.reports.parts.items import ItemLines
from compliance.reports.parts.people import WORDS, people_received
from compliance.reports.words import counted, inside, listed

WIDTH = 700
_LANES = ((1, 136), (187, 126), (371, 136), (539, 160))
"""Left edge and width of the four lanes."""
_LINE, _PAD, _GAP, _LEAST_HEIGHT, _NEARLY_LEVEL = 17, 14, 16, 96, 3
_HEAD_LETTERS, _TEXT_LETTERS = 0.125, 0.137
"""Letters that fit a unit of width, in headings and in text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A party in the figure."""

    x: int
    y: int
    width: int
    height: int
    head: tuple[str, ...]
    text: tuple[str, ...]
    style: str

    @property
    def middle(self) -> int:
        """Its middle from left to right."""
        return self.x + self.width // 2

    @property
    def lines(self) -> Iterator[tuple[int, str, bool]]:
        """Yield height, words and whether they are its heading, for each line of text."""
        top = self.y + _PAD + 9
        for number, words in enumerate((*self.head, *self.text)):
            yield top + number * _LINE, words, number < len(self.head)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A path from one party to another."""

    path: str
    tip: str
    style: str
    words: tuple[str, ...] = ()
    """Above and below it."""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The whole figure."""

    width: int
    height: int
    title: str
    """The same facts in words, for those who do not see it."""
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def flow(audit: Audit, items: tuple[ItemLines, ...]) -> Flow:
    """Draw where the data goes."""
    others = [company for company in companies(audit)[1:] if integrator_label(audit).split()[0] not in company.name]
    stack = _stack(others)
    height = max(stack[-1].y + stack[-1].height + 1 if stack else 0, _LEAST_HEIGHT)
    behind = _lowered(stack, height)
    received = sum(entry.arrives for entry in items)
    arriving = counted(received, "item") if audit.feed else "not looked at"
    people = [f"{count:,} {inside(WORDS[subject])}" for subject, count in people_received(audit).items()]
    system = _centred(0, height, "School system", people or ["the school's records"], "plain")
    integrator = _centred(1, height, integrator_label(audit), ["the scopes that", "are authorised"], "plain")
    app = _centred(2, height, app_label(audit), ["the supplier"], "app")
    return Flow(
        width=WIDTH,
        height=height,
        title=_title(audit, arriving, others),
        boxes=(system, integrator, app, *behind),
        arrows=(
            _straight(system, integrator, ()),
            _straight(integrator, app, tuple(arriving.split()) if audit.feed else ()),
            *(_elbow(app, box) for box in behind),
        ),
    )


def _title(audit: Audit, arriving: str, others: list[Company]) -> str:
    on = listed(f"{company.name} ({company.where})" for company in others)
    passes = f", which passes data on to {on}" if on else ""
    return (
        f"Flow of data. The school system hands data ({arriving}) through {integrator_label(audit)} "
        f"to {app_label(audit)}{passes}."
    )


def _stack(others: list[Company]) -> list[Box]:
    boxes: list[Box] = []
    y = 1
    for company in others:
        box = _box(3, y, company.name, [company.where], "abroad" if company.is_abroad else "plain")
        boxes.append(box)
        y += box.height + _GAP
    return boxes


def _lowered(stack: list[Box], height: int) -> list[Box]:
    """Move a stack of boxes to the middle of the figure."""
    down = (height - stack[-1].y - stack[-1].height) // 2 if stack else 0
    return [replace(box, y=box.y + down) for box in stack]


def _centred(lane: int, height: int, head: str, text: list[str], style: str) -> Box:
    box = _box(lane, 0, head, text, style)
    return _box(lane, (height - box.height) // 2, head, text, style)


def _box(lane: int, y: int, head: str, text: list[str], style: str) -> Box:
    x, width = _LANES[lane]
    heads = tuple(textwrap.wrap(head, int(width * _HEAD_LETTERS)))
    texts = tuple(line for part in text for line in textwrap.wrap(part, int(width * _TEXT_LETTERS)))
    height = 2 * _PAD + _LINE * (len(heads) + len(texts)) - 6
    return Box(x=x, y=y, width=width, height=height, head=heads, text=texts, style=style)


def _straight(one: Box, other: Box, words: tuple[str, ...]) -> Arrow:
    start, end, y = one.x + one.width, other.x, one.y + one.height // 2
    return Arrow(
        path=f"M{start} {y}H{end - 8}",
        tip=_tip(end, y),
        style="plain",
        words=words,
        x=(start + end - 8) // 2,
        y=y - 9,
    )


def _elbow(one: Box, other: Box) -> Arrow:
    start, middle = one.x + one.width, one.y + one.height // 2
    end, y = other.x, other.y + other.height // 2
    if abs(middle - y) <= _NEARLY_LEVEL:
        return Arrow(path=f"M{start} {middle}H{end - 8}", tip=_tip(end, middle), style=other.style)
    return Arrow(path=f"M{start} {middle}H{start + 8}V{y}H{end - 8}", tip=_tip(end, y), style=other.style)


def _tip(x: int, y: int) -> str:
    return f"M{x} {y}l-9 -4.5v9z"
