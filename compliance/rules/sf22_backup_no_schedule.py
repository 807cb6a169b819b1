"""SF22: a backup ends, and what was erased does not come back with it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Store, StoredFields
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "SF22",
    "backup-no-schedule",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(e)", "UK GDPR 17", "EDPB, Coordinated action on erasure (2026)"),
)
def backup_no_schedule(case: Case) -> Iterator[Hit]:
    """A store of backups does not say after how long its copies are gone, or how what was erased since is erased again
    after a restore.

    Why:
        What stays in a backup until it is overwritten is out of use, as long as it really is overwritten. A restore
        brings every erased child back.
    Example:
        A store of the kind "backup" without "after_restore", and a retention without "backups".
    Instead:
        Give each retention the period of its backups, or the store a retention of its own; and say under
        "after_restore" what is done.
    Silent when:
        - Every retention gives the period of its backups, or the store has its own, and the store says what is done
          after a restore.
    """
    stored_fields = given(case.declarations.stored_fields)
    for store in stored_fields.stores.values():
        lacks = tuple(_lacks(store, stored_fields)) if store.kind == "backup" else ()
        if lacks:
            yield Hit(
                message=f"{store.label} does not say {listed(lacks, 'or')}.",
                place=store.place,
                evidence={"store": store.id},
                fix="Give retentions their backups, or the store a retention, and add after_restore.",
            )


def _lacks(store: Store, stored_fields: StoredFields) -> Iterator[str]:
    own = store.retention is not None and store.retention.period is not None
    if not own and not all(retention.backups for retention in stored_fields.retentions.values()):
        yield "after how long its copies are gone"
    if not store.after_restore:
        yield "how what was erased since is erased again after a restore"
