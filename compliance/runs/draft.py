"""A first draft of stored fields, guessed from a store."""

from __future__ import annotations

from compliance.declarations.load import load_declarations, shipped_catalogues
from compliance.drafts.guess import Guess, guesses
from compliance.engines.work import Progress
from compliance.pipeline import Request, run_inventory


def run_draft(request: Request, progress: Progress | None = None) -> tuple[Guess, ...]:
    """Guess the data item of every field in the request's stores. Raises ``SourceError``."""
    declarations = load_declarations(request.declarations)
    return guesses(run_inventory(request, progress), declarations.vocabulary, shipped_catalogues())
