"""The questions of the form and the answers that each allows: the template asks by these names and no others."""

from __future__ import annotations

from compliance.reports.authorisation_review.offer import Offer

APP, VERSION, SCHOOL, NUMBER = "app", "version", "school", "number"
MARKS = (APP, VERSION, SCHOOL, NUMBER)
"""What a form bears and nobody fills in: which offer it answers."""

DECISION = "decision"
ALL, REQUIRED, ITEMS, NONE = "all", "required", "items", "none"
DECISIONS = (ALL, REQUIRED, ITEMS, NONE)

AUTHORISE, DECLINE = "authorise", "decline"

ROLE, DATE, ADVICE, REASON, REVIEW = "role", "date", "dpo_advice", "reason", "review_on"
SCHOOL_NAME, URN, LAESTAB = "school_name", "urn", "laestab"

SIGNER = "name"
"""Stays in the form: a role is enough for an authorisation, so no name is taken from it."""

LABELS = {
    DECISION: "what you decide",
    ROLE: "your role",
    DATE: "the date",
    SCHOOL_NAME: "the name of the school",
}
"""How an error names what has to be filled in."""


def questions_of(offer: Offer) -> tuple[str, ...]:
    """Return the name of every question that the form of this offer asks, its marks and the signer's name aside."""
    school = () if offer.school else (SCHOOL_NAME, URN, LAESTAB)
    return (DECISION, *(item.key for item in offer.items), *school, ROLE, DATE, ADVICE, REASON, REVIEW)


def marks_of(offer: Offer) -> dict[str, str]:
    """Return what the form of this offer bears."""
    return {APP: offer.app, VERSION: offer.version, SCHOOL: offer.school_line, NUMBER: offer.number}
