"""PS06: a condition of Article 9 that leans on British law says on which part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

PART_OF: Mapping[str, int] = {"9.2.b": 1, "9.2.g": 2, "9.2.h": 1, "9.2.i": 1, "9.2.j": 1}
"""Condition of Article 9(2) to the part of Schedule 1 in which it needs a paragraph (DPA 2018, section 10)."""


@rule(
    "PS06",
    "schedule-1-wrong",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET,),
    law=("DPA 2018 section 10", "DPA 2018 Schedule 1"),
    packs=("uk",),
)
def schedule_1_wrong(case: Case) -> Iterator[Hit]:
    """A field relies on Article 9(2)(b), (g), (h), (i) or (j) and names no paragraph of the part of Schedule 1 that
    belongs to it.

    Why:
        In the United Kingdom these conditions hold only together with a paragraph of Schedule 1 to the
        Data Protection Act 2018: of Part 2 for
        substantial public interest (g), of Part 1 for the others. A school has to write it into its record. This is
        how we read section 10; the data protection officer decides whether it fits, so it is never more than a warning.
    Example:
        "art9_conditions: {equality: 9.2.g}" without "sch1", or with "Schedule 1 Part 1 paragraph 2".
    Instead:
        Write the paragraph under "sch1", such as "Schedule 1 Part 2 paragraph 8".
    Silent when:
        - The condition is 9.2.a, 9.2.c, 9.2.d, 9.2.e or 9.2.f: none of these needs a paragraph.
        - The app has no schools in the United Kingdom.
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        lacking = _lacking_parts(asked)
        if lacking:
            parts = listed(f"Part {part}" for part in lacking)
            yield asked.hit(
                f"{asked.name} relies on {listed(sorted(set(asked.field.art9_conditions.values())))} and names no "
                f"paragraph of Schedule 1 {parts}.",
                strength=Strength.WEAK,
                fix=f"Write under sch1 which paragraph of Schedule 1 {parts} the school relies on.",
            )


def _lacking_parts(asked: AskedField) -> list[int]:
    needed = {PART_OF[condition] for condition in asked.field.art9_conditions.values() if condition in PART_OF}
    named = {int(part) for part in re.findall(r"part (\d).{0,20}?para", asked.field.sch1, re.IGNORECASE)}
    return sorted(needed - named)
