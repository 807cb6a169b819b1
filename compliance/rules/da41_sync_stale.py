"""DA41: the sync still runs."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath, escape
from compliance.rules.base import Case, given, rule
from compliance.rules.found import is_rolling_over, place_of


@rule(
    "DA41",
    "sync-stale",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def sync_stale(case: Case) -> Iterator[Hit]:
    """No row of a dataset came from the school's system within the declared period.

    Why:
        As long as nothing comes, nobody who left is erased, no class is right, and every other finding about the
        data may be one about an old copy.
    Example:
        "pupil" is to be synced within P7D; the newest row came six weeks ago.
    Instead:
        Find out why the sync does not run, and tell the school.
    Silent when:
        - At least one row came in time.
        - The school paused or revoked its authorisation.
        - The day lies in the weeks from 15 July to 30 September, in which schools are closed or roll over to the new
          year.
        - Nobody says how often the dataset is synced (sync_within), or which column tells when a row came (synced_on).
    """
    authorisation, store = case.declarations.authorisation, given(case.store)
    if (authorisation and authorisation.status != "active") or is_rolling_over(case.today):
        return
    stored_fields = given(case.declarations.stored_fields)
    for dataset in stored_fields.datasets:
        measure = store.measure("in_time", dataset.name, escape(dataset.synced_on)) if dataset.synced_on else None
        if measure and measure.looked_at and not measure.keys and dataset.name not in store.incomplete:
            path = FieldPath.of(dataset.name, dataset.synced_on)
            yield Hit(
                message=f"No row of {dataset.name} came from the school's system within {dataset.sync_within}.",
                path=path,
                place=place_of(path, stored_fields),
                evidence={"dataset": dataset.name, "rows": measure.looked_at, "within": dataset.sync_within},
                fix="Find out why the sync does not run.",
            )
