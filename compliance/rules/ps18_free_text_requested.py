"""PS18: what somebody writes freely is asked for in bounds."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import RequestedField
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "PS18",
    "free-text-requested",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)", "UK GDPR 25"),
)
def free_text_requested(case: Case) -> Iterator[Hit]:
    """A field into which people write sentences is asked for without saying why, how long a text may be and
    who looks at it.

    Why:
        Anything can stand in a note: a diagnosis, an allegation, the name of another child. Nobody can classify it
        before it is read.
    Example:
        "Students.MedicalNotes" without "necessity" and without "free_text".
    Instead:
        Ask for a coded field; or write a "necessity", and under "free_text" the longest text and its screening.
    Silent when:
        - The field has a necessity, and says how long a text may be and who or what screens it (free_text).
    """
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        lacks = tuple(_lacks(asked.field)) if asked.item is not None and asked.item.free_text else ()
        if lacks:
            yield asked.hit(
                f"{asked.name} is free text, and is asked for without {listed(lacks, 'or')}.",
                fix="Ask for a coded field, or add necessity and free_text: {longest: 500, screening: by whom}.",
            )


def _lacks(field: RequestedField) -> Iterator[str]:
    if not field.necessity:
        yield "a necessity"
    if field.free_text.longest is None:
        yield "a greatest length"
    if not field.free_text.screening:
        yield "screening"
