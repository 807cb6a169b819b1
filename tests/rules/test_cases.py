"""Every rule fires where it should and is silent where it should be: one folder of ``tests/cases`` each.

``tests/cases/<rule>/{fires,silent}-<what>/case.yaml`` says what differs from ``tests/cases/base``:

``permission_set``, ``stored_fields``, ``authorisation``, ``organisation``
    what to change: mappings are merged, lists of mappings by their ``id``, ``path`` or ``name``; ``null`` takes a
    member away, ``gone: true`` an element; any other list is replaced
``integrator``
    likewise, of the catalogue
``previous``, ``previous_stored_fields``, ``previous_organisation``
    the same, of an earlier version of the permission set, of the stored fields, of the organisation
``without``
    declarations that are not given at all
``waivers``
    waivers, as their declaration lists them
``feed``, ``store``
    dataset to records; a record says what differs from ``base/records.yaml``, ``(absent)`` takes a key away, and
    ``times`` repeats it
``excluded``, ``included_only``
    subject to ids, as the integrator's own list
``bare``
    dataset of the feed to rows of a delta that say only "unchanged"
``grants``
    what differs from a grant of the integrator that says the same as the base authorisation
``report``, ``at``, ``options``
    the words of a document, the day, the choices of the person who runs the rules
``expect``
    every finding of the rule, whole; none when it is left out
``when``
    of a silent case: the beginning of the "Silent when" item that it proves
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.declarations.load import load_declarations
from compliance.inventory.batch import Batch, Exclusions, Piece
from compliance.inventory.plan import plan_feed, plan_store
from compliance.inventory.take import take_inventory
from compliance.ledger import build_ledger
from compliance.model.declarations import Declarations
from compliance.model.findings import Finding
from compliance.model.inventory import Grant, Inventory
from compliance.rules.base import Case, Rule, RuleOptions
from compliance.rules.registry import RULES, rule_named
from compliance.rules.run import run_rules

CASES = Path(__file__).parents[1] / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/case.yaml"))
DECLARATIONS = ("permission_set", "stored_fields", "authorisation", "organisation")
PREVIOUS = {
    "permission_set": "previous",
    "stored_fields": "previous_stored_fields",
    "organisation": "previous_organisation",
}
"""Kind of declaration to the member of a case that says what its earlier version held."""
TODAY = dt.date(2026, 11, 23)
KEY = b"a key of the tests"
IDENTITIES = ("id", "path", "name")
OF_DECLARATIONS = {"PS", "SF", "XS", "VC"}
TELLING = 6
"""Characters from which a value is long enough to be looked for in what a rule says."""

Yaml = Any


def read(path: Path) -> Yaml:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def base(kind: str) -> Yaml:
    return read(CASES / "base" / f"{kind.replace('_', '-')}.yaml")


def patched(value: Yaml, patch: Yaml) -> Yaml:
    """Return ``value`` with what ``patch`` says about it."""
    if isinstance(value, dict) and isinstance(patch, dict):
        merged = {**value, **{key: patched(value.get(key), member) for key, member in patch.items()}}
        return {key: member for key, member in merged.items() if member is not None}
    if isinstance(value, list) and isinstance(patch, list) and patch and isinstance(patch[0], dict):
        elements = {identity(element): element for element in value}
        for change in patch:
            elements[identity(change)] = patched(elements.get(identity(change), {}), change)
        return [element for element in elements.values() if not element.get("gone")]
    return patch


def identity(element: Mapping[str, str]) -> str:
    return next(element[key] for key in IDENTITIES if key in element)


def declared(given: Yaml, folder: Path) -> Declarations:
    """Write the declarations of a case and load them as a run does."""
    lacking = given.get("without", [])
    texts = {kind: patched(base(kind), given.get(kind, {})) for kind in DECLARATIONS if kind not in lacking}
    texts |= {"integrator": patched(base("integrator"), given["integrator"])} if "integrator" in given else {}
    if "waivers" in given:
        texts["waivers"] = {"kind": "waivers", "waivers": given["waivers"]}
    for kind, text in texts.items():
        write(folder / f"{kind}.yaml", text)
    earlier = {kind: given[key] for kind, key in PREVIOUS.items() if key in given}
    previous = folder / "before" if earlier else None
    for kind, change in {"permission_set": {}, **earlier}.items() if earlier else ():
        write(folder / "before" / f"{kind}.yaml", patched(base(kind), change))
    shared = [
        CASES / "base" / f"{kind}.yaml" for kind in ("integrator", "vocabulary") if kind not in {*lacking, *texts}
    ]
    return load_declarations([*shared, *(folder / f"{kind}.yaml" for kind in texts)], previous=previous)


def write(path: Path, text: Yaml) -> None:
    """Write a declaration as JSON, which is YAML and quicker to write."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(text, indent=1), encoding="utf-8")


