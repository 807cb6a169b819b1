"""DA45: logs, backups and exports are as young as they are said to be."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import rows_met


@rule(
    "DA45",
    "store-past-schedule",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(e)",),
)
def store_past_schedule(case: Case) -> Iterator[Hit]:
    """A row of a log, a backup, an export or another store was written longer ago than its retention allows.

    Why:
        What was erased from the database lives on in logs and exports, where nobody looks for it and from where
        nobody erases it by hand.
    Example:
        The log is kept for 90 days; its oldest row is of the year before last.
    Instead:
        Let what is overdue be erased, and find out why it was not.
    Silent when:
        - A legal hold is set on the row.
        - The days of grace are not over.
        - No retention of the dataset counts from the day on which a row was written (record.created), or no column
          says when that was (recorded_on).
    """
    for met in rows_met(case, "old_record"):
        yield met.hit(
            f"{met.counted} {'was' if met.rows == 1 else 'were'} written longer ago than the retention allows.",
            fix="Erase these rows, and find out why the erasure did not run.",
        )
