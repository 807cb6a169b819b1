"""DA13: National Insurance numbers stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, strays
from compliance.rules.wording import counted


@rule(
    "DA13",
    "nino-leak",
    Severity.ERROR,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 5(1)(f)"),
)
def ni_number_leak(case: Case) -> Iterator[Hit]:
    """A National Insurance number stands in a field that is not declared to hold one.

    Why:
        It can help a stranger to pass for somebody else. In a pupil's record it may be a parent's, and nobody
        looks for it there.
    Example:
        "Mother's number is QQ 12 34 56 A" in the column "notes", when reserved values are asked for.
    Instead:
        Erase it there. If the field is for payroll, declare its data item as a National Insurance number.
    Silent when:
        - The number begins with QQ, as in HMRC's own example, or with one of the prefixes that HMRC keeps for other
          references.
        - The field is declared as a National Insurance number, as in a payroll table of staff.
        - The number is part of a longer code.
    """
    for found, detection in strays(case, "ni_number"):
        if detection.matches:
            yield found.hit(
                f"{found.name} holds National Insurance numbers in {counted(detection.matches, 'row')}, and is not "
                "declared to hold any.",
                {"rows": detection.matches, **first_row(detection.first_row)},
                fix="Erase them there, or declare the field as what it is.",
            )
