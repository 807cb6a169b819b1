"""SF07: the day from which a retention counts is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.kept import kept_fields

TOLD_BY: Mapping[str, frozenset[str]] = {
    "roll.leaving_date": frozenset({"leaving-date"}),
    "person.dob": frozenset({"date-of-birth", "staff-date-of-birth"}),
    "staff.leaving_date": frozenset({"staff-employment-dates"}),
}
"""Trigger to the data items that tell its day."""
KNOWN = frozenset({"contract.end", "authorisation.withdrawn", "scope.withdrawn", "academic_year.end"})
"""Triggers whose day the contract, the authorisation or the calendar tells."""


@rule(
    "SF07",
    "trigger-not-held",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(e)", "UK GDPR 5(2)"),
)
def trigger_not_held(case: Case) -> Iterator[Hit]:
    """A retention counts from an event whose day is neither held nor received, so that it can never end.

    Why:
        A period that counts from the day of leaving erases nobody when the app does not know who left when.
    Example:
        "trigger: staff.leaving_date", and no field tells when a teacher left.
    Instead:
        Ask for the date, or say under "events" how the app learns of the event.
    Silent when:
        - A stored or requested field holds the day, or the trigger names a stored field.
        - The event is declared with where it comes from (events).
        - The contract, the authorisation or the calendar tells the day: contract.end, authorisation.withdrawn,
          scope.withdrawn or academic_year.end.
    """
    stored_fields, permission_set = given(case.declarations.stored_fields), case.declarations.permission_set
    items = {kept.item.id for kept in kept_fields(case) if kept.item}
    if permission_set:
        items |= {asked.item.id for asked in asked_fields(case.declarations, permission_set) if asked.item}
    known = {*KNOWN, *stored_fields.events, *(str(stored.path) for stored in stored_fields.fields)}
    for retention in stored_fields.retentions.values():
        told = not TOLD_BY.get(retention.trigger, frozenset()).isdisjoint(items)
        if retention.trigger and retention.trigger not in known and not told:
            yield Hit(
                message=f"The retention {retention.id} counts from {retention.trigger}, and nothing tells its day.",
                place=retention.place,
                evidence={"retention": retention.id, "trigger": retention.trigger},
                fix="Ask for the date, or say under events how the app learns of it.",
            )
