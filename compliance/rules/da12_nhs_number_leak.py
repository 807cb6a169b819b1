"""DA12: NHS numbers stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, strays
from compliance.rules.ten_digits import proves
from compliance.rules.wording import counted


@rule(
    "DA12",
    "nhs-leak",
    Severity.ERROR,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 9"),
)
def nhs_number_leak(case: Case) -> Iterator[Hit]:
    """NHS numbers stand in a field that is not declared to hold them.

    Why:
        An NHS number can link a child to health records. Most apps have no use for it.
    Example:
        "NHS no 943 476 5919" in the column "notes".
    Instead:
        Erase them there. If the field is meant to hold them, declare its data item as an NHS number.
    Silent when:
        - No word "NHS" stands near, and fewer than five different numbers pass the check, or fewer than nine in ten
          of the ten-digit numbers in the field: one number in eleven passes by chance.
        - The number is 9999999999 or 0000000000, as people type where there is none.
        - Nobody can have been given the numbers: most ISBNs of ten digits pass the check, and begin as no NHS number.
        - The field is declared as an NHS number, which is being piloted as the consistent identifier (Children's
          Wellbeing and Schools Act 2026, section 4).
    """
    for found, detection in strays(case, "nhs_number"):
        if proves(detection):
            yield found.hit(
                f"{found.name} holds NHS numbers in {counted(detection.matches, 'row')}, and is not declared to hold "
                "any.",
                {"rows": detection.matches, "in_context": detection.in_context, **first_row(detection.first_row)},
                fix="Erase them there, or declare the field as what it is.",
            )
