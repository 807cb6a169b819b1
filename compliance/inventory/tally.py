"""Asks the planned questions of every record and counts the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from compliance.inventory.batch import Batch, Exclusions, Rows
from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.questions.base import Question, Row
from compliance.inventory.questions.registry import KINDS
from compliance.inventory.shapes import Block
from compliance.inventory.values import key_of
from compliance.inventory.ways import Way, value_at, way_to
from compliance.model.inventory import Measure, MeasureKey
from compliance.model.sketch import Digest


@dataclass(slots=True)
class _Count:
    """One measure while it grows. It is the only part of an inventory that grows with the people in the data."""

    looked_at: int = 0
    keys: Counter[Digest] = field(default_factory=Counter)
    first_row: int | None = None


class Tally:
    """The measures of one inventory while it is taken. A measure is there once its dataset was met."""

    def __init__(self, plan: InventoryPlan, digest: Digester) -> None:
        self._digest = digest
        self._asked = {each.key: _Asked.of(each, plan, digest) for each in plan.measures}
        self._counts: dict[MeasureKey, _Count] = {}

    def ask(self, batch: Batch | Rows | Block) -> None:
        """Ask every question about the batch's dataset of every record."""
        for key, asked in self._asked.items():
            if key.dataset.casefold() == batch.dataset.casefold():
                asked.count(batch, self._counts.setdefault(key, _Count()))

    def exclude(self, exclusions: Exclusions) -> None:
        """Count the people that the school's own list names, under the keys by which ``person`` would meet them."""
        kind = "included_only" if exclusions.opt_in else "excluded"
        for subject, ids in exclusions.ids.items():
            count = self._counts.setdefault(MeasureKey(kind, subject), _Count())
            count.looked_at += len(ids)
            count.keys.update(self._digest(key_of(each)) for each in ids)

    def measures(self) -> Mapping[MeasureKey, Measure]:
        """Return what was counted."""
        return {
            key: Measure(looked_at=count.looked_at, keys=dict(count.keys), first_row=count.first_row)
            for key, count in sorted(self._counts.items())
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One question, and where in a record it looks."""

    question: Question
    columns: tuple[Way, ...]
    status: Way
    hold: Way

    @classmethod
    def of(cls, plan: MeasurePlan, whole: InventoryPlan, digest: Digester) -> _Asked:
        """Make the question of ``plan``."""
        return cls(
            question=KINDS[plan.kind](plan, whole, digest),
            columns=tuple(map(way_to, plan.columns)),
            status=way_to(plan.status),
            hold=way_to(plan.hold),
        )

    def count(self, batch: Batch | Rows | Block, count: _Count) -> None:
        """Add the answers of the batch's records to ``count``."""
        for number, record in enumerate(batch.records, batch.first_row):
            answer = self.question(
                Row(
                    values=tuple(value_at(record, names) for names in self.columns),
                    status=value_at(record, self.status),
                    hold=value_at(record, self.hold),
                    place=f"{batch.source}\0{batch.dataset}\0{number}",
                )
            )
            if answer is None:
                continue
            count.looked_at += 1
            if answer.key is not None:
                count.keys[answer.key] += 1
                count.first_row = number if count.first_row is None else min(count.first_row, number)
