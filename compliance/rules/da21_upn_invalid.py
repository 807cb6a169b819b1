"""DA21: a unique pupil number is one."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import found_fields
from compliance.rules.wording import counted

UPN = "upn"


@rule(
    "DA21",
    "upn-invalid",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(d)",),
)
def upn_invalid(case: Case) -> Iterator[Hit]:
    """A field of unique pupil numbers holds something that cannot be one.

    Why:
        The number ties a child's records together. A slip of the pen ties them to nobody, or to another child.
    Example:
        "Q207000016049" in the column "upn": the check letter is wrong.
    Instead:
        Correct the number in the school's system; the app takes it from there.
    Silent when:
        - The field is blank, as it is for a pupil whose number is not known.
        - No local authority has the number with which it begins: lists of authorities go out of date.
    """
    for found in found_fields(case):
        if found.format != UPN:
            continue
        met = found.profile.detections.get(UPN)
        wrong = found.profile.filled - (met.matches + met.reserved if met else 0)
        if wrong > 0:
            yield found.hit(
                f"{found.name} holds something in {counted(wrong, 'row')} that cannot be a unique pupil number.",
                {"rows": wrong},
                fix="Correct it in the school's system.",
            )
