"""VC06: data does not move to another country unseen."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.versions import AUTHORISE, is_authorised


@rule(
    "VC06",
    "location-changed",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.OLD_STORED_FIELDS),
    law=("UK GDPR 28(3)(a)", "UK GDPR 44A-49"),
)
def location_changed(case: Case) -> Iterator[Hit]:
    """A store stands in another country than before, or its safeguard is another; or a new store stands where none did.

    Why:
        A school instructs where its pupils' data goes, and its notice names the countries. A move makes both untrue.
    Example:
        "country: GB" in the earlier file, "country: US" in this one.
    Instead:
        Have the school authorise the new version before anything is moved.
    Silent when:
        - The school has authorised the new version.
        - The store moved within its country, or to another provider there.
    """
    if is_authorised(case):
        return
    earlier = given(case.declarations.previous_stored_fields).stores
    countries = {store.country for store in earlier.values()}
    for store in given(case.declarations.stored_fields).stores.values():
        before = earlier.get(store.id)
        if before is None:
            moved = f"is new and stands in {store.country}" if store.country not in {"", *countries} else ""
        elif before.country != store.country:
            moved = f"stood in {before.country or 'no country that was named'} and now in {store.country or 'none'}"
        else:
            moved = "has another safeguard than before" if before.safeguard != store.safeguard else ""
        if moved:
            yield Hit(message=f"{store.label} {moved}.", place=store.place, evidence={"store": store.id}, fix=AUTHORISE)
