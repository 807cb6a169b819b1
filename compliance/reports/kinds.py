"""A kind of document is data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compliance.model.audit import Audit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """One kind of document for people."""

    name: str
    """By which the command line calls it."""
    title: str
    template: str
    """Path of its Jinja2 template below ``templates/``."""
    view: Callable[[Audit], object]
    """Turns an audit into what the template sees, as ``view``. It decides; the template only sets out."""
    formats: tuple[str, ...]
    """``html``, ``pdf``."""
    script: str = "report.js"
    """Path of its script below ``templates/``."""
    fillable: bool = False
    """Whether its PDF has a form that can be filled in."""
