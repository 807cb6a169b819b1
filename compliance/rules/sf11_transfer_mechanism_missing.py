"""SF11: data that leaves the country takes a safeguard with it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.adequacy import AS_OF, regimes
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "SF11",
    "transfer-mechanism-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 44A-49", "EU GDPR 44-49"),
)
def transfer_mechanism_missing(case: Case) -> Iterator[Hit]:
    """A store stands in a country that needs a safeguard, and has none, or only one that the other law knows.

    Why:
        Outside the countries found adequate, a safeguard has to protect pupils' rights; the European Union's
        clauses alone do not do so for the United Kingdom.
    Example:
        "country: US" without a "safeguard"; or, for schools in England, with "standard contractual clauses" alone.
    Instead:
        Name the safeguard: for the United Kingdom the International Data Transfer Agreement, the UK Addendum, binding
        corporate rules, or the UK Extension to the Data Privacy Framework when the provider has joined it. Or move
        the store.
    Silent when:
        - The country is found adequate in the list of 1 February 2026; Canada, Japan and the United States are so for
          some recipients only, and need a safeguard that says so.
        - The safeguard says that the data stays on the school's own device abroad, which is no transfer.
    """
    for store in given(case.declarations.stored_fields).stores.values():
        barred = [
            regime.label
            for regime in regimes(case.packs)
            if store.country and not regime.allows(store.country, store.safeguard, case.today)
        ]
        if barred:
            yield Hit(
                message=f"{store.label} stands in {store.country}, which is not on the list of adequate countries of "
                f"{AS_OF.isoformat()}, and names no safeguard that {listed(barred, 'or')} knows.",
                place=store.place,
                evidence={"store": store.id, "country": store.country},
                fix="Name a safeguard that the law of the schools' country knows, or move the store.",
            )
