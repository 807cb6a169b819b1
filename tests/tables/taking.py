"""Taking the inventory of the invented table, and what may differ between two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from compliance.inventory.batch import Piece
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.take import take_inventory
from compliance.model.inventory import FieldProfile, Inventory
from compliance.model.vocabulary import EMPTY_VOCABULARY, Code, CodeSet

CODES = CodeSet(
    id="ethnicity",
    label="Ethnicity",
    authority="test",
    version="1",
    reveals=True,
    codes=tuple(Code(code=code, label=code) for code in ("WBRI", "APKN", "1", "Straße")),
)
PLAN = InventoryPlan(
    at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    key=b"key of the tests",
    measures=(
        MeasurePlan(kind="person", dataset="pupil", columns=("ID",)),
        MeasurePlan(kind="group", dataset="pupil", columns=("name",), hold="present"),
        MeasurePlan(kind="person", dataset="other", columns=("id",)),
        MeasurePlan(kind="link", dataset="pupil", columns=("learner",), basis="other.id", hold="present"),
        MeasurePlan(kind="no_day", dataset="pupil", columns=("note",)),
        MeasurePlan(kind="no_day", dataset="pupil", columns=("born",)),
        MeasurePlan(kind="too_precise", dataset="pupil", columns=("born",), precision="month"),
        MeasurePlan(kind="birth_date_in_text", dataset="pupil", columns=("born", "note", "extra"), basis="note+extra"),
        MeasurePlan(kind="in_time", dataset="pupil", columns=("seen_at",), within="P304D"),
        MeasurePlan(kind="retired_code", dataset="pupil", columns=("ethnicity",), codes=frozenset({"REFU"})),
        MeasurePlan(kind="age_out_of_range", dataset="pupil", columns=("born",), ages=(11, 16)),
    ),
)


def taken(pieces: Iterable[Piece]) -> Inventory:
    """Take the inventory with the plan and the codes of these tests."""
    return take_inventory(pieces, PLAN, replace(EMPTY_VOCABULARY, code_sets={CODES.id: CODES}))


def without_rows(inventory: Inventory) -> Inventory:
    """Forget in which rows something was first seen, which a table without an order cannot say.

    Of columns themselves it is known: they stand in every row.
    """
    return replace(
        inventory,
        datasets={
            name: replace(dataset, fields={
                path: replace(_without_rows(profile), first_row=None if path.is_nested else profile.first_row)
                for path, profile in dataset.fields.items()
            })
            for name, dataset in inventory.datasets.items()
        },
    )  # fmt: skip


def _without_rows(profile: FieldProfile) -> FieldProfile:
    detections = {name: replace(detection, first_row=None) for name, detection in profile.detections.items()}
    return replace(profile, detections=detections)