def records(side: str, given: Yaml) -> Mapping[str, list[dict[str, Yaml]]]:
    """Return the records of a feed or a store, by dataset."""
    usual = base("records")[side]
    return {
        dataset: [
            {key: value for key, value in {**usual.get(dataset, {}), **row}.items() if value != "(absent)"}
            for change in changes
            for row in [{key: value for key, value in change.items() if key != "times"}] * change.get("times", 1)
        ]
        for dataset, changes in given.get(side, {}).items()
    }


def pieces(side: str, given: Yaml) -> Iterator[Piece]:
    for dataset, rows in records(side, given).items():
        yield Batch(source=side, dataset=dataset, records=rows)
    if side == "feed":
        for name, unchanged in given.get("bare", {}).items():
            yield Batch(source=side, dataset=name, records=[], bare=unchanged)
        for kind in ("excluded", "included_only"):
            if kind in given:
                ids = {subject: frozenset(people) for subject, people in given[kind].items()}
                yield Exclusions(source=side, ids=ids, opt_in=kind == "included_only")
        yield from (grant(change) for change in given.get("grants", []))


def grant(change: Yaml) -> Grant:
    said = base("authorisation")
    usual = {"estab": said["school"]["laestab"], "relying_party": "mini.example", "scopes": said["granted_scopes"]}
    told = usual | change
    return Grant(**(told | {"source": "token.json", "scopes": tuple(told["scopes"])}))


def case_of(given: Yaml, folder: Path) -> Case:
    declarations = declared(given, folder)
    at = dt.datetime.combine(given.get("at", TODAY), dt.time(12), dt.UTC)
    inventories: dict[str, Inventory | None] = {"feed": None, "store": None}
    for side, plan in (("feed", plan_feed), ("store", plan_store)):
        if side in given:
            planned = plan(declarations, at=at, key=KEY)
            inventories[side] = take_inventory(pieces(side, given), planned, declarations.vocabulary)
    return Case(
        declarations=declarations,
        ledger=build_ledger(declarations, **inventories),
        feed=inventories["feed"],
        store=inventories["store"],
        at=at,
        options=RuleOptions(**given.get("options", {})),
        report_text=given.get("report"),
    )


def told(finding: Finding) -> dict[str, object]:
    """Return what a case expects of a finding."""
    path = {"path": str(finding.hit.path)} if finding.hit.path else {}
    waived = {} if finding.is_open else {"waived": True}
    return {"severity": finding.severity.value, **path, "message": finding.hit.message, **waived}


def texts_of(value: Yaml) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from texts_of(member)
    elif isinstance(value, list):
        for element in value:
            yield from texts_of(element)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_case(folder: Path, tmp_path: Path) -> None:
    given = read(folder / "case.yaml")
    rule = rule_named(folder.parent.name)
    findings, _, skipped = run_rules((rule,), case_of(given, tmp_path))
    assert not skipped
    assert [told(finding) for finding in findings] == given.get("expect", [])
    loud = [finding for finding in findings if finding.is_open and finding.severity.rank >= rule.info.severity.rank]
    assert bool(loud) == folder.name.startswith("fires-")
    if rule.info.family in OF_DECLARATIONS:
        assert all(finding.hit.place and finding.hit.place.line for finding in findings)
    for side in ("feed", "store"):
        for text in texts_of(list(records(side, given).values())):
            assert len(text) < TELLING or text not in repr([finding.hit for finding in findings]), (
                "a value of the data is told"
            )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)
def test_every_rule_has_its_cases(rule: Rule) -> None:
    folders = [folder for folder in FOLDERS if folder.parent.name == rule.info.id]
    assert any(folder.name.startswith("fires-") for folder in folders)
    proven = [
        item
        for folder in folders
        if folder.name.startswith("silent-")
        for item in rule.info.silent_when
        if item.startswith(read(folder / "case.yaml")["when"])
    ]
    assert set(proven) == set(rule.info.silent_when)
    assert len(proven) >= len([folder for folder in folders if folder.name.startswith("silent-")])


def test_every_case_is_of_a_rule() -> None:
    assert {folder.parent.name for folder in FOLDERS} == {rule.info.id for rule in RULES}


def test_the_base_is_clean(tmp_path: Path) -> None:
    given: Yaml = {
        "previous": {},
        "previous_stored_fields": {},
        "previous_organisation": {},
        "report": "A document.",
        "feed": {"Students": [{}], "Group": [{}], "SchoolInfo": [{}]},
        "store": {"pupil": [{}], "class": [{}]},
        "grants": [{}],
    }
    findings, _, skipped = run_rules(RULES, case_of(given, tmp_path))
    assert not findings
    assert not skipped
