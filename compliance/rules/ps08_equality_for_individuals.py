"""PS08: monitoring of equality decides about nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import served_by
from compliance.rules.wording import listed

_EQUALITY = re.compile(r"part 2\W+para(graph|\.)? ?8\b", re.IGNORECASE)


@rule(
    "PS08",
    "equality-condition-for-individuals",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("DPA 2018 Schedule 1 paragraph 8(3)",),
    packs=("uk",),
)
def equality_condition_for_individuals(case: Case) -> Iterator[Hit]:
    """A field relies on the paragraph about equality of opportunity for a purpose by which single people are decided
    about.

    Why:
        Schedule 1 paragraph 8 lets a school find out whether groups are treated equally. It does not cover measures
        or decisions about one pupil.
    Example:
        "sch1: Schedule 1 Part 2 paragraph 8" on a field whose purpose has "individual_decision: true".
    Instead:
        Show the data by group only, or name the condition on which a decision about one pupil can rest.
    Silent when:
        - No decision about one person rests on the purpose, as when groups are compared.
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        deciding = [p.id for p in served_by(asked, permission_set) if p.individual_decision]
        if deciding and _EQUALITY.search(asked.field.sch1):
            yield asked.hit(
                f"{asked.name} relies on the paragraph about equality, and {listed(deciding)} decides about single "
                "people.",
                fix="Use the field for groups only, or name a condition that covers decisions about one person.",
            )
