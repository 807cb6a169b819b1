"""SF14: how data is guarded is told."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "SF14",
    "tom-missing",
    Severity.ERROR,
    needs=(Input.ORGANISATION,),
    law=("UK GDPR 30(1)(g)", "UK GDPR 32"),
)
def security_missing(case: Case) -> Iterator[Hit]:
    """The organisation does not describe its security measures.

    Why:
        A record of processing holds a general description of them where possible, and a school may choose only a
        processor that gives enough guarantees.
    Example:
        An organisation without "security".
    Instead:
        Write one sentence for each measure.
    Silent when:
        - Measures are described once for the organisation, and hold for all of its stores.
    """
    organisation = given(case.declarations.organisation)
    if not organisation.security.items:
        yield Hit(
            message=f"{organisation.name} does not describe its security measures.",
            place=organisation.place,
            fix="Write one sentence for each measure under security.",
        )
