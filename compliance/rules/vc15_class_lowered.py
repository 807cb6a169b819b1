"""VC15: data is not guarded less than before unseen."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Change, Kind
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import AUTHORISE, changes, changes_of_keeping


@rule(
    "VC15",
    "class-downgraded",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 9", "UK GDPR 32"),
)
def class_downgraded(case: Case) -> Iterator[Hit]:
    """A field is classed lower than in the earlier version, in what is asked for or in what is kept.

    Why:
        The class decides how a field is guarded and what a school is told of it. A lower one takes both away from data
        that a school handed over under the higher one.
    Example:
        A custom field with "class: special" in version 2.0.0, and "class: ordinary" in version 2.1.0.
    Instead:
        Leave the class as it was, or have somebody sign why it is lower and until when.
    Silent when:
        - The school has authorised the new version.
        - The stored field says why, by whom and until when, and that day has not passed (class_override_reason,
          class_override_by, class_override_expires).
    """
    for change in (*changes(case, Kind.CLASS_LOWERED), *changes_of_keeping(case, Kind.CLASS_LOWERED)):
        if not _is_signed(change, case):
            yield change.hit(fix=f"Leave the class as it was. {AUTHORISE}")


def _is_signed(change: Change, case: Case) -> bool:
    stored_fields = case.declarations.stored_fields
    stored = next((each for each in stored_fields.fields if each.path == change.path), None) if stored_fields else None
    expires = stored.class_override_expires if stored else None
    signed = stored and stored.class_override_reason and stored.class_override_by
    return bool(signed and expires and expires >= case.today)
