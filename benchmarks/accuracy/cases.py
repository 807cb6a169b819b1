"""The small cases of every rule: those in which it must fire, and the look-alikes in which it must be silent."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy.label import Label, Said
from compliance.rules.registry import rule_named
from compliance.rules.run import run_rules
from tests.rules.test_cases import FOLDERS, case_of, read


def said(folder: Path) -> tuple[tuple[Label, ...], tuple[Said, ...]]:
    """Run each case with the rule that it is of, below ``folder``; the place is the case."""
    labels: list[Label] = []
    found: list[Said] = []
    for each in FOLDERS:
        given, rule = read(each / "case.yaml"), rule_named(each.parent.name)
        place = f"{rule.info.id}/{each.name}"
        labels.append(Label(place=place, rules=(rule.info.id,) * len(given.get("expect", ()))))
        findings, _, _ = run_rules((rule,), case_of(given, folder / place))
        found += (Said(rule=finding.rule.id, place=place) for finding in findings)
    return tuple(labels), tuple(found)
