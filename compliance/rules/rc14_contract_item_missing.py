"""RC14: the contract says all that the law asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import ContractSchedule
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

ITEMS = {
    "subject_matter": "the subject matter",
    "duration": "the duration",
    "nature": "the nature of the processing",
    "purpose": "its purpose",
    "data_types": "the types of personal data",
    "people": "the categories of people",
    "school_rights": "the school's obligations and rights",
    "instructions": "documented instructions (a)",
    "confidentiality": "confidentiality (b)",
    "security": "security (c)",
    "sub_processors": "sub-processors (d)",
    "help_with_rights": "help with people's rights (e)",
    "help_with_duties": "help with Articles 32 to 36 (f)",
    "erase_or_return": "erasure or return at the end (g)",
    "audits": "information and audits (h)",
}
"""Name of each item of Article 28(3) in a declaration to its words; the letters are the Article's own."""


@rule(
    "RC14",
    "contract-item-missing",
    Severity.ERROR,
    needs=(Input.ORGANISATION,),
    law=("UK GDPR 28(3)",),
)
def contract_item_missing(case: Case) -> Iterator[Hit]:
    """Something that Article 28(3) asks of the contract with a processor is in no clause.

    Why:
        A contract with a processor has to say what is processed, for how long and why, and hold the processor to
        eight duties. A school that looks for one of them in the day of need must find it. No program reads the
        contract: a person names the clauses.
    Example:
        "contract_schedule: clauses" names fourteen clauses, and none for "erase_or_return".
    Instead:
        Agree what is missing, and name its clause under "contract_schedule: clauses".
    Silent when:
        - Every item has its clause.
        - The schedule lists the types of personal data itself (contract_schedule, data).
        - Nothing is said of the schedule at all: XS09 asks for it.
        - Nobody has named any clause: then it is a warning that asks for them.
    """
    organisation = given(case.declarations.organisation)
    schedule = organisation.contract_schedule
    if schedule is None:
        return
    lacks = tuple(_lacks(schedule))
    if not schedule.clauses:
        yield Hit(
            message="Nothing says in which clauses the contract holds what Article 28(3) asks of it.",
            place=organisation.place,
            strength=Strength.WEAK,
            fix=f"Name them under contract_schedule: clauses, for {listed(lacks)}.",
        )
    elif lacks:
        yield Hit(
            message=f"No clause of the contract is named for {listed(ITEMS[item] for item in lacks)}.",
            place=organisation.place,
            evidence={"items": len(lacks)},
            fix=f"Agree what is missing, and name under contract_schedule: clauses the clause of {listed(lacks)}.",
        )


def _lacks(schedule: ContractSchedule) -> Iterator[str]:
    """Yield the items that stand in no clause; the types of data may be the schedule's own list."""
    return (item for item in ITEMS if item not in schedule.clauses and not (item == "data_types" and schedule.data))
