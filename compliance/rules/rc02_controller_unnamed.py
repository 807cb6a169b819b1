"""RC02: a processor's record says for whom it acts."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Authorisation, Role
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.contacts import can_be_reached
from compliance.rules.wording import listed


@rule(
    "RC02",
    "controller-unnamed",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.AUTHORISATION),
    law=("UK GDPR 30(2)(a)",),
)
def controller_unnamed(case: Case) -> Iterator[Hit]:
    """The vendor acts for a school, and the authorisation does not say how to reach the controller or its data
    protection officer.

    Why:
        A processor has to keep in its record the name and the contact details of every controller for which it acts.
        When data is lost, that is the list of those who must be told.
    Example:
        An authorisation that names the school, without "controller" and "dpo".
    Instead:
        Give both an e-mail address, a telephone number or a postal address: of the school, or of the trust that is the
        legal entity.
    Silent when:
        - Both can be reached in one way at least.
        - The controller needs no data protection officer, and the declaration says why (dpo_not_required).
        - The school has revoked the authorisation.
        - The vendor decides about every purpose: then it keeps no record as a processor.
    """
    authorisation = given(case.declarations.authorisation)
    purposes = given(case.declarations.permission_set).purposes.values()
    acts_for_schools = any(each.role not in {Role.CONTROLLER, Role.JOINT_CONTROLLER} for each in purposes)
    lacks = tuple(_lacks(authorisation))
    if acts_for_schools and authorisation.status != "revoked" and lacks:
        yield Hit(
            message=f"Nothing says how to reach {listed(lacks, 'or')} of {authorisation.school.name}.",
            place=authorisation.place,
            fix="Fill in controller and dpo of the authorisation, for the record of processing.",
        )


def _lacks(authorisation: Authorisation) -> Iterator[str]:
    if not can_be_reached(authorisation.controller):
        yield "the controller"
    if not (authorisation.dpo_not_required or can_be_reached(authorisation.dpo)):
        yield "the data protection officer"
