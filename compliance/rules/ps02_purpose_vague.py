"""PS02: a purpose says something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.declarations import Purpose
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule

VAGUE = frozenset({
    "provide the service", "provide our service", "provide our services", "provide and improve the service",
    "improve our products", "improve our services", "improve the service", "as required", "as needed", "other",
    "etc", "business purposes", "operational purposes", "administration",
})  # fmt: skip
"""Phrases that fit every app. The first of them are those that the ICO's "Edtech examined" (2026) speaks of."""
SHORTEST = 40
"""Characters below which a purpose cannot say what is done, with whose data and for whom."""
LONG_DETAIL = 60
"""Characters from which a detail makes up for a short purpose."""
ENGLISH = frozenset({"uk", "ie", "mt"})
"""Jurisdictions whose permission sets we can read."""

_CLAUSE = re.compile(r"[,;.]|\band\b|\bor\b")


@rule(
    "PS02",
    "purpose-vague",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 5(1)(b)", "ICO, Edtech examined (2026)"),
)
def purpose_vague(case: Case) -> Iterator[Hit]:
    """A purpose is so short or so general that it would fit any app.

    Why:
        A purpose is a limit. "To provide the service" limits nothing: nobody can tell from it whether a use of the
        data is allowed, and a parent learns nothing.
    Example:
        "To improve our products, etc."
    Instead:
        Say in a sentence of 40 characters or more what is done, with whose data and for whom. A short purpose is
        enough when a detail of 60 characters or more goes with it.
    Silent when:
        - The purpose has a detail of 60 characters or more.
        - The app is for countries where no English is spoken: the list of phrases is English.
    """
    permission_set = given(case.declarations.permission_set)
    if ENGLISH.isdisjoint(permission_set.jurisdictions):
        return
    for purpose in permission_set.purposes.values():
        if len(purpose.detail) < LONG_DETAIL and _is_vague(purpose):
            yield Hit(
                message=f"The purpose {purpose.id} does not say what is done, with whose data and for whom.",
                place=purpose.place,
                evidence={"purpose": purpose.id, "characters": len(purpose.text)},
                fix=f"Write it in a sentence of {SHORTEST} characters or more that fits no other app.",
            )


def _is_vague(purpose: Purpose) -> bool:
    clauses = (clause.strip().removeprefix("to ") for clause in _CLAUSE.split(purpose.text.casefold()))
    return len(purpose.text) < SHORTEST or all(clause in VAGUE for clause in clauses if clause)
