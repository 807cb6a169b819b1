"""The people of one stored dataset: read, paired, and each given one standing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from compliance.inventory.batch import Record
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.questions.past_year import is_rollover
from compliance.model.declarations import Declarations, StoredDataset
from compliance.model.held import HELD, INCOMING, Counted, DatasetReview, Standing, Untidy
from compliance.model.vocabulary import Subject
from compliance.review.classes import ROLLOVER
from compliance.review.columns import Columns, of_feed, of_store
from compliance.review.doubles import Doubles, doubles
from compliance.review.entries import Entry, Part
from compliance.review.gather import Gathered, Wanted
from compliance.review.pairs import Pairs, pairs_between, pairs_within
from compliance.review.person import Person, person_of
from compliance.review.questions import LEFT, OFF_AGE, OVERDUE, Asked, answers, asked_of
from compliance.review.standings import Standings, standings

NO_DAY_OF_LEAVING = "the declarations name no day of leaving"
NO_RETENTION = "no retention counts from the day of leaving"
NO_YEAR_GROUP = "the declarations name no year group"


@dataclass(slots=True, kw_only=True, eq=False)
class PeopleRead:
    """One stored dataset of people while it is read."""

    dataset: StoredDataset
    store: Columns
    feed: Columns | None
    asked: tuple[Asked, ...]
    own: frozenset[str]
    """Numbers of the school, plainly spelled; where there are none, every record is taken for its own."""
    held: list[Person] = field(default_factory=list, repr=False)
    sent: list[Person] = field(default_factory=list, repr=False)

    @classmethod
    def of(
        cls, dataset: StoredDataset, declared: Declarations, plan: InventoryPlan, own: frozenset[str]
    ) -> PeopleRead | None:
        """Get ready to read a dataset; None when it does not say who people are."""
        store = of_store(dataset, declared)
        if store is None:
            return None
        return cls(
            dataset=dataset, store=store, feed=of_feed(dataset, declared), asked=asked_of(dataset, plan), own=own
        )

    def wanted_of_store(self) -> Wanted:
        """Return what is wanted of the store."""
        ways = (*self.store.ways, *(way for asked in self.asked for way in asked.ways))
        return Wanted(dataset=self.store.dataset, ways=ways, take=self._hold)

    def wanted_of_feed(self) -> Iterator[Wanted]:
        """Yield what is wanted of the feed."""
        if self.feed:
            yield Wanted(dataset=self.feed.dataset, ways=(*self.feed.ways,), take=self._send)

    def reviewed(self, sent: Gathered, *, at: dt.datetime) -> Part:
        """Pair everybody with everybody who may be the same, then say what a sync would make of each."""
        ours = sorted(each for each in self.held if self._is_own(each))
        theirs = sorted(_once(self.sent))
        is_fed = self.feed is not None and self.feed.dataset.casefold() in sent.met
        within, between = pairs_within(ours), pairs_between(ours, theirs) if is_fed else Pairs({})
        twice = doubles(ours, within)
        stand = standings(ours, theirs, between) if is_fed else None
        wrong = None if is_rollover(at.date()) else _wrong_years(ours, theirs, stand)
        return Part(
            counts=DatasetReview(
                dataset=self.dataset.name,
                subject=self.dataset.subject or "",
                held=len(ours),
                elsewhere=len(self.held) - len(ours),
                incoming=len(theirs) if is_fed else None,
                incomplete=bool(self.feed and sent.is_incomplete(self.feed.dataset)),
                of_held=_counted(stand.held, HELD) if stand else {},
                of_incoming=_counted(stand.incoming, INCOMING) if stand else {},
                untidy=dict(self._untidy(ours, twice, wrong)),
            ),
            entries=(
                *_doubles(self.dataset.name, ours, twice),
                *_entries(self.dataset.name, Untidy.WRONG_YEAR_GROUP, ours, theirs, wrong or {}),
                *_leavers(self.dataset.name, ours),
                *(_standing_entries(self.dataset.name, ours, theirs, stand, between) if stand else ()),
            ),
            notes=(f"{self.dataset.name}: so many share a day of birth that spellings were not compared",)
            if within.crowded or between.crowded
            else (),
        )

    def _hold(self, source: str, row: int, record: Record) -> None:
        self.held.append(person_of(record, self.store, source, row, answers(record, self.asked)))

    def _send(self, source: str, row: int, record: Record) -> None:
        if self.feed:
            self.sent.append(person_of(record, self.feed, source, row, {}))

    def _is_own(self, person: Person) -> bool:
        return not self.own or not person.school or person.school in self.own

    def _untidy(
        self, ours: Sequence[Person], twice: Doubles, wrong: Mapping[int, object] | None
    ) -> Iterator[tuple[Untidy, Counted]]:
        asked = {each.name for each in self.asked}
        sure = sum(each.is_sure for each in twice.doubles)
        yield Untidy.HELD_TWICE, Counted(count=sure)
        yield Untidy.MAY_BE_HELD_TWICE, Counted(count=len(twice.doubles) - sure)
        if self.store.key:
            yield Untidy.TWO_IDENTIFIERS, Counted(count=twice.two_identifiers)
        if self.dataset.subject is Subject.PUPIL:
            why_not = ROLLOVER if wrong is None else "" if self.store.year_group else NO_YEAR_GROUP
            yield Untidy.WRONG_YEAR_GROUP, Counted(why_not=why_not) if why_not else Counted(count=len(wrong or {}))
        if LEFT in asked:
            yield Untidy.LEAVER, Counted(count=sum(each.says(LEFT) for each in ours))
            yield (
                Untidy.LEAVER_OVERDUE,
                Counted(count=sum(each.says(OVERDUE) for each in ours))
                if OVERDUE in asked
                else Counted(why_not=NO_RETENTION),
            )
        else:
            yield Untidy.LEAVER, Counted(why_not=NO_DAY_OF_LEAVING)


def _once(people: Iterable[Person]) -> Iterable[Person]:
    """Keep one record of each identifier: pages overlap, and changes repeat people in full."""
    known: dict[str, Person] = {}
    rest = []
    for each in people:
        if not each.key:
            rest.append(each)
        elif each.key not in known or each > known[each.key]:
            known[each.key] = each
    return [*known.values(), *rest]


def _counted(made: Iterable[Standing], possible: Collection[Standing]) -> Mapping[Standing, int]:
    counts = Counter(made)
    return {each: counts[each] for each in possible}


def _wrong_years(
    ours: Sequence[Person], theirs: Sequence[Person], stand: Standings | None
) -> Mapping[int, tuple[int | None, str]]:
    """Say of whom the year group is wrong, what the feed's record is and why."""
    wrong: dict[int, tuple[int | None, str]] = {}
    for number, person in enumerate(ours):
        other = stand.partner.get(number) if stand else None
        sent = theirs[other].year if other is not None else ""
        if sent:
            if person.year and person.year != sent:
                wrong[number] = other, "the school's system sends another year group"
        elif person.says(OFF_AGE):
            wrong[number] = other, "it is two years or more from the year group of their age"
    return wrong


