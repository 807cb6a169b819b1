"""The shipped data files, as their YAML says; the loader has tests of its own."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def read_yaml(path: str) -> Any:
    return yaml.safe_load((ROOT / "permission_sets" / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def vocabulary() -> Any:
    return read_yaml("vocabulary/uk-schools.yaml")


@pytest.fixture(scope="session")
def xporter() -> Any:
    return read_yaml("integrators/xporter.yaml")


@pytest.fixture(scope="session")
def plain() -> Any:
    return read_yaml("integrators/plain.yaml")


@pytest.fixture(scope="session")
def permission_set() -> Any:
    return read_yaml("apps/wellbeing/permission-set.yaml")


@pytest.fixture(scope="session")
def code_facts() -> list[dict[str, str]]:
    return _facts("cbds-codesets.csv")


@pytest.fixture(scope="session")
def scope_facts() -> list[dict[str, str]]:
    return _facts("xporter-scopes.csv")


@pytest.fixture(scope="session")
def field_facts() -> list[dict[str, str]]:
    """Every documented row that hands data over; ``POST`` rows take it."""
    return [row for row in _facts("xporter-fields-by-scope.csv") if not row["endpoint"].startswith("POST.")]


@pytest.fixture(scope="session")
def sample_answers() -> dict[str, Any]:
    folder = SHARED / "samples" / "xod"
    if not folder.is_dir():
        pytest.skip("the sample answers of the integrator are not beside this checkout")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def _facts(name: str) -> list[dict[str, str]]:
    path = SHARED / "facts" / name
    if not path.is_file():
        pytest.skip("the tables of facts are not beside this checkout")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
