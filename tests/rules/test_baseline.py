"""Only what is new since a baseline counts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.cli.starter import starter
from compliance.declarations.baseline import read_baseline
from compliance.errors import DeclarationError, Place
from compliance.formats.baseline import render
from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.declarations import Declarations, Waiver
from compliance.model.findings import Finding, Hit, RuleInfo, Severity
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import EMPTY_VOCABULARY
from compliance.rules.baseline import against, baseline_of, without_baseline
from compliance.rules.registry import RULES


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]
RULE: RuleInfo = next(rule.info for rule in RULES if rule.info.id == "DA01")
PATHS = ("pupil.religion", "pupil.house", "staff.name")
WAIVER = Waiver(rule="DA01", path="*", reason="It goes.", owner="Head of data", expires=dt.date(2027, 1, 1))


def finding(path: str, severity: Severity = Severity.ERROR, line: int = 1, waiver: Waiver | None = None) -> Finding:
    hit = Hit(message=f"{path} is there.", path=FieldPath.parse(path), place=Place("stored-fields.yaml", line, 1))
    return Finding(rule=RULE, severity=severity, hit=hit, waiver=waiver)


def audit(*findings: Finding, ran: tuple[RuleInfo, ...] = (RULE,)) -> Audit:
    declarations = Declarations(vocabulary=EMPTY_VOCABULARY)
    return Audit(
        program_version="1", at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), declarations=declarations, feed=None,
        store=None, ledger=build_ledger(declarations, None, None), findings=findings, rules_run=ran, skipped=(),
    )  # fmt: skip


FINDINGS = st.lists(
    st.builds(
        finding, st.sampled_from(PATHS), st.sampled_from(Severity), st.integers(1, 99), st.sampled_from([None, WAIVER])
    ),
    max_size=8,
).map(lambda found: sorted(found, key=lambda each: -each.severity.rank))


@given(FINDINGS)
def test_nothing_is_new_against_the_baseline_of_itself(found: list[Finding]) -> None:
    made = audit(*found)
    held = against(made, baseline_of(made, "baseline.json"))
    assert held.open_findings == ()
    assert len(held.known_findings) == sum(not each.waiver for each in found)
    assert held.baseline
    assert held.baseline.gone == ()
    assert [replace(each, is_known=False) for each in held.findings] == found
    assert without_baseline(held) == made


@given(FINDINGS, FINDINGS)
def test_no_more_findings_are_known_than_there_were(before: list[Finding], now: list[Finding]) -> None:
    baseline = baseline_of(audit(*before), "baseline.json")
    held = against(audit(*now), baseline)
    for path in PATHS:
        known = [each for each in held.known_findings if str(each.hit.path) == path]
        assert len(known) <= sum(str(each.hit.path) == path and not each.waiver for each in before)
    assert len(held.findings) == len(now)


def test_lines_may_move_and_the_folder_may_be_another() -> None:
    declared = Hit(message="It is vague.", place=Place("privacy/permission-set.yaml", 4, 1))
    moved = replace(declared, place=Place("/srv/app/privacy/permission-set.yaml", 400, 7))
    one, two = (Finding(rule=RULE, severity=Severity.ERROR, hit=hit) for hit in (declared, moved))
    assert one.fingerprint == two.fingerprint
    assert finding("pupil.house", line=3).fingerprint == finding("pupil.house", line=8).fingerprint
    assert finding("pupil.house").fingerprint != finding("pupil.religion").fingerprint


def test_what_is_worse_or_one_more_than_it_was_is_new() -> None:
    baseline = baseline_of(audit(finding("pupil.house", Severity.WARNING)), "baseline.json")
    assert against(audit(finding("pupil.house")), baseline).open_findings == (finding("pupil.house"),)
    milder = against(audit(finding("pupil.house", Severity.INFO)), baseline)
    assert milder.open_findings == ()
    two = against(audit(*[finding("pupil.house", Severity.WARNING)] * 2), baseline)
    assert (len(two.open_findings), len(two.known_findings)) == (1, 1)


def test_what_is_gone_is_told_where_its_rule_ran() -> None:
    baseline = baseline_of(audit(finding("pupil.house")), "baseline.json")
    gone = against(audit(), baseline).baseline
    assert gone
    assert gone.gone == ("DA01 pupil.house: 1 known finding no longer there.",)
    unasked = against(audit(ran=()), baseline).baseline
    assert unasked
    assert unasked.gone == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=FINDINGS)
def test_a_baseline_is_read_as_it_was_written(tmp_path: Path, found: list[Finding]) -> None:
    baseline = baseline_of(audit(*found), "baseline.json")
    path = tmp_path / "baseline.json"
    path.write_text(render(baseline), encoding="utf-8")
    assert read_baseline(path) == replace(baseline, file=path.as_posix())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "it cannot be read: No such file or directory."),
        ("{", "it is no JSON."),
        ("[" * 100_000, "it is no JSON."),
        ("{}", "it is no baseline."),
        ('{"kind": "baseline", "version": 1, "written_on": "2026-13-01", "findings": []}', "it is no baseline."),
    ],
)
def test_what_is_no_baseline_is_one_clear_error(tmp_path: Path, text: str | None, what: str) -> None:
    path = tmp_path / "known.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_baseline(path)
    (problem,) = caught.value.problems
    assert str(problem) == f"{path}: {what} --write-baseline FILE writes one."


def test_an_old_project_adopts_the_gate(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in starter().items():
        path = Path("privacy") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    asked = Path("privacy/permission-set.yaml")
    without = asked.read_text(encoding="utf-8").replace("required: true, reason", "reason", 1)
    asked.write_text(without, encoding="utf-8")
    assert cli("check", "privacy").code == 1
    written = cli("check", "privacy", "--write-baseline", "known.json")
    assert written.code == 0
    assert "compliance: known.json now knows" in written.err
    held = cli("check", "privacy", "--baseline", "known.json")
    assert held.code == 0
    assert "known from the baseline of 2026-11-23." in held.out
    assert "\nKnown from the baseline\n" in held.out
    asked.write_text("# a line more\n" + without.replace("required: true, reason", "reason", 1), encoding="utf-8")
    worse = cli("check", "privacy", "--baseline", "known.json", "--format", "json")
    assert worse.code == 1
    told = json.loads(worse.out)
    assert [each["rule"] for each in told["findings"] if not each["known"] and each["severity"] == "error"] == ["PS03"]
    assert cli("check", "privacy", "--baseline", "nowhere.json").code == 3
