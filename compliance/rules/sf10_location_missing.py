"""SF10: every store says where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "SF10",
    "location-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 28(3)(a)", "UK GDPR 30(1)(e)"),
)
def location_missing(case: Case) -> Iterator[Hit]:
    """A store does not say in which country it stands.

    Why:
        Whether pupils' data leaves the country decides which safeguard it needs, and parents have to be told. A store
        without a country is in none of these answers.
    Example:
        The store "backups" without "country".
    Instead:
        Write the country, such as "country: GB".
    Silent when:
        - Its provider is a sub-processor whose country the organisation declares.
    """
    organisation = case.declarations.organisation
    known = {each.name for each in organisation.sub_processors if each.country} if organisation else set()
    for store in given(case.declarations.stored_fields).stores.values():
        if not store.country and store.provider not in known:
            yield Hit(
                message=f"{store.label} does not say in which country it stands.",
                place=store.place,
                evidence={"store": store.id},
                fix="Write its country, such as GB.",
            )
