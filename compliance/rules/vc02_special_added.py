"""VC02: data that needs care comes to a school only after it has seen it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import changes
from compliance.rules.wording import named


@rule(
    "VC02",
    "special-added",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 9", "UK GDPR 35(11)"),
    waiver_needs_end=True,
)
def special_added(case: Case) -> Iterator[Hit]:
    """A field that needs special care is new in this version, be it optional or not.

    Why:
        Data about health, beliefs, origin, care or poverty changes the risk to pupils, so the school's data protection
        impact assessment has to be looked at again before it is fetched.
    Example:
        "Students.Ethnicity" stands in version 2.1.0 and did not in version 2.0.0.
    Instead:
        Show the school the new field and what the impact assessment says of it, and have it authorise the new version.
    Silent when:
        - The school has authorised the new version.
    """
    for change in changes(case, Kind.FIELD_ADDED):
        if change.path and change.data_class is not None and change.data_class.needs_care:
            yield change.hit(
                message=f"{named(change.item, change.path)} needs special care and is new in this version.",
                fix="Look at the impact assessment again, and have the school authorise the new version.",
            )
