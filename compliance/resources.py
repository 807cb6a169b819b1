"""Finds the three data folders, in a wheel or in a checkout. Nobody else builds such paths."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

SCHEMAS, TEMPLATES, PERMISSION_SETS = "schemas", "templates", "permission_sets"


def folder(name: str) -> Path:
    """Return the data folder ``name``: inside the package in a wheel, beside it in a checkout.

    Raises ``FileNotFoundError`` when the installation lacks it.
    """
    package = Path(str(files("compliance")))
    for place in (package / "_data" / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"this installation lacks its folder {name!r}: install it again")


def schema(name: str) -> Path:
    """Return the path of the schema ``name``, such as ``permission-set``."""
    return folder(SCHEMAS) / f"{name}.schema.json"


def integrator_catalogue(name: str) -> Path:
    """Return the path of the shipped catalogue of the integrator ``name``."""
    return folder(PERMISSION_SETS) / "integrators" / f"{name}.yaml"


def vocabulary(name: str) -> Path:
    """Return the path of the shipped vocabulary ``name``."""
    return folder(PERMISSION_SETS) / "vocabulary" / f"{name}.yaml"


def example_app() -> Path:
    """Return the folder of the shipped example's declarations."""
    return folder(PERMISSION_SETS) / "apps" / "wellbeing"
