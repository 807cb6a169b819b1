"""DA37: classes are this year's."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import Inventory, MeasureKey
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, first_row, is_rolling_over, is_whole, place_of
from compliance.rules.wording import counted


@rule(
    "DA37",
    "stale-group",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def stale_group(case: Case) -> Iterator[Hit]:
    """A class or group is not in the school's system any more, or carries an earlier academic year.

    Why:
        A class decides which teacher sees whose results. Last year's class keeps last year's teacher looking.
    Example:
        The class "7B" of 2025/26 in November 2026, not marked as history.
    Instead:
        Close groups that the feed no longer names, or mark them as history with a retention of their own.
    Silent when:
        - The group is kept as history, read-only and with a retention, and the declared column says so (historic).
        - The day lies in the weeks in which systems roll over to the new year, 15 July to 30 September.
        - The feed does not name all of its groups: rows are missing, or say only that nothing changed.
        - The name holds a number that is no year, such as Set 24.
    """
    store, stored_fields = given(case.store), given(case.declarations.stored_fields)
    for key, measure in answers(store, "past_year"):
        rows, path = sum(measure.keys.values()), FieldPath(key.dataset, key.basis)
        if rows:
            yield Hit(
                message=f"{counted(rows, 'row')} of {key.dataset} {'carries' if rows == 1 else 'carry'} an earlier "
                "academic year.",
                path=path,
                place=place_of(path, stored_fields),
                evidence={"dataset": key.dataset, "rows": rows, **first_row(measure.first_row)},
                fix="Close these groups, or mark them as history.",
            )
    if case.feed is None or is_rolling_over(case.today):
        return
    fed = {group for _, measure in answers(case.feed, "group") for group in measure.keys}
    if not fed:
        return
    for key, measure in answers(store, "group"):
        unknown, path = len(measure.keys.keys() - fed), FieldPath(key.dataset)
        if unknown and _is_named_whole(case.feed, key):
            yield Hit(
                message=f"{key.dataset} holds {counted(unknown, 'group')} that the feed does not name.",
                path=path,
                place=place_of(path, stored_fields),
                evidence={"dataset": key.dataset, "groups": unknown},
                fix="Close these groups, or mark them as history.",
            )


def _is_named_whole(feed: Inventory, group: MeasureKey) -> bool:
    """Whether all rows came of the dataset from which a store's groups are declared to come.

    Where that is not declared, it takes all datasets that name groups: whichever is cut may be the one.
    """
    source = FieldPath.parse(group.basis).dataset if group.basis else None
    naming = {source} if source else {key.dataset for key, _ in answers(feed, "group")}
    return all(is_whole(feed, name) for name in naming)
