"""DA10: unique pupil numbers stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, strays
from compliance.rules.wording import counted


@rule(
    "DA10",
    "upn-leak",
    Severity.ERROR,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 5(1)(f)"),
)
def upn_leak(case: Case) -> Iterator[Hit]:
    """A unique pupil number stands in a field that is not declared to hold one.

    Why:
        A UPN follows a child from school to school and ties all records together. It is meant for education
        purposes only, and in a remark or a user name it reaches people and systems that should never see it.
    Example:
        "Came to us as B801200005001" in the column "notes".
    Instead:
        Erase it there. If the field is meant to hold it, declare its data item as a UPN or a former UPN.
    Silent when:
        - The field is declared as a UPN or a former UPN.
        - The number is a published example or was given to nobody, unless reserved values are asked for.
        - The check letter is wrong, so that it may be something else: then it is a warning.
    """
    for found, detection in strays(case, "upn"):
        if detection.matches:
            yield found.hit(
                f"{found.name} holds unique pupil numbers in {counted(detection.matches, 'row')}, and is not declared "
                "to hold any.",
                {"rows": detection.matches, **first_row(detection.first_row)},
                fix="Erase them there, or declare the field as what it is.",
            )
        elif detection.near:
            yield found.hit(
                f"{found.name} holds something of the shape of a unique pupil number in "
                f"{counted(detection.near, 'row')}; the check letter is wrong.",
                {"near": detection.near, **first_row(detection.first_row)},
                strength=Strength.WEAK,
                fix="Look whether these are pupil numbers with a slip of the pen, and erase them there if so.",
            )
