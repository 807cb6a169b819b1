"""Documents for people: rendered, judged by the rules about documents, and written."""
# ruff: noqa: PLC0415 - what makes documents is imported when one is wanted; most commands want none

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import groupby
from pathlib import Path

import typer

from compliance.cli.errors import say
from compliance.cli.naming import Wanted
from compliance.cli.writing import write_bytes
from compliance.formats import json
from compliance.formats.published import published
from compliance.formats.words import remedy
from compliance.model.audit import Audit
from compliance.model.findings import Finding
from compliance.pipeline import judge_document
from compliance.reports.kinds import ReportKind
from compliance.reports.look import OURS, Look


def write_documents(audit: Audit, wanted: Sequence[Wanted], look: Look = OURS) -> tuple[Path, ...]:
    """Write every document that is wanted of one school, as ``write_documents_of`` does."""
    return write_documents_of((audit,), wanted, look)


def write_documents_of(audits: Sequence[Audit], wanted: Sequence[Wanted], look: Look = OURS) -> tuple[Path, ...]:
    """Write every document that is wanted and return the paths of those that were written.

    Several audits are for kinds that speak of several schools.

    Without Pango there is no PDF: that is an error only where a PDF alone is wanted, otherwise it is said.
    A document against which a rule speaks is withheld: that ends the command with exit code 1.
    Raises ``PdfUnavailable``, ``TemplateError`` or ``OutputError``.
    """
    if not wanted:
        return ()
    from compliance.reports.pdf import PdfUnavailable
    from compliance.reports.writers import WRITERS, draft

    written: list[Path] = []
    lacking: PdfUnavailable | None = None
    for kind, group in groupby(wanted, key=lambda document: document.kind):
        made = draft(kind, audits, json_text=_json_of(audits), look=look)
        words = words_of(made.html)
        _withhold(kind, [found for audit in audits for found in judge_document(audit, words, audits) if found.is_open])
        for document in group:
            try:
                write_bytes(document.path, WRITERS[document.ending](made))
            except PdfUnavailable as error:
                lacking = error
            else:
                written.append(document.path)
    if lacking and not written:
        raise lacking
    if lacking:
        say(str(lacking))
    return tuple(written)


def _json_of(audits: Sequence[Audit]) -> str:
    """Return the audits as JSON: one as itself, several as a list."""
    texts = [json.render_compact(published(audit)) for audit in audits]
    return texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"


def _withhold(kind: ReportKind, findings: Sequence[Finding]) -> None:
    if findings:
        say(
            f"{kind.title}: not written.",
            *(f"{finding.rule.id} {finding.hit.message} {remedy(finding)}" for finding in findings),
        )
        raise typer.Exit(1)


def words_of(html: str) -> str:
    """Return what a reader sees of an HTML document: its text, without styles, scripts and markup."""
    return "\n".join(word for piece in _MARKUP.split(html) if (word := unescape(piece).strip()))


_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)
"""What is no text. In documents of our own no sign of markup stands inside an attribute."""
