"""SF06: the school keeps its records; the app does not keep them for it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import PermissionSet, Retention, Role, StoredField
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule

FROM_BIRTH = "person.dob"


@rule(
    "SF06",
    "processor-copies-archive-period",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 28(3)(g)", "UK GDPR 5(1)(e)"),
)
def archive_period_copied(case: Case) -> Iterator[Hit]:
    """A processor keeps data for a period that counts from birth, and no contract schedule names it.

    Why:
        Schools keep a pupil's record for many years after birth because they are the record-keeper. An app that copies
        the period keeps a second record of every child that nobody asked it for.
    Example:
        "period: P25Y" with "trigger: person.dob", in an app that acts for the school.
    Instead:
        Let the period count from the day of leaving or from the end of the contract, and return what the school keeps.
    Silent when:
        - The vendor is the controller for every purpose of what is kept so long.
        - The contract schedule names the period: it is the school's instruction.
    """
    permission_set, stored_fields = given(case.declarations.permission_set), given(case.declarations.stored_fields)
    organisation = case.declarations.organisation
    schedule = organisation.contract_schedule if organisation else None
    instructed = schedule.retentions if schedule else {}
    for retention in stored_fields.retentions.values():
        kept = [stored for stored in stored_fields.fields if _acts_for_school(stored, retention, permission_set)]
        if kept and retention.trigger == FROM_BIRTH and instructed.get(retention.id) != retention.period:
            yield Hit(
                message=f"The retention {retention.id} counts from birth, as a school's own record does, and no "
                "contract schedule names it.",
                place=retention.place,
                evidence={"retention": retention.id, "fields": len(kept)},
                fix="Let it count from the day of leaving or from the end of the contract.",
            )


def _acts_for_school(stored: StoredField, retention: Retention, permission_set: PermissionSet) -> bool:
    """Whether a field is kept by ``retention`` for a purpose about which the vendor does not decide alone."""
    roles = {permission_set.purposes[each].role for each in stored.purposes if each in permission_set.purposes}
    return stored.retention == retention and roles != {Role.CONTROLLER}
