"""DA14: e-mail addresses stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, is_about_the_school, strays
from compliance.rules.wording import counted


@rule(
    "DA14",
    "email-leak",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 5(1)(c)",),
)
def email_leak(case: Case) -> Iterator[Hit]:
    """An e-mail address stands in a field that is not declared to hold one.

    Why:
        An address names a person and is a way to reach them. In a remark it is missed when the person asks for their
        data to be erased.
    Example:
        "Write to x@example.org" in the column "notes", when reserved values are asked for.
    Instead:
        Erase it there. If the field is meant to hold it, as a user name may be, declare the format "email".
    Silent when:
        - The field is declared to hold e-mail addresses (format: email).
        - The field is about the school and no person, such as the address of its office.
        - Nobody can own the domain, such as example.com or one that ends in .test, unless reserved values are asked
          for.
    """
    for found, detection in strays(case, "email"):
        if detection.matches and not is_about_the_school(found):
            yield found.hit(
                f"{found.name} holds e-mail addresses in {counted(detection.matches, 'row')}, and is not declared to "
                "hold any.",
                {"rows": detection.matches, **first_row(detection.first_row)},
                fix="Erase them there, or declare the field as what it is.",
            )