def _entries(
    dataset: str,
    what: Standing | Untidy,
    ours: Sequence[Person],
    theirs: Sequence[Person],
    found: Mapping[int, tuple[int | None, str]],
) -> Iterator[Entry]:
    for number, (other, why) in found.items():
        beside = theirs[other] if other is not None else None
        yield Entry(dataset=dataset, what=what, subject=ours[number], other=beside, why=why)


def _doubles(dataset: str, ours: Sequence[Person], twice: Doubles) -> Iterator[Entry]:
    for each in twice.doubles:
        what = Untidy.HELD_TWICE if each.is_sure else Untidy.MAY_BE_HELD_TWICE
        yield Entry(dataset=dataset, what=what, subject=ours[each.number], other=ours[each.first], why=each.why)


def _leavers(dataset: str, ours: Sequence[Person]) -> Iterator[Entry]:
    for each in ours:
        if each.says(OVERDUE):
            yield Entry(dataset=dataset, what=Untidy.LEAVER_OVERDUE, subject=each, why="the time limit is over")
        elif each.says(LEFT):
            yield Entry(dataset=dataset, what=Untidy.LEAVER, subject=each, why="the day of leaving is over")


def _standing_entries(
    dataset: str, ours: Sequence[Person], theirs: Sequence[Person], stand: Standings, pairs: Pairs
) -> Iterator[Entry]:
    """Yield every standing, what needs a decision before what does not."""
    for what in (Standing.MAY_MATCH, Standing.WOULD_BE_DESYNCED, Standing.NOT_MATCHED):
        for number, person in enumerate(ours):
            if stand.held[number] is what:
                other = stand.beside.get(number)
                yield Entry(
                    dataset=dataset,
                    what=what,
                    subject=person,
                    other=theirs[other] if other is not None else None,
                    why=pairs.why[number, other] if other is not None else "",
                )
    yield from (
        Entry(dataset=dataset, what=Standing.NEW, subject=person)
        for person, what in zip(theirs, stand.incoming, strict=True)
        if what is Standing.NEW
    )
    yield from (
        Entry(dataset=dataset, what=Standing.MATCHED, subject=ours[one], other=theirs[other], why=pairs.why[one, other])
        for one, other in sorted(stand.partner.items())
    )
