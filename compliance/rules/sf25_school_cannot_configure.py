"""SF25: how long data is kept is the school's to say."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule

BY_VENDOR = "vendor"


@rule(
    "SF25",
    "school-cannot-configure",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 28(3)(a)", "UK GDPR 28(10)", "ICO, Edtech examined (2026)"),
)
def school_cannot_configure(case: Case) -> Iterator[Hit]:
    """A retention is set by the vendor for every school alike.

    Why:
        Who fixes the period decides about the data, and may be a controller for it whatever the contract says. The ICO
        found fixed, universal periods to be a common sign of that.
    Example:
        "set_by: vendor".
    Instead:
        Let each school choose, or put the period into the contract schedule as the school's instruction.
    Silent when:
        - The contract schedule names the period, so that the school chose it (contract_schedule).
        - The school or the law set it.
    """
    organisation = case.declarations.organisation
    schedule = organisation.contract_schedule if organisation else None
    instructed = schedule.retentions if schedule else {}
    for retention in given(case.declarations.stored_fields).retentions.values():
        if retention.set_by == BY_VENDOR and retention.id not in instructed:
            yield Hit(
                message=f"The retention {retention.id} is set by the vendor for every school alike.",
                place=retention.place,
                evidence={"retention": retention.id},
                fix="Let each school choose, or put the period into the contract schedule.",
            )
