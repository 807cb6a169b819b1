"""The example before it is written: what the school holds, what it authorised, what the app keeps and declares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from compliance import resources
from compliance.example import feed, store
from compliance.example.agreement import Agreement
from compliance.example.school import School, school_on

EXCLUDED = 100
"""Position of the pupil whom the school keeps out of this app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The parts that a fault can change; the feed follows from the first two."""

    school: School
    agreement: Agreement
    tables: store.Tables
    declarations: Mapping[str, str]
    """File name to text, without the authorisation."""
    more_answers: Mapping[str, feed.Answer]
    """Answers of the integrator besides the usual ones, by file name."""


def clean_draft(today: dt.date) -> Draft:
    """Return the example as it should be."""
    school = school_on(today)
    agreement = Agreement(version="2.1.0", excluded=(school.pupils[EXCLUDED].id,))
    return Draft(
        school=school,
        agreement=agreement,
        tables=store.tables(school, agreement),
        declarations={
            name: _shipped(name) for name in ("permission-set.yaml", "stored-fields.yaml", "organisation.yaml")
        },
        more_answers={},
    )


def _shipped(name: str) -> str:
    """Return the text of a shipped declaration without the line that tells editors where its schema stands."""
    first, rest = (resources.example_app() / name).read_text(encoding="utf-8").split("\n", 1)
    return rest if first.startswith("# yaml-language-server:") else f"{first}\n{rest}"
