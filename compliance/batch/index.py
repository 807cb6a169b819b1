"""A page to find each school by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from compliance.batch.outcomes import Outcome

TEMPLATE = "batch-index.html.j2"
INDEX = "index.html"
WORDS = (("error", "error"), ("warning", "warning"), ("info", "note"))


@dataclass(frozen=True, slots=True)
class Link:
    """One document."""

    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """One school."""

    label: str
    numbers: str
    links: tuple[Link, ...]
    findings: str
    failure: str
    words: str
    """By which the page's filter knows it: ``failed``, ``error``, ``warning``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """What the template sees."""

    title: str
    school: str
    author: str
    date: str
    date_iso: str
    schools: tuple[SchoolLine, ...]
    failed: int


def index_view(outcomes: Iterable[Outcome], *, author: str, date: str, date_iso: str) -> IndexView:
    """Return the page of all ``outcomes``, by the name of the school."""
    lines = [
        _line(each) for each in sorted(outcomes, key=lambda each: (_label(each).casefold(), each.urn, each.school))
    ]
    return IndexView(
        title="Privacy reports",
        school=f"{len(lines):,} school{'' if len(lines) == 1 else 's'}",
        author=author,
        date=date,
        date_iso=date_iso,
        schools=tuple(lines),
        failed=sum(bool(line.failure) for line in lines),
    )


def _line(outcome: Outcome) -> SchoolLine:
    counts = [
        f"{outcome.findings[name]:,} {word}{'' if outcome.findings[name] == 1 else 's'}"
        for name, word in WORDS
        if outcome.findings.get(name)
    ]
    marks = ["failed"] if outcome.failure else [name for name, _ in WORDS if outcome.findings.get(name)]
    numbers = (f"URN {outcome.urn}" if outcome.urn else "", f"LAESTAB {outcome.laestab}" if outcome.laestab else "")
    return SchoolLine(
        label=_label(outcome),
        numbers=", ".join(filter(None, numbers)) or "No number given",
        links=tuple(Link(_text(name), quote(name)) for name in sorted(outcome.files)),
        findings=", ".join(counts) or "No open findings",
        failure=outcome.failure,
        words=" ".join(marks),
    )


def _text(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").upper()


def _label(outcome: Outcome) -> str:
    return outcome.label or outcome.school
