"""VC10: more people are asked about only after a school has seen it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import AUTHORISE, changes


@rule(
    "VC10",
    "population-widened",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 28(3)",),
)
def population_widened(case: Case) -> Iterator[Hit]:
    """A scope is about more kinds of people than before, or a population is chosen otherwise.

    Why:
        An authorisation is about certain people. Parents, leavers or guests who come along later were never part of
        it, and nobody told them.
    Example:
        "leavers: not_asked" in version 2.0.0, "leavers: asked" in version 2.1.0.
    Instead:
        Have the school authorise the new version. No program can tell which of two filters is the wider one, so each
        change is shown.
    Silent when:
        - The school has authorised the new version.
        - The people are no longer asked about (not_asked).
    """
    for change in changes(case, Kind.POPULATION_WIDENED):
        yield change.hit(fix=AUTHORISE)
