"""DA16: postcodes stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.da19_group_name_reveals import GROUP_NAMES
from compliance.rules.found import first_row, is_about_the_school, strays
from compliance.rules.wording import counted

ADDRESSES = frozenset({"address", "contact-address", "staff-address"})
"""Data items of which a postcode is a part."""


@rule(
    "DA16",
    "postcode-leak",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(c)",),
)
def postcode_leak(case: Case) -> Iterator[Hit]:
    """A postcode stands in a field that is not declared to hold one.

    Why:
        A postcode is shared by few homes. With a first name and an age it is often enough to find a child.
    Example:
        "Moved to SW1A 1AA" in the column "notes".
    Instead:
        Erase it there. If the field is meant to hold it, declare the format "postcode".
    Silent when:
        - The field is declared to hold postcodes (format: postcode).
        - The field is a home address, of which a postcode is a part.
        - The field is about the school and no person, such as its own address.
        - No postcode begins with these letters, as in the class codes Y7 1AB and P6 4AA.
        - The field names a class or another group, where a code may look like a postcode.
    """
    for found, detection in strays(case, "postcode"):
        if found.item and found.item.id in ADDRESSES | GROUP_NAMES:
            continue
        if detection.matches and not is_about_the_school(found):
            yield found.hit(
                f"{found.name} holds postcodes in {counted(detection.matches, 'row')}, and is not declared to "
                "hold any.",
                {"rows": detection.matches, **first_row(detection.first_row)},
                fix="Erase them there, or declare the field as what it is.",
            )
