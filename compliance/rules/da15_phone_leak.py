"""DA15: telephone numbers stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, is_about_the_school, strays
from compliance.rules.wording import counted


@rule(
    "DA15",
    "phone-leak",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(c)",),
)
def phone_leak(case: Case) -> Iterator[Hit]:
    """A telephone number stands in a field that is not declared to hold one.

    Why:
        A number in a remark is often a parent's. Nobody looks for it there when it changes, or when the parent asks
        what is held.
    Example:
        "Ring Mum on 07700 900..." in the column "notes": a number for drama, when reserved values are asked for.
    Instead:
        Erase it there. If the field is meant to hold it, declare the format "phone".
    Silent when:
        - The field is declared to hold telephone numbers (format: phone).
        - The field is about the school and no person, such as its switchboard.
        - The number is kept for drama by Ofcom, as are those from 07700 900000, unless reserved values are asked for.
        - It is ten digits that pass as a learner number or as an NHS number (DA11 and DA12 look at those).
    """
    for found, detection in strays(case, "phone"):
        if detection.matches and not is_about_the_school(found):
            yield found.hit(
                f"{found.name} holds telephone numbers in {counted(detection.matches, 'row')}, and is not declared to "
                "hold any.",
                {"rows": detection.matches, **first_row(detection.first_row)},
                fix="Erase them there, or declare the field as what it is.",
            )
