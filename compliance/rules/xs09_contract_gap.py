"""XS09: the contract lists what is processed."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, given, rule
from compliance.rules.named_data import asked_of_people, is_named


@rule(
    "XS09",
    "contract-schedule-gap",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.ORGANISATION, Input.CATALOGUE),
    law=("UK GDPR 28(3)",),
)
def contract_gap(case: Case) -> Iterator[Hit]:
    """A requested field is not among the data that the schedule of the contract lists, or only its group is and the
    annex of fields belongs to another version.

    Why:
        A contract with a processor has to set out the types of personal data. What stands outside it is processed
        without an instruction. No program reads the contract: a person lists what its schedule says.
    Example:
        "Students.HomeLanguage" is asked for, and "contract_schedule: data" lists neither it nor its group.
    Instead:
        Agree the schedule anew, and list what it says under "contract_schedule".
    Silent when:
        - The schedule lists the group over the data item, and its annex of fields is of this version (field_annex).
        - The schedule lists each data item.
        - Nobody has listed what the schedule says: then it is a warning that asks for it.
    """
    organisation, permission_set = given(case.declarations.organisation), given(case.declarations.permission_set)
    schedule = organisation.contract_schedule
    if schedule is None or not schedule.data.is_answered:
        yield Hit(
            message="Nothing says which data the schedule of the contract lists.",
            place=organisation.place,
            strength=Strength.WEAK,
            fix="List under contract_schedule: data the data items and item groups of the schedule.",
        )
        return
    by_group = 0
    for asked in asked_of_people(case):
        if not is_named(asked, schedule.data.items):
            yield asked.hit(
                f"{asked.name} is asked for, and the schedule of the contract does not list it.",
                fix="Agree the schedule anew, and list the field under contract_schedule.",
            )
        else:
            by_group += asked.item is not None and asked.item.id not in schedule.data.items
    if by_group and schedule.field_annex != permission_set.version:
        annex = f"is of version {schedule.field_annex}" if schedule.field_annex else "is not named"
        yield Hit(
            message=f"The schedule of the contract lists groups of data, and its annex of fields {annex}; version "
            f"{permission_set.version} is in use.",
            place=organisation.place,
            evidence={"fields": by_group},
            fix="Agree the annex of fields for this version, and name it under field_annex.",
        )
