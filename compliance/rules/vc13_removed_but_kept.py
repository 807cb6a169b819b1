"""VC13: what is no longer asked for does not stay."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import all_changes
from compliance.rules.wording import named


@rule(
    "VC13",
    "removed-but-kept",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 5(1)(e)", "UK GDPR 17"),
)
def removed_but_kept(case: Case) -> Iterator[Hit]:
    """A field that is no longer asked for is still declared as stored, and no day is given on which it goes.

    Why:
        Taking a field out of the request ends the feed. What was fetched before stays until somebody erases it.
    Example:
        Version 2.1.0 drops "Students.Gender"; "pupil.gender" is declared as before.
    Instead:
        Erase it and drop the declaration, or say under "deprecated_from" from which day nothing is kept in it.
    Silent when:
        - The declaration says from which day nothing is kept in it (deprecated_from), and that day is ahead, or nothing
          was found in the store.
    """
    removed = {change.path for change in all_changes(case) if change.kind is Kind.FIELD_REMOVED}
    for line in case.ledger:
        stored = line.stored
        if stored is None or line.source_path not in removed:
            continue
        ends = stored.deprecated_from
        if ends is None or (ends < case.today and not line.held.no):
            yield Hit(
                message=f"{named(line.item, stored.path)} is still declared as stored; {line.source_path} is no longer "
                "asked for.",
                path=stored.path,
                place=stored.place,
                item=line.item,
                data_class=line.data_class,
                fix="Erase it and drop the declaration, or say under deprecated_from from which day nothing is kept.",
            )
