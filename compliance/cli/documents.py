"""Documents for people: rendered, judged by the rules about documents, and written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path

import typer

from compliance.cli.choosing import choose
from compliance.cli.errors import say
from compliance.cli.writing import write_bytes, write_text
from compliance.formats import json
from compliance.formats.words import remedy
from compliance.model.audit import Audit
from compliance.model.findings import Finding
from compliance.pipeline import judge_document
from compliance.reports.kinds import ReportKind
from compliance.reports.pdf import PdfUnavailable, attached_json, render_pdf
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html

_RESERVED = re.compile("con|prn|aux|nul|(com|lpt)[0-9]")
"""File names that Windows keeps for devices, whatever their ending."""
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One document that somebody wants."""

    kind: ReportKind
    ending: str
    """``html`` or ``pdf``."""
    path: Path


def write_documents(audit: Audit, wanted: Sequence[Wanted]) -> tuple[Path, ...]:
    """Write every document that is wanted and return the paths of those that were written.

    Without Pango there is no PDF: that is an error only where a PDF alone is wanted, otherwise it is said.
    A document against which a rule speaks is withheld: that ends the command with exit code 1.
    Raises ``PdfUnavailable``, ``TemplateError`` or ``OutputError``.
    """
    written: list[Path] = []
    lacking: PdfUnavailable | None = None
    for kind, group in groupby(wanted, key=lambda document: document.kind):
        data = json.render(audit)
        html = render_html(audit, kind, json_text=data)
        _withhold(kind, [finding for finding in judge_document(audit, words_of(html)) if finding.is_open])
        for document in group:
            try:
                if document.ending == "html":
                    write_text(document.path, html)
                else:
                    write_bytes(document.path, render_pdf(html, attachments=[attached_json(audit, data)]))
            except PdfUnavailable as error:
                lacking = error
            else:
                written.append(document.path)
    if lacking and not written:
        raise lacking
    if lacking:
        say(str(lacking))
    return tuple(written)


def _withhold(kind: ReportKind, findings: Sequence[Finding]) -> None:
    if findings:
        say(
            f"{kind.title}: not written.",
            *(f"{finding.rule.id} {finding.hit.message} {remedy(finding)}" for finding in findings),
        )
        raise typer.Exit(1)


def words_of(html: str) -> str:
    """Return what a reader sees of an HTML document: its text, without styles, scripts and markup."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(reader.words)


class _Reader(HTMLParser):
    """Collects the text of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep text that is no style and no script."""
        if self.cdata_elem is None and data.strip():
            self.words.append(data.strip())


def documents_in(folder: Path, audit: Audit, kind: ReportKind, endings: Sequence[str]) -> tuple[Wanted, ...]:
    """Name the documents of one school after it. No name of a school leads out of ``folder``."""
    granted = audit.declarations.authorisation
    name = slug(granted.school.name, granted.school.urn) if granted else "school"
    return tuple(Wanted(kind=kind, ending=ending, path=folder / f"{name}-{kind.name}.{ending}") for ending in endings)


def kind_and_rest(words: Sequence[str]) -> tuple[ReportKind, tuple[Path, ...]]:
    """Split ``[KIND] [PATHS]...``; without a kind it is the school privacy report. Raises ``UsageError``."""
    first, rest = (words[0], words[1:]) if words else ("", ())
    if not first or (first not in REPORT_KINDS and Path(first).exists()):
        return REPORT_KINDS["school-privacy"], tuple(map(Path, words)) or (Path(),)
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
