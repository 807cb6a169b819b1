"""What is asked of a whole record: the same questions that the inventory's measures ask, so that both agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from compliance.inventory.batch import Record
from compliance.inventory.digest import keyed
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import Question, Row
from compliance.inventory.questions.registry import KINDS
from compliance.inventory.ways import Way, value_at, way_to
from compliance.model.declarations import Retention, StoredDataset
from compliance.model.paths import escape

LEFT, OVERDUE, OFF_AGE, PAST_YEAR = "left", "leaver", "year_off_age", "past_year"
_AT_ONCE = Retention(id="at once", period="P0D")
"""Whoever may be kept until the last day has left when that is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, and where a record answers it."""

    name: str
    question: Question
    columns: tuple[Way, ...]
    status: Way
    hold: Way

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every way that it looks along."""
        return tuple(filter(None, (*self.columns, self.status, self.hold)))


def asked_of(dataset: StoredDataset, plan: InventoryPlan) -> tuple[Asked, ...]:
    """Return what the declarations allow to be asked of one stored dataset."""
    planned = {each.kind: each for each in plan.measures if each.dataset == dataset.name}
    left = _left(dataset)
    if left:
        planned[LEFT] = left
    names = (LEFT, OVERDUE, OFF_AGE, PAST_YEAR)
    return tuple(_asked(name, planned[name], plan) for name in names if name in planned)


def answers(record: Record, questions: tuple[Asked, ...]) -> Mapping[str, bool]:
    """Ask one record everything; what it cannot answer is left out."""
    said: dict[str, bool] = {}
    for asked in questions:
        row = Row(
            values=tuple(value_at(record, way) for way in asked.columns),
            status=value_at(record, asked.status),
            hold=value_at(record, asked.hold),
            place="",
        )
        answer = asked.question(row)
        if answer is not None:
            said[asked.name] = answer.key is not None
    return said


def _left(dataset: StoredDataset) -> MeasurePlan | None:
    """Ask who has left, whatever the retention. Raises nothing: without a day of leaving nobody can tell."""
    if not dataset.leaving_date:
        return None
    return MeasurePlan(
        kind=OVERDUE,
        dataset=dataset.name,
        columns=(escape(dataset.leaving_date),),
        retention=_AT_ONCE,
        hold=escape(dataset.hold) if dataset.hold else "",
        status=escape(dataset.enrolment_status) if dataset.enrolment_status else "",
    )


def _asked(name: str, planned: MeasurePlan, plan: InventoryPlan) -> Asked:
    return Asked(
        name=name,
        question=KINDS[planned.kind](planned, replace(plan, measures=()), keyed(plan.key)),
        columns=tuple(map(way_to, planned.columns)),
        status=way_to(planned.status),
        hold=way_to(planned.hold),
    )
