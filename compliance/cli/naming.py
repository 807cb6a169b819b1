"""Which documents somebody wants, and what their files are called."""
# ruff: noqa: PLC0415 - kinds of document are imported when one is wanted; most commands want none

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.cli.choosing import choose, named_paths
from compliance.model.audit import Audit
from compliance.reports.kinds import ReportKind

DEFAULT_KIND = "school-privacy"

_RESERVED = re.compile("con|prn|aux|nul|(com|lpt)[0-9]")
"""File names that Windows keeps for devices, whatever their ending."""
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One document that somebody wants."""

    kind: ReportKind
    ending: str
    """One of the kind's formats."""
    path: Path


def documents_in(folder: Path, audit: Audit, kind: ReportKind, endings: Sequence[str]) -> tuple[Wanted, ...]:
    """Name the documents of one school after it. No name of a school leads out of ``folder``."""
    granted = audit.declarations.authorisation
    name = slug(granted.school.name, granted.school.urn) if granted else "school"
    return tuple(Wanted(kind=kind, ending=ending, path=folder / f"{name}-{kind.name}.{ending}") for ending in endings)


def documents_at(addresses: Sequence[str]) -> tuple[Wanted, ...]:
    """Read where the school privacy report goes, such as ``html=report.html``. Raises ``UsageError``."""
    if not addresses:
        return ()
    from compliance.reports.registry import REPORT_KINDS

    kind = REPORT_KINDS[DEFAULT_KIND]
    return tuple(
        Wanted(kind=kind, ending=ending, path=path) for ending, path in named_paths("--report", addresses, kind.formats)
    )


def kind_and_rest(words: Sequence[str]) -> tuple[ReportKind, tuple[Path, ...]]:
    """Split ``[KIND] [PATHS]...``; without a kind it is the school privacy report. Raises ``UsageError``."""
    from compliance.reports.registry import REPORT_KINDS

    first, rest = (words[0], words[1:]) if words else ("", ())
    if not first or (first not in REPORT_KINDS and Path(first).exists()):
        return REPORT_KINDS[DEFAULT_KIND], tuple(map(Path, words)) or (Path(),)
    kind = choose(first, REPORT_KINDS, what="kind of document")
    return REPORT_KINDS[kind], tuple(map(Path, rest)) or (Path(),)


def endings_of(kind: ReportKind, text: str) -> tuple[str, ...]:
    """Read what a document is to be written as, such as ``html,pdf``. Raises ``UsageError``."""
    return tuple(choose(ending.strip(), kind.formats, what="format") for ending in text.split(","))


def slug(name: str, number: str = "") -> str:
    """Return ``name`` as a file name of lower-case ASCII letters, digits and hyphens, safe on every system.

    ``number`` tells schools apart whose name has no such letters.
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", ascii_only))[:_LONGEST].strip("-")
    if not words:
        return f"school-{slug(number)}" if number else "school"
    return f"school-{words}" if _RESERVED.fullmatch(words) else words
