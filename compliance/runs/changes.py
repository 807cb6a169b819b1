"""A comparison of two versions of the declarations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compliance.changes.compare import Comparison, compare
from compliance.changes.refusals import refusals, strangers
from compliance.declarations.load import load_authorisations, load_declarations
from compliance.declarations.revisions import Revision
from compliance.errors import DeclarationError
from compliance.rules.registry import RULE_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRequest:
    """Which two versions are compared, and whose authorisations are held against the second."""

    before: tuple[Path | Revision, ...]
    now: tuple[Path | Revision, ...]
    authorisations: tuple[Path, ...] = ()


def run_changes(request: ChangesRequest) -> Comparison:
    """Compare two versions of the declarations, and say whose authorisation no longer covers the second.

    Raises ``DeclarationError`` when one cannot be loaded, when they have nothing in common that could be compared, and
    when something changed without its version changing.
    """
    before, now = (load_declarations(paths, rule_ids=RULE_IDS) for paths in (request.before, request.now))
    authorisations = load_authorisations(request.authorisations) if request.authorisations else ()
    if problems := (*refusals(before, now), *strangers(now, authorisations)):
        raise DeclarationError(problems)
    return compare(before, now, authorisations)
