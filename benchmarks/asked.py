"""What ours is asked for when it runs inside of a benchmark: the shipped vocabulary."""

from __future__ import annotations

import datetime as dt

from compliance.declarations.load import load_declarations
from compliance.inventory.measures import InventoryPlan
from compliance.model.vocabulary import Vocabulary


def asked_for(*, detect: bool = True) -> tuple[InventoryPlan, Vocabulary]:
    """Return the plan and the vocabulary."""
    plan = InventoryPlan(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), key=b"k" * 32, detect=detect)
    return plan, load_declarations(()).vocabulary
