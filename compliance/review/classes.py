"""Which classes are stale."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from compliance.inventory.batch import Record
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.past_year import is_rollover
from compliance.inventory.values import is_set, key_of, text_of
from compliance.inventory.ways import Way, value_at, way_to
from compliance.model.declarations import StoredDataset
from compliance.model.held import Counted, DatasetReview, Untidy
from compliance.model.paths import escape
from compliance.review.entries import Entry, Part
from compliance.review.gather import Gathered, Wanted
from compliance.review.person import SchoolClass
from compliance.review.questions import PAST_YEAR, Asked, answers, asked_of

ROLLOVER = "from 15 July to 30 September one year's groups give way to the next"
EARLIER, UNKNOWN = "it is of an earlier academic year", "the school's system does not send it"


@dataclass(slots=True, kw_only=True, eq=False)
class ClassesRead:
    """One stored dataset of classes while it is read."""

    dataset: StoredDataset
    name: Way
    historic: Way
    asked: tuple[Asked, ...]
    held: list[SchoolClass] = field(default_factory=list, repr=False)
    known: set[str] = field(default_factory=set, repr=False)
    """Names of groups that the feed sends, plainly spelled."""

    @classmethod
    def of(cls, dataset: StoredDataset, plan: InventoryPlan) -> ClassesRead:
        """Get ready to read a dataset that names groups."""
        return cls(
            dataset=dataset,
            name=way_to(escape(dataset.group_name)),
            historic=way_to(escape(dataset.historic)) if dataset.historic else (),
            asked=asked_of(dataset, plan),
        )

    def wanted_of_store(self) -> Wanted:
        """Return what is wanted of the store."""
        ways = (self.name, self.historic, *(way for asked in self.asked for way in asked.ways))
        return Wanted(dataset=self.dataset.name, ways=ways, take=self._hold)

    def wanted_of_feed(self, measure: MeasurePlan) -> Wanted:
        """Return what is wanted of a dataset of the feed that names groups."""
        (way,) = map(way_to, measure.columns)

        def take(_source: str, _row: int, record: Record) -> None:
            self.known.add(key_of(value_at(record, way)))

        return Wanted(dataset=measure.dataset, ways=(way,), take=take)

    def reviewed(self, _sent: Gathered, *, at: dt.datetime) -> Part:
        """Say which classes are stale; in the weeks of rollover nobody is asked."""
        why_not = ROLLOVER if is_rollover(at.date()) else ""
        found = [] if why_not else [(each, why) for each in sorted(self.held) if (why := self._why_stale(each))]
        return Part(
            counts=DatasetReview(
                dataset=self.dataset.name,
                subject="class",
                held=len(self.held),
                untidy={Untidy.STALE_CLASS: Counted(count=None if why_not else len(found), why_not=why_not)},
            ),
            entries=tuple(
                Entry(dataset=self.dataset.name, what=Untidy.STALE_CLASS, subject=each, why=why) for each, why in found
            ),
            notes=() if self.known - {""} else (f"{self.dataset.name}: no feed named a class to compare with",),
        )

    def _hold(self, source: str, row: int, record: Record) -> None:
        key = key_of(value_at(record, self.name))
        if key:
            self.held.append(
                SchoolClass(
                    key=key,
                    name=text_of(value_at(record, self.name)),
                    historic=is_set(value_at(record, self.historic)),
                    past_year=answers(record, self.asked).get(PAST_YEAR, False),
                    source=source,
                    row=row,
                )
            )

    def _why_stale(self, each: SchoolClass) -> str:
        if each.historic:
            return ""
        if each.past_year:
            return EARLIER
        known = self.known - {""}
        return UNKNOWN if known and each.key not in known else ""
