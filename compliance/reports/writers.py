"""How a document is written in each format. One view goes in, whatever comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from compliance.model.audit import Audit
from compliance.reports import pdf
from compliance.reports.kinds import ReportKind
from compliance.reports.look import OURS, Look
from compliance.reports.render import html_of, markdown_of
from compliance.reports.sheets import Sheet, csv_text
from compliance.reports.xlsx import workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One document before it is written: its view and its HTML, of which a reader can be shown the words."""

    kind: ReportKind
    audits: tuple[Audit, ...]
    view: object
    json_text: str
    """The audits in their JSON format: it goes with the document."""
    html: str

    @property
    def sheet(self) -> Sheet:
        """Its table. Raises ``ValueError`` when the kind has none."""
        if self.kind.sheet is None:
            raise ValueError(f"{self.kind.name} has no table")
        return self.kind.sheet(self.view)


def draft(kind: ReportKind, audits: Sequence[Audit], *, json_text: str, look: Look = OURS) -> Draft:
    """Return the document of these audits. Raises ``TemplateError``."""
    view = kind.view_of(audits)
    html = html_of(view, kind, json_text=json_text, look=look)
    return Draft(kind=kind, audits=tuple(audits), view=view, json_text=json_text, html=html)


def _pdf(it: Draft) -> bytes:
    facts = [pdf.attached_json(it.audits[0], it.json_text)]
    return pdf.render_pdf(it.html, attachments=facts, fillable=it.kind.fillable)


WRITERS: Mapping[str, Callable[[Draft], bytes]] = MappingProxyType(
    {
        "html": lambda it: it.html.encode("utf-8", "backslashreplace"),
        "pdf": _pdf,
        "md": lambda it: markdown_of(it.view, it.kind).encode("utf-8", "backslashreplace"),
        "xlsx": lambda it: workbook(it.sheet),
        "csv": lambda it: b"\xef\xbb\xbf" + csv_text(it.sheet).encode("utf-8", "backslashreplace"),
    }
)
"""Format, which is also the ending of its file, to what writes it. CSV begins with a mark by which Excel knows UTF-8.

Raise ``PdfUnavailable`` or ``TemplateError``.
"""
