"""Reads what a school hands in: the PDF whose form was filled in, or the file that the page of the review gives."""

from __future__ import annotations

import json
from pathlib import Path

from compliance.errors import FormError, Place
from compliance.reports.authorisation_review.decision import HandedIn
from compliance.reports.pdf_form import FormUnreadable, fields_of

KIND = "data-authorisation-review"
"""What the file of the page calls itself; ``review.js`` writes it."""
LARGEST = 50_000_000
"""Bytes: many times a review with its fonts and its facts."""

_PDF = b"%PDF-"
_WITHIN = 1024
"""A PDF's first line may stand after others (ISO 32000-1, implementation note 13)."""


def read_form(path: Path) -> HandedIn:
    """Return the answers of a form, whichever way it came back. Raises ``FormError``."""
    place = Place(path.as_posix())
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the path cannot be used"
        raise FormError(
            f"The form cannot be read: {why}.", hint="Look at its name and its rights.", place=place
        ) from None
    if len(data) > LARGEST:
        raise FormError("The form is larger than 50 MB.", hint="Give the form and nothing else.", place=place)
    if _PDF in data[:_WITHIN]:
        return HandedIn(answers=_of_pdf(data, place), method="Data authorisation review, form of the PDF", place=place)
    return HandedIn(answers=_of_page(data, place), method="Data authorisation review, form of the page", place=place)


def _of_pdf(data: bytes, place: Place) -> dict[str, str]:
    try:
        return fields_of(data)
    except FormUnreadable as error:
        raise FormError(str(error), hint=error.hint, place=place) from None


def _of_page(data: bytes, place: Place) -> dict[str, str]:
    """Return the answers of the page's file: ``{"kind": …, "answers": {name: text}}``."""
    try:
        found = json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        found = None
    answers = found.get("answers") if isinstance(found, dict) and found.get("kind") == KIND else None
    if not isinstance(answers, dict) or not all(isinstance(answer, str) for answer in answers.values()):
        raise FormError(
            "It is neither a PDF nor the file that the page of a data authorisation review gives.",
            hint="Give the PDF in which the form was filled in and saved, or that file as it was saved.",
            place=place,
        )
    return answers


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the members of an object; raises ``ValueError`` when two bear one name."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("two members of one name")
    return members
