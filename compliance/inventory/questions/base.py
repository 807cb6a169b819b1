"""What every question is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compliance.inventory.digest import Digester
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.values import key_of
from compliance.model.sketch import Digest


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Row:
    """What a question sees of one record. It holds personal data, so it cannot be printed.

    A column that the record lacks holds ``values.MISSING``.
    """

    values: tuple[object, ...]
    """Of the plan's columns."""
    status: object
    hold: object
    place: str
    """Source, dataset and number of the row: what stands for a row whose person does not matter."""

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<Row of {len(self.values)} values>"


@dataclass(frozen=True, slots=True)
class Answer:
    """A record's answer: the key that it is filed under, or None for "no"."""

    key: Digest | None = None


NO = Answer()

Question = Callable[[Row], Answer | None]
"""Answers for one record; None when the record cannot answer."""
Kind = Callable[[MeasurePlan, InventoryPlan, Digester], Question]
"""Makes the question of one plan."""


def alike(plan: MeasurePlan, digest: Digester) -> Answer:
    """Return one answer for every row that says yes: a rule wants their number, and nobody keeps a key for each."""
    return Answer(digest(plan.kind))


def together(values: tuple[object, ...], digest: Digester) -> Answer | None:
    """Return the answer that stands for all values together; None unless every one is filled."""
    keys = [key_of(value) for value in values]
    return Answer(digest("\x1f".join(keys))) if all(keys) else None
