from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.integrators.drift import drifted
from compliance.inventory.batch import Batch
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.take import take_inventory
from compliance.model.declarations import Declarations
from compliance.model.inventory import Notice

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture(name="declared", scope="module")
def _declared() -> Declarations:
    return load_declarations([resources.example_app() / "permission-set.yaml"])


def said(declared: Declarations, dataset: str, *records: dict[str, Any]) -> list[Notice]:
    assert declared.catalogue
    assert declared.permission_set
    batch = Batch(source="feed.json", dataset=dataset, records=list(records))
    feed = take_inventory([batch], InventoryPlan(at=AT, key=b"a key for this test"), declared.vocabulary)
    return list(drifted(declared.catalogue, declared.permission_set, feed))


def test_a_scope_that_carries_a_new_field_has_drifted(declared: Declarations) -> None:
    catalogue = declared.catalogue
    assert catalogue
    assert said(declared, "Students", {"Id": "1", "Zorvik": "x", "Blenthy": "y"}) == [
        Notice(
            "Students",
            f"carries what the catalogue of Xporter on Demand ({catalogue.version}) does not know: Students.Blenthy, "
            "Students.Zorvik. Which scope hands it over is not known",
        )
    ]


def test_many_new_fields_are_counted(declared: Declarations) -> None:
    [notice] = said(declared, "Students", {f"New{number}": "x" for number in range(10)})
    assert "Students.New7 and 2 more. " in notice.what


def test_what_needs_an_option_that_is_not_pinned_is_said(declared: Declarations) -> None:
    assert said(declared, "Students", {"Id": "1", "Marks": "/\\/\\"}) == [
        Notice(
            "Students",
            "carries what comes with the option includeAttMarkString alone: Students.Marks. "
            "The permission set does not list the option",
        )
    ]


@pytest.mark.parametrize(
    ("dataset", "record"),
    [
        ("Students", {"Id": "1", "Forename": "Blenthy"}),
        ("Students", {"DateofBirth": "2016-05-04", "formerupn": None}),
        ("Students", {"GroupIds": "1,2"}),
        ("Zorvik", {"Id": "1", "New": "x"}),
    ],
    ids=["documented", "spelt otherwise", "option is named", "unknown dataset"],
)
def test_what_is_known_is_no_drift(declared: Declarations, dataset: str, record: dict[str, Any]) -> None:
    assert said(declared, dataset, record) == []


def test_what_a_deleted_record_still_carries_is_named_once(declared: Declarations) -> None:
    assert declared.catalogue
    catalogue = replace(declared.catalogue, deleted_below="gone")
    records: list[dict[str, Any]] = [{"Zorvik": "x"}, {"gone": {"Zorvik": "y", "Forename": "Blenthy"}}]
    [notice] = said(replace(declared, catalogue=catalogue), "Students", *records)
    assert notice.what.split(": ")[1].split(". ")[0] == "Students.Zorvik"
