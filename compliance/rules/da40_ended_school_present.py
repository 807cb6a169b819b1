"""DA40: when a school has ended it, its data goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.model.declarations import Authorisation, StoredDataset
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.inventory import Inventory
from compliance.model.paths import FieldPath, escape
from compliance.model.periods import Period, add
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import counted

REVOKED, BACKUP = "revoked", "backup"


@rule(
    "DA40",
    "ended-school-present",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.AUTHORISATION, Input.STORE),
    law=("UK GDPR 28(3)(g)",),
)
def ended_school_present(case: Case) -> Iterator[Hit]:
    """The school has revoked its authorisation or ended its contract, and its data is still there past the day agreed.

    Why:
        At the end of the service the supplier returns or erases all personal data, as the school chooses (Article
        28(3)(g)). After that there is nobody left on whose instructions it could be kept.
    Example:
        The contract ended on 22 July with 60 days to erase; in November the table "pupil" has 420 rows.
    Instead:
        Return or erase it, and tell the school in writing when that was done.
    Silent when:
        - The day agreed has not come: the grace is not over (withdrawal_grace), or a later day was agreed in writing
          (erase_by).
        - Nobody says since when it has ended (ended_on): then it is a warning.
        - The rows are those of a backup, and the period is not over after which backups are gone.
        - The rows are about another school, whose number they carry.
        - The school has not ended it.
    """
    authorisation, store = given(case.declarations.authorisation), given(case.store)
    stored_fields = given(case.declarations.stored_fields)
    if authorisation.status != REVOKED and not (authorisation.ended_on and authorisation.ended_on <= case.today):
        return
    last = _last_day(authorisation)
    for dataset in stored_fields.datasets:
        held_in = stored_fields.stores.get(dataset.store)
        rows = _rows(dataset, store)
        is_backup = held_in is not None and held_in.kind == BACKUP
        if rows <= 0 or dataset.subject is Subject.SCHOOL or (last and case.today <= _due(dataset, last, is_backup)):
            continue
        since = f"and everything was to be erased by {last.isoformat()}" if last else "and nothing says since when"
        yield Hit(
            message=f"{authorisation.school.name} has ended it, {since}; {dataset.name} holds {counted(rows, 'row')}.",
            path=FieldPath(dataset.name),
            place=dataset.place,
            strength=Strength.FIRM if last else Strength.WEAK,
            evidence={"dataset": dataset.name, "rows": rows},
            fix="Return or erase it, and tell the school in writing when that was done."
            if last
            else "Say under ended_on when it ended, and under erase_by what was agreed.",
        )


def _last_day(authorisation: Authorisation) -> dt.date | None:
    """Return the last day on which the data may be there, when anybody said enough."""
    if authorisation.erase_by or authorisation.ended_on is None:
        return authorisation.erase_by
    return add(authorisation.ended_on, Period.parse(authorisation.withdrawal_grace))


def _due(dataset: StoredDataset, last: dt.date, is_backup: bool) -> dt.date:  # noqa: FBT001 - of one caller
    """Return the last day for one dataset: backups have a period of their own."""
    backups = dataset.retention.backups if dataset.retention and is_backup else None
    return add(last, Period.parse(backups)) if backups else last


def _rows(dataset: StoredDataset, store: Inventory) -> int:
    """Count the rows that are not another school's."""
    profile = store.datasets.get(dataset.name)
    others = store.measure("other_school", dataset.name, escape(dataset.school_key)) if dataset.school_key else None
    return (profile.rows if profile else 0) - (sum(others.keys.values()) if others else 0)
