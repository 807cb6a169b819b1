"""PS25: why a pupil was sent home may be an allegation of a crime."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import DataClass
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule


@rule(
    "PS25",
    "suspension-reason-unclassed",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 10", "DPA 2018 sections 10 and 11"),
)
def offences_unassessed(case: Case) -> Iterator[Hit]:
    """A field that can tell of crimes, such as the reason for a suspension, is asked for, and nobody wrote down whether
    it does so in this use.

    Why:
        Theft, drugs, a weapon or sexual misconduct are among the reasons. Data about offences has rules of its own in
        Article 10, and an allegation may already be such data: a person has to decide it.
    Example:
        "Exclusions.Reason" without "art10_position".
    Instead:
        Ask only for the fact and the length of a suspension, or write the position and its reason under
        "art10_position".
    Silent when:
        - Only the fact or the length of a suspension is asked for.
        - The position is written down (art10_position), or a paragraph of Schedule 1 is named (sch1).
    """
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        decided = asked.field.art10_position or asked.field.sch1
        if asked.data_class is DataClass.CRIMINAL and not decided:
            yield asked.hit(
                f"{asked.name} can tell of offences, and nobody wrote down whether it does so in this use.",
                fix="Ask only for the fact and the length, or write the position under art10_position.",
            )
