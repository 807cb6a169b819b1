"""Every peer: where it lives and how it is asked, as its own documentation says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.cells import Declared
from benchmarks.data import ROOT, made
from benchmarks.peers.declarations import contract, json_schema, table_schema
from benchmarks.process import Run
from benchmarks.subject import CannotError, Finding, Side, Subject
from benchmarks.venvs import programs, version

FOLDER = ROOT / "build" / "bench" / "declared"


def sides() -> list[Side]:
    """Return every peer."""
    return [
        _peer("contracts", ("datacontract-cli",), _datacontract),
        _peer("tables", ("frictionless",), _frictionless),
        _peer("tables", ("pandera", "pandas"), _pandera_pandas),
        _peer("tables", ("pandera", "polars"), _pandera_polars),
        _peer("tables", ("great_expectations", "pandas"), _great_expectations),
        _peer("tables", ("check-jsonschema",), _check_jsonschema),
    ]


def find(subject: Subject, run: Run) -> Finding | None:
    """Say which planted names stand anywhere in the words of a peer: its counts are not asked for."""
    said = run.output + run.errors
    names = (path.rpartition(".")[2] for path in subject.planted)
    return Finding(names=sum(bool(re.search(rf"\b{name}\b", said)) for name in names), exact=None)


def _peer(environment: str, packages: tuple[str, ...], command: Callable[[Subject, Path], list[str]]) -> Side:
    versions = ", ".join(f"{package} {version(environment, package)}" for package in packages)
    return Side(name=versions, role="peer", command=lambda subject: command(subject, programs(environment)), find=find)


def _datacontract(subject: Subject, bin_: Path) -> list[str]:
    declared = contract(subject.shape.declared, path=str(subject.path), kind=subject.kind)
    return [str(bin_ / "datacontract"), "test", _write(subject, "odcs.yaml", declared)]


def _frictionless(subject: Subject, bin_: Path) -> list[str]:
    schema = _write(subject, "table.json", table_schema(subject.shape.declared))
    return [str(bin_ / "frictionless"), "validate", _relative(subject.path), "--schema", schema, "--json"]


def _pandera_pandas(subject: Subject, bin_: Path) -> list[str]:
    return _script(subject, bin_, "pandera_pandas.py", list(_columns(subject.shape.declared)))


def _pandera_polars(subject: Subject, bin_: Path) -> list[str]:
    return _script(subject, bin_, "pandera_polars.py", list(subject.shape.declared))


def _great_expectations(subject: Subject, bin_: Path) -> list[str]:
    return _script(subject, bin_, "expectations.py", list(_columns(subject.shape.declared)))


def _check_jsonschema(subject: Subject, bin_: Path) -> list[str]:
    if subject.kind != "jsonl":
        raise CannotError("reads JSON, YAML and TOML only")
    document = made(subject.path.parent, subject.shape, subject.records, "json")
    schema = {"type": "array", "items": json_schema(subject.shape.declared)}
    return [str(bin_ / "check-jsonschema"), "--schemafile", _write(subject, "schema.json", schema), str(document)]


def _script(subject: Subject, bin_: Path, script: str, columns: list[str]) -> list[str]:
    declared = _write(subject, f"{script}.json", columns)
    return [str(bin_ / "python"), str(Path(__file__).with_name(script)), str(subject.path), declared]


def _write(subject: Subject, ending: str, document: object) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{subject.path.name}.{ending}"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")  # JSON is YAML too
    return _relative(path)


def _relative(path: Path) -> str:
    """Return a path as frictionless trusts it: below the working folder, where that can be."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _columns(declared: dict[str, Declared], above: str = "") -> Iterator[str]:
    """Yield the columns that ``pandas.json_normalize`` makes of objects in objects."""
    for name, below in declared.items():
        if isinstance(below, dict):
            yield from _columns(below, f"{above}{name}.")
        else:
            yield above + name
