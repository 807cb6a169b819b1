"""PS28: one thing is asked for once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given, rule

NUMBERS_OF_ONE = "national-pupil-number"
CONCEPT: Mapping[str, str] = {"upn": NUMBERS_OF_ONE, "uln": NUMBERS_OF_ONE}
"""Data items that find the same pupil, to what they have in common. Every other item is its own concept."""
ONE_THING = frozenset({"email", "nhs_number", "ni_number", "postcode", "uln", "upn"})
"""Formats whose data items stand for one thing; others, such as names and totals, are told by several fields."""


@rule(
    "PS28",
    "duplicate-semantics",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)",),
)
def duplicate_semantics(case: Case) -> Iterator[Hit]:
    """Two fields of one dataset that mean the same are asked for one purpose.

    Why:
        The second field adds nothing but another place from which data can leak, and a school that declines one of
        them still hands the other over. The UPN and the ULN find the same pupil, so one of them does.
    Example:
        "Students.UPN" and "Students.ULN", both for the purpose "accounts".
    Instead:
        Ask for one of them.
    Silent when:
        - They mean different things, as a legal and a preferred name do, or the school's number and the national one.
        - One data item is told by several fields, as names and totals are: only national numbers, e-mail addresses and
          postcodes are compared.
        - They serve different purposes.
        - The second says why nothing less would do (necessity).
    """
    seen: defaultdict[tuple[str, str], list[AskedField]] = defaultdict(list)
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        if asked.item is None or asked.item.format not in ONE_THING:
            continue
        alike = seen[asked.path.dataset, CONCEPT.get(asked.item.id, asked.item.id)]
        purposes = set(asked.field.purposes)
        first = next((each for each in alike if purposes.intersection(each.field.purposes)), None)
        alike.append(asked)
        if first and first.path != asked.path and not asked.field.necessity:
            yield asked.hit(
                f"{asked.name} and {first.path} mean the same, and are asked for one purpose.",
                fix="Ask for one of them, or say under necessity what the second adds.",
            )
