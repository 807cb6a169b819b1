"""The environments that the peers live in: the project's own stays free of them."""

from __future__ import annotations

import json
import subprocess
import venv
from contextlib import suppress
from functools import cache
from pathlib import Path

from benchmarks.data import ROOT

FOLDER = ROOT / "build" / "bench-venv"
PACKAGES: dict[str, tuple[str, ...]] = {
    "contracts": ("datacontract-cli[csv,parquet,duckdb]",),
    "tables": (
        "check-jsonschema", "frictionless[json,parquet]", "great_expectations", "msgspec", "orjson", "pandas",
        "pandera[polars]", "polars", "pyarrow",
    ),
}  # fmt: skip
"""Environment to packages; the two cannot share one, for they ask for different versions of the same libraries."""


@cache
def programs(environment: str) -> Path:
    """Return the folder of an environment's programs; make it first where it is not there."""
    folder, packages = FOLDER / environment, PACKAGES[environment]
    mark = folder / "packages.json"
    with suppress(FileNotFoundError):
        if json.loads(mark.read_text(encoding="utf-8")) == list(packages):
            return folder / "bin"
    print(f"Making {folder} …", flush=True)
    venv.create(folder, with_pip=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    subprocess.run([folder / "bin" / "python", *install], check=True, stderr=subprocess.DEVNULL)  # noqa: S603 - packages named here
    mark.write_text(json.dumps(packages), encoding="utf-8")
    return folder / "bin"


@cache
def version(environment: str, package: str) -> str:
    """Return the version of an installed package."""
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    command = [str(programs(environment) / "python"), "-c", ask]
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - likewise
    return said.stdout.strip()
