"""Data that other people published, in shapes that nobody here invented.

The expected lists were made from the raw files by a script of a few lines that shares no code with the program.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.integrators.registry import integrator_named
from compliance.inventory.measures import InventoryPlan
from compliance.model.audit import Audit
from compliance.model.inventory import Inventory
from compliance.model.paths import escape
from compliance.pipeline import Request, reader, run_audit, take

HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "shared" / "samples"
AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not beside the checkout")


@pytest.fixture(scope="module")
def xod() -> Audit:
    app = resources.example_app()
    return run_audit(
        Request(
            declarations=(app / "permission-set.yaml", app / "stored-fields.yaml"),
            feeds=(str(SAMPLES / "xod"),),
            at=AT,
        )
    )


def plain_inventory(sample: str) -> Inventory:
    plan = InventoryPlan(at=AT, key=b"a key for this test")
    vocabulary = load_declarations([resources.example_app()]).vocabulary
    inventory = take([str(SAMPLES / sample)], plan, vocabulary, reader(integrator_named("plain"), None, None))
    assert inventory is not None
    return inventory


def described(inventory: Inventory) -> str:
    return "".join(f"{line}\n" for line in lines(inventory))


def lines(inventory: Inventory) -> Iterator[str]:
    for name, dataset in sorted(inventory.datasets.items()):
        yield f"{escape(name)}: {dataset.rows} rows"
        by_path = sorted((str(path), profile) for path, profile in dataset.fields.items())
        yield from (f"  {path}: {profile.present}" for path, profile in by_path)


def expected(sample: str) -> str:
    return (HERE / "expected" / f"{sample}.txt").read_text(encoding="utf-8")


def test_every_dataset_and_field_of_xporter_is_found(xod: Audit) -> None:
    assert xod.feed is not None
    assert described(xod.feed) == expected("xod")


@pytest.mark.parametrize("sample", ["edfi_json_oea", "contoso_sis_oea"])
def test_every_dataset_and_field_of_a_plain_source_is_found(sample: str) -> None:
    assert described(plain_inventory(sample)) == expected(sample)
