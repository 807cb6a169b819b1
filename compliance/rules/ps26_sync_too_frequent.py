"""PS26: data is fetched as often as it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule

OFTEN = ("hour", "day", "week", "month", "term", "year")
"""Intervals, shortest first."""
NEED_IT_FRESH = frozenset({"attendance", "messaging", "parent_messaging", "emergency_contact", "sign_in"})
"""Kinds of purpose for which a day is long."""


@rule(
    "PS26",
    "sync-too-frequent",
    Severity.INFO,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 25"),
)
def sync_too_frequent(case: Case) -> Iterator[Hit]:
    """Data is fetched more often than its purposes need, or nothing says how often either is.

    Why:
        Each sync carries a whole school's data over the network once more, and history piles up. What is looked at
        once a term need not come every hour.
    Example:
        "sync_every: hour" and "needed_every: term".
    Instead:
        Say under "sync_every" how often data is fetched, under "needed_every" how fresh it has to be, and bring the
        two together.
    Silent when:
        - A purpose needs fresh data: attendance, messaging, parent_messaging, emergency_contact or sign_in.
        - Data is fetched no more often than it is needed.
    """
    permission_set = given(case.declarations.permission_set)
    if any(purpose.kind in NEED_IT_FRESH for purpose in permission_set.purposes.values()):
        return
    every, needed = permission_set.sync_every, permission_set.needed_every
    if not (every and needed):
        message = "Nothing says how often data is fetched and how fresh it has to be."
    elif OFTEN.index(every) < OFTEN.index(needed):
        message = f"Data is fetched every {every}, and needed every {needed}."
    else:
        return
    yield Hit(message=message, place=permission_set.place, fix="Bring sync_every and needed_every together.")
