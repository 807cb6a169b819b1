"""What must come out of the example: each planted fault once, and nothing of the clean school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.example.draft import Draft, clean_draft
from compliance.example.faults import FAULTS, RULES_OF_FAULTS, Fault
from compliance.example.generate import ExamplePaths, write_draft, write_example
from compliance.model.audit import Audit
from compliance.model.findings import Finding
from compliance.pipeline import Request, run_audit
from compliance.rules.base import RuleOptions

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

FINDINGS = """\
error XS03 pupil.ever_looked_after: Ever looked after (pupil.ever_looked_after) is still held in 427 rows, \
although the school declined StudentFamily. [declined=StudentFamily, rows=427]
error XS03 pupil.looked_after: Looked-after child (pupil.looked_after) is still held in 427 rows, \
although the school declined StudentFamily. [declined=StudentFamily, rows=427]
error DA10 pupil.notes: Teacher's note (pupil.notes) in the store holds unique pupil numbers in 1 row, \
and is not declared to hold any. [first_row=50, rows=1, side=store]
error DA13 pupil.notes: Teacher's note (pupil.notes) in the store holds National Insurance numbers in 1 row, \
and is not declared to hold any. [first_row=51, rows=1, side=store]
error DA20 pupil.home_language: Home language (pupil.home_language) in the store is filled with codes of "Ethnicity" \
in 427 rows, and is not declared to hold them. [code_set=ethnicity, codes=5, rows=427, side=store]
error DA31 pupil: pupil holds 1 person whom the school excluded from this app. [dataset=pupil, people=1]
error XS03 pupil.service_child: Service child (pupil.service_child) is still held in 427 rows, \
although the school declined StudentFamily. [declined=StudentFamily, rows=427]
error DA01 pupil.religion: pupil.religion is not declared; it is filled in 27 rows. \
[dataset=pupil, first_row=1, rows=27]
error DA01 pupil.settings.parent_phone: pupil.settings.parent_phone is not declared; it is filled in 1 row. \
[dataset=pupil, first_row=1, rows=1]
error DA30 pupil.left_on: 3 rows of pupil are about people who left longer ago than the retention allows. \
[dataset=pupil, first_row=422, rows=3]
error XS11 -: Exampleton Primary School authorised version 2.0.0 of the permission set; version 2.1.0 is in use. \
[authorised=2.0.0, in_use=2.1.0]
warning DA19 class.name: Group name (class.name) in the store: the word "SEN" stands in 1 name \
and tells something about everybody in the group. [names=1, rows=1, side=store, token=SEN]
warning XS02 -: The scope Attendance is asked for, and none of the 2 fields requested from it is stored. \
[fields=2, scope=Attendance]
warning DA15 pupil.settings.parent_phone: pupil.settings.parent_phone in the store holds telephone numbers in 1 row, \
and is not declared to hold any. [first_row=1, rows=1, side=store]
warning DA33 pupil: pupil holds 1 person more than once: 2 rows agree in first_name, last_name, date_of_birth \
and school_laestab. [basis=first_name+last_name+date_of_birth+school_laestab, dataset=pupil, people=1, rows=2]
warning DA33 pupil: pupil holds 1 person more than once: 2 rows agree in upn. \
[basis=upn, dataset=pupil, people=1, rows=2]
warning DA36 pupil: pupil holds 5 people in another year group than the feed. \
[against=feed, dataset=pupil, people=5]
warning DA37 class: class holds 1 group that the feed does not name. [dataset=class, groups=1]
warning DA37 class.academic_year: 1 row of class carries an earlier academic year. \
[dataset=class, first_row=19, rows=1]
"""

OF_TWO_VERSIONS = [
    "VC01",
    "VC02",
    "VC03",
    "VC04",
    "VC05",
    "VC06",
    "VC07",
    "VC08",
    "VC09",
    "VC10",
    "VC11",
    "VC13",
    "VC14",
    "VC15",
]
"""The rules that an audit without an earlier version of the permission set cannot run."""


def audit(paths: ExamplePaths, at: dt.datetime = AT) -> Audit:
    return run_audit(
        Request(
            declarations=paths.declarations,
            feeds=(str(paths.feed),),
            stores=(str(paths.store),),
            at=at,
            options=RuleOptions(include_reserved=True),
        )
    )


def described(findings: tuple[Finding, ...]) -> str:
    return "".join(f"{line}\n" for line in lines(findings))


def lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        hit = finding.hit
        evidence = ", ".join(f"{name}={value}" for name, value in sorted(hit.evidence.items()))
        yield f"{finding.severity} {finding.rule.id} {hit.path or '-'}: {hit.message} [{evidence}]"


def rules_of(draft: Draft, folder: Path) -> list[str]:
    return sorted(finding.rule.id for finding in audit(write_draft(folder, draft)).findings)


def test_the_faulty_school_has_exactly_these_findings(tmp_path: Path) -> None:
    assert described(audit(write_example(tmp_path, at=AT.date())).findings) == FINDINGS


def test_the_clean_school_has_none(tmp_path: Path) -> None:
    made = audit(write_example(tmp_path, clean=True, at=AT.date()))
    assert described(made.findings) == ""
    assert [skipped.rule.id for skipped in made.skipped] == OF_TWO_VERSIONS
    assert made.feed
    assert made.feed.notices == ()


def test_an_error_that_came_as_an_answer_is_told(tmp_path: Path) -> None:
    made = audit(write_example(tmp_path, at=AT.date()))
    assert made.feed
    assert [notice.source for notice in made.feed.notices] == ["feed/timetable.json"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_fault_alone_gives_its_own_findings_and_no_others(fault: Fault, tmp_path: Path) -> None:
    assert rules_of(fault(clean_draft(AT.date())), tmp_path) == [*RULES_OF_FAULTS[fault.__name__]]


@pytest.mark.parametrize("month", range(1, 13))
def test_the_clean_school_is_clean_on_any_day_of_the_year(month: int, tmp_path: Path) -> None:
    at = dt.datetime(2027, month, 28, tzinfo=dt.UTC)
    assert described(audit(write_example(tmp_path, clean=True, at=at.date()), at).findings) == ""


def test_every_finding_names_the_place_to_change(tmp_path: Path) -> None:
    made = audit(write_example(tmp_path, at=AT.date()))
    places = [finding.hit.place for finding in made.findings]
    assert all(place and place.line for place in places)
    assert {Path(place.file).name for place in places if place} == {
        "authorisation.yaml",
        "permission-set.yaml",
        "stored-fields.yaml",
    }
