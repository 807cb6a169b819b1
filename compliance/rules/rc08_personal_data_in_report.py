"""RC08: a report tells about data, and holds none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliance.inventory.detectors.base import Sighting, Verdict
from compliance.inventory.detectors.email_address import EMAIL
from compliance.inventory.detectors.nhs_number import NHS_NUMBER
from compliance.inventory.detectors.ni_number import NI_NUMBER
from compliance.inventory.detectors.phone import PHONE
from compliance.inventory.detectors.upn import UPN
from compliance.model.declarations import Organisation, Party
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import counted

LOOKED_FOR = (
    (UPN, "unique pupil number", ""),
    (NI_NUMBER, "National Insurance number", ""),
    (NHS_NUMBER, "NHS number", ""),
    (EMAIL, "e-mail address", "e-mail addresses"),
    (PHONE, "telephone number", ""),
)
"""Detectors whose word can be taken outside a table, and what they find: one of it, and many."""
NEEDS_CONTEXT = frozenset({NHS_NUMBER})
"""One ten-digit number in eleven passes by chance: the word has to stand beside it."""


@rule(
    "RC08",
    "personal-data-in-report",
    Severity.ERROR,
    needs=(Input.REPORT,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 5(1)(f)"),
    waiver_needs_end=True,
)
def personal_data_in_report(case: Case) -> Iterator[Hit]:
    """A document that is about to be published holds an identifier or an address of a person.

    Why:
        Reports go to parents, governors and websites. They are about kinds of data; a single real number in one
        of them can be a personal data breach.
    Example:
        A reason in the permission set that quotes a pupil's UPN.
    Instead:
        Take it out of the declaration from which it came. No value is ever taken from a feed or a store.
    Silent when:
        - It is a contact of the vendor, its data protection officer or another party that the organisation declares.
        - It is a contact of a school that the document speaks of, or of its data protection officer, as authorised.
        - It is a published example or lies in a reserved range, unless reserved values are asked for.
    """
    text = given(case.report_text)
    contacts = {
        sighting.value
        for detector, *_ in LOOKED_FOR
        for contact in (*_contacts(case.declarations.organisation), *_of_schools(case))
        for sighting in detector.find(contact)
    }
    for detector, one, many in LOOKED_FOR:
        found = {
            sighting.value
            for sighting in detector.find(text)
            if _counts(sighting, case) and (sighting.in_context or detector not in NEEDS_CONTEXT)
        }
        if strange := found - contacts:
            yield Hit(
                message=f"The document holds {counted(len(strange), one, many)}.",
                evidence={"detector": detector.id, "count": len(strange)},
                fix="Take it out of the declaration it came from, or name it among the contacts of the organisation.",
            )


def _counts(sighting: Sighting, case: Case) -> bool:
    reserved = case.options.include_reserved and sighting.verdict is Verdict.RESERVED
    return sighting.verdict is Verdict.MATCH or reserved


def _contacts(organisation: Organisation | None) -> Iterator[str]:
    """Yield every declared text that may hold a contact."""
    if organisation is None:
        return
    yield from (organisation.rights_contact, organisation.privacy_notice, organisation.contract)
    parties = (organisation.processor, organisation.dpo, organisation.representative, *organisation.joint_controllers)
    yield from _texts(parties)


def _of_schools(case: Case) -> Iterator[str]:
    for granted in (case.declarations.authorisation, *case.other_schools):
        if granted:
            yield from _texts((granted.controller, granted.dpo, granted.representative))


def _texts(parties: Iterable[Party | None]) -> Iterator[str]:
    for party in parties:
        if party:
            yield from (party.name, party.address, party.email, party.telephone)
