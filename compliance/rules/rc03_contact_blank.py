"""RC03: a reader finds somebody to turn to."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Organisation, Party
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.contacts import can_be_reached


@rule(
    "RC03",
    "contact-blank",
    Severity.ERROR,
    needs=(Input.ORGANISATION,),
    law=("UK GDPR 13(1)(a)", "UK GDPR 13(1)(b)", "UK GDPR 30"),
)
def contact_blank(case: Case) -> Iterator[Hit]:
    """The vendor or its data protection officer has no e-mail address, telephone number or postal address, or only a
    placeholder.

    Why:
        Records and notices begin with whom to turn to. A parent who writes to "TBC" has no rights that work.
    Example:
        "dpo: {name: Data Protection Officer, email: TBC}".
    Instead:
        Give an address that somebody reads.
    Silent when:
        - No data protection officer is needed, and the declaration says why (dpo_not_required).
        - One of the ways to reach them is real.
    """
    organisation = given(case.declarations.organisation)
    for what, party in _parties(organisation):
        if not can_be_reached(party):
            yield Hit(
                message=f"{organisation.name} gives no way to reach {what}.",
                place=organisation.place,
                evidence={"party": what},
                fix="Give an e-mail address, a telephone number or a postal address that somebody reads.",
            )


def _parties(organisation: Organisation) -> Iterator[tuple[str, Party | None]]:
    yield "the company that schools have their contract with", organisation.processor
    if not organisation.dpo_not_required:
        yield "its data protection officer", organisation.dpo
