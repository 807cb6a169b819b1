"""VC06: data does not move to another country unseen."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind, Sign
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import AUTHORISE, changes_of_keeping


@rule(
    "VC06",
    "location-changed",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.OLD_STORED_FIELDS),
    law=("UK GDPR 28(3)(a)", "UK GDPR 44A-49"),
)
def location_changed(case: Case) -> Iterator[Hit]:
    """A store or a sub-processor is in another country than before, or relies on another safeguard; or a new store
    stands where none did.

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
    for change in changes_of_keeping(case, Kind.COUNTRY_ADDED, Kind.SAFEGUARD_CHANGED):
        if change.sign is Sign.BREAKING:
            yield change.hit(fix=AUTHORISE)
