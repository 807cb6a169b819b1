"""DA11: unique learner numbers stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, strays
from compliance.rules.ten_digits import proves
from compliance.rules.wording import counted


@rule(
    "DA11",
    "uln-leak",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(c)",),
)
def uln_leak(case: Case) -> Iterator[Hit]:
    """Unique learner numbers stand in a field that is not declared to hold them.

    Why:
        A learner number follows a person through all of their education after 14 and ties its records together.
    Example:
        "ULN 9276308686" in the column "notes".
    Instead:
        Erase them there. If the field is meant to hold them, declare its data item as a unique learner number.
    Silent when:
        - No word such as "ULN" stands near, and fewer than five different numbers pass the check, or fewer than nine in
          ten of the ten-digit numbers in the field: one number in eleven passes by chance.
        - The number is 9999999999, as people type where there is none.
        - The field is declared to hold telephone numbers.
        - The field is declared as a unique learner number.
    """
    for found, detection in strays(case, "uln"):
        if detection.matches and found.format != "phone" and proves(detection):
            yield found.hit(
                f"{found.name} holds unique learner numbers in {counted(detection.matches, 'row')}, and is not "
                "declared to hold any.",
                {"rows": detection.matches, **first_row(detection.first_row)},
                fix="Erase them there, or declare the field as what it is.",
            )
