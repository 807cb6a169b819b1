"""What an audit did not look at, though it should have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compliance.model.findings import Input, RuleInfo, Severity, Skipped
from compliance.model.gaps import Gap, GapKind
from compliance.model.inventory import Inventory
from compliance.rules.base import Case
from compliance.rules.documentation import INPUTS
from compliance.rules.wording import listed

ROWS = "rows"
"""Left out on purpose where a store has no rows by its nature, such as a schema."""
LEAVABLE = (*(each.value for each in Input if each is not Input.REPORT), ROWS)
"""What can be left out on purpose, beside rules by their ids."""


COMES_WITH = {
    Input.GRANT: Input.FEED,
    Input.OLD_STORED_FIELDS: Input.OLD_PERMISSION_SET,
    Input.OLD_ORGANISATION: Input.OLD_PERMISSION_SET,
}
"""An input to the one that brings it along: who leaves that out has left it out as well."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A feed that is older than it may be."""

    source: str
    days: int
    limit: str
    """The period that was given."""


def is_left_out(need: Input, without: Iterable[str]) -> bool:
    """Whether an input is not there on purpose: what comes with another is left out with it."""
    left = {*without}
    if need is Input.DATA:
        return {Input.FEED.value, Input.STORE.value} <= left or need.value in left
    return bool({need.value, COMES_WITH.get(need, need).value} & left)


def gaps_of(
    case: Case, ran: Iterable[RuleInfo], skipped: Iterable[Skipped], stale: Iterable[Stale] = ()
) -> tuple[Gap, ...]:
    """Return every gap, in the order of its kinds."""
    found = [*_sources(case), *_datasets(case), *_rows(case), *_ages(stale), *_rules(ran, skipped)]
    return tuple(sorted(found, key=lambda gap: ([*GapKind].index(gap.kind), gap.subject)))


def _sources(case: Case) -> Iterator[Gap]:
    without = case.options.without
    if case.feed is None and case.store is None and not is_left_out(Input.DATA, without):
        yield Gap(GapKind.NO_SOURCE, "", "Neither a feed nor a store was given: only declarations were looked at.")
    if case.feed is not None and not _size(case.feed):
        yield Gap(GapKind.EMPTY_FEED, "", "The feed holds no record: nothing that the app receives was seen.")
    if case.store is not None and not case.store.rows and ROWS not in without:
        yield Gap(GapKind.EMPTY_STORE, "", "The store holds no row: its columns were seen, and no values.")


def _size(feed: Inventory) -> int:
    """Count what a feed says: records, and those of a delta that say only that they are gone or unchanged."""
    return feed.rows + sum(dataset.bare + dataset.deleted for dataset in feed.datasets.values())


def _datasets(case: Case) -> Iterator[Gap]:
    stored, asked, catalogue = (
        case.declarations.stored_fields,
        case.declarations.permission_set,
        case.declarations.catalogue,
    )
    if case.store is not None and stored:
        for dataset in stored.datasets:
            if dataset.name not in case.store.datasets:
                what = f"The dataset {dataset.name} is declared and is not in the store."
                yield Gap(GapKind.DATASET_MISSING, dataset.name, what)
    if case.feed is not None and asked:
        there = {name.casefold() for name in case.feed.datasets}
        paths = (field.path for _, field in asked.requested_fields)
        named = {(catalogue.canonical(path) if catalogue else path).dataset for path in paths} - {"*"}
        for name in sorted(named):
            if name.casefold() not in there:
                what = f"The dataset {name} is asked for and is not in the feed."
                yield Gap(GapKind.DATASET_MISSING, name, what)


def _rows(case: Case) -> Iterator[Gap]:
    for side, inventory in (("feed", case.feed), ("store", case.store)):
        for name in sorted(inventory.incomplete) if inventory else ():
            what = f"Rows of {name} in the {side} are known to be missing."
            yield Gap(GapKind.ROWS_MISSING, name, what)


def _ages(stale: Iterable[Stale]) -> Iterator[Gap]:
    for each in stale:
        what = f"{each.source} is {each.days} days old, and may be no older than {each.limit}."
        yield Gap(GapKind.FEED_TOO_OLD, each.source, what)


def _rules(ran: Iterable[RuleInfo], skipped: Iterable[Skipped]) -> Iterator[Gap]:
    if not any(True for _ in ran):
        yield Gap(GapKind.NO_RULE, "", "No rule ran.")
    lacking: defaultdict[tuple[Input, ...], list[str]] = defaultdict(list)
    for each in skipped:
        if each.rule.severity is Severity.ERROR and not each.on_purpose:
            lacking[each.missing].append(each.rule.id)
    for missing, ids in lacking.items():
        needs = f"need{'s' if len(ids) == 1 else ''} {listed(INPUTS[each] for each in missing)}"
        what = f"{listed(ids)} could not run: {'it' if len(ids) == 1 else 'they'} {needs}."
        yield Gap(GapKind.RULE_WITHOUT_INPUT, "+".join(missing), what)
