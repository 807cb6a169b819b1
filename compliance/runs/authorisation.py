"""A school's form becomes its authorisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.declarations.load import load_declarations
from compliance.declarations.written import authorisation_text
from compliance.errors import UsageError
from compliance.model.declarations import Authorisation
from compliance.reports.authorisation_review.decision import decide
from compliance.reports.authorisation_review.handed_in import read_form
from compliance.reports.authorisation_review.offer import offer_of
from compliance.rules.registry import RULE_IDS


@dataclass(frozen=True, slots=True)
class Made:
    """An authorisation, and the text of its file."""

    authorisation: Authorisation
    text: str


def run_authorisation(form: Path, declarations: Sequence[Path], *, name: str, at: dt.datetime) -> Made:
    """Make a school's authorisation of the form that it handed in. ``name`` is the file that will be written.

    Raises ``FormError``, ``UsageError`` or ``DeclarationError``.
    """
    given = load_declarations(declarations, rule_ids=RULE_IDS)
    offer = offer_of(given)
    if offer is None:
        raise UsageError("There is no permission set.", hint="Give the declarations of which the review was made.")
    made = decide(read_form(form), offer, given, today=at.date())
    return Made(made, authorisation_text(made, name))
