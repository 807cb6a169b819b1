"""A kind of document is data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from compliance.model.audit import Audit
from compliance.reports.sheets import Sheet

View = Callable[[tuple[Audit, ...]], object]
"""Turns audits into what the templates see, as ``view``. It decides; a template only sets out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """One kind of document for people."""

    name: str
    """By which the command line calls it."""
    title: str
    reader: str
    """Who reads it."""
    view: View
    formats: tuple[str, ...] = ("html", "pdf")
    """Names of writers, as ``compliance.reports.writers`` knows them."""
    template: str = "document.html.j2"
    """Path below ``templates/`` of the Jinja2 template of its HTML, and so of its PDF."""
    script: str = "report.js"
    """Path of its script below ``templates/``."""
    fillable: bool = False
    """Whether its PDF has a form that can be filled in."""
    of_many: bool = False
    """Whether one document speaks of several schools; otherwise each school has its own."""
    markdown: str = ""
    """Path of its Markdown template, for text that somebody pastes elsewhere."""
    sheet: Callable[[Any], Sheet] | None = None
    """Turns its view into the one table that XLSX and CSV hold."""

    def view_of(self, audits: Sequence[Audit]) -> object:
        """Return what the templates see of these audits. Raises ``ValueError`` when there are too many or none."""
        if not audits or (len(audits) > 1 and not self.of_many):
            raise ValueError(f"{self.name} speaks of {'some schools' if self.of_many else 'one school'}")
        return self.view(tuple(audits))


def of_one(view: Callable[[Audit], object]) -> View:
    """Return the view of a kind that speaks of one school."""

    def of_the_only(audits: tuple[Audit, ...]) -> object:
        (audit,) = audits
        return view(audit)

    return of_the_only
