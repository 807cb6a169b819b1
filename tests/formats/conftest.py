"""A small audit, made by hand, with names that try to break out of every format."""

from __future__ import annotations

import datetime as dt

import pytest

from compliance.errors import Place
from compliance.model.audit import Audit
from compliance.model.declarations import Authorisation, Declarations, PermissionSet, School, StoredFields, Waiver
from compliance.model.findings import Finding, Hit, Input, RuleInfo, Severity, Skipped, Strength
from compliance.model.inventory import (
    DatasetProfile,
    Detection,
    FieldProfile,
    Grant,
    Inventory,
    Measure,
    MeasureKey,
    Notice,
)
from compliance.model.ledger import Cell, Ledger, LedgerLine, State
from compliance.model.paths import FieldPath
from compliance.model.sketch import Distinct
from compliance.model.vocabulary import EMPTY_VOCABULARY, DataClass, DataItem, Subject

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)

ETHNICITY = DataItem(
    id="ethnicity",
    label="Ethnic background",
    subject=Subject.PUPIL,
    data_class=DataClass.SPECIAL,
    group="characteristics",
    explanation="Which ethnic group a pupil belongs to.",
)

HOSTILE = "a\x1b[2J\r\n::error::b]]>&<img src=x onerror=y>|`*@you #1 https://x.example \u202e{0}[c](d)%0A\ud800"
"""A column's name that steers terminals, ends markup, mentions people, begins commands and is no UTF-8."""

HOSTILE_PATH = FieldPath.of("pupil", HOSTILE)


def rule(rule_id: str, name: str, severity: Severity, *needs: Input) -> RuleInfo:
    """Make what a rule says of itself."""
    return RuleInfo(
        id=rule_id,
        name=name,
        family=rule_id.rstrip("0123456789"),
        severity=severity,
        needs=needs,
        law=("UK GDPR 5(2)",),
        summary=f"{name} fires.",
        why=f"Why {name}\nmatters.",
        example=f"An example of {name}.",
        instead=f"Do not {name}.",
        silent_when=("It is harmless.",),
    )


UNDECLARED = rule("DA01", "undeclared-column", Severity.ERROR, Input.STORED_FIELDS, Input.STORE)
ABSENT = rule("DA02", "declared-absent", Severity.WARNING, Input.STORED_FIELDS, Input.STORE)
VAGUE = rule("PS02", "purpose-vague", Severity.WARNING, Input.PERMISSION_SET)
ABROAD = rule("PS11", "uk-only-basis-in-eu", Severity.ERROR, Input.PERMISSION_SET)
ADDED = rule("VC01", "field-added", Severity.ERROR, Input.OLD_PERMISSION_SET)

PROFILE = FieldProfile(
    present=30,
    null=2,
    types={"string": 28},
    shortest=3,
    longest=4,
    distinct=Distinct.of(range(5)),
    detections={"upn": Detection(matches=1, matching=Distinct.of({1}), shaped=Distinct.of({1}), first_row=7)},
    first_row=1,
)

WAIVER = Waiver(
    rule="DA02",
    path="pupil.nickname",
    reason="It comes with the release of December.",
    owner="Head of data",
    expires=dt.date(2026, 12, 31),
    place=Place("privacy/waivers.yaml", 5, 5),
)


def _findings() -> tuple[Finding, ...]:
    return (
        Finding(
            rule=UNDECLARED,
            severity=Severity.ERROR,
            hit=Hit(
                message="pupil.ethnicity is not declared; it is filled in 28 rows.",
                path=FieldPath.parse("pupil.ethnicity"),
                place=Place("privacy/stored-fields.yaml", 12, 5),
                item=ETHNICITY,
                evidence={"dataset": "pupil", "rows": 28},
                fix="Declare it, or remove it from the store.",
            ),
        ),
        Finding(
            rule=UNDECLARED,
            severity=Severity.ERROR,
            hit=Hit(message=f"{HOSTILE_PATH} is not declared.", path=HOSTILE_PATH, evidence={"dataset": HOSTILE}),
        ),
        Finding(
            rule=ABSENT,
            severity=Severity.WARNING,
            hit=Hit(message="Nickname is declared and not there.", path=FieldPath.parse("pupil.nickname")),
            waiver=WAIVER,
        ),
        Finding(
            rule=VAGUE,
            severity=Severity.INFO,
            hit=Hit(
                message="The purpose is short.",
                place=Place("privacy/100%, a:b/permission set.yaml"),
                strength=Strength.NOTE,
            ),
        ),
    )


def _store() -> Inventory:
    fields = {FieldPath.parse("pupil.ethnicity"): PROFILE, HOSTILE_PATH: FieldProfile(present=1, first_row=30)}
    return Inventory(
        sources=("app.sqlite",),
        datasets={"pupil": DatasetProfile(rows=30, fields=fields)},
        measures={MeasureKey("duplicate", "pupil", "upn"): Measure(looked_at=30, keys={1: 1, 2: 2}, first_row=4)},
        grants=(Grant(source="token.json", estab="1234567", relying_party="app.example", scopes=("Student",)),),
        notices=(Notice("app.sqlite", "the view pupil_view was not read"),),
        taken_at=AT,
    )


def _line(path: FieldPath, item: DataItem | None, held: Cell) -> LedgerLine:
    own = Cell(state=State.NO, why="does not come from the school's system")
    return LedgerLine(
        source_path=None,
        stored_path=path,
        item=item,
        data_class=item.data_class if item else None,
        scopes=(),
        asked=own,
        unlocked=own,
        granted=own,
        received=Cell(state=State.NOT_LOOKED_AT, why="no feed was given"),
        declared=Cell(state=State.NO, why="not declared"),
        held=held,
    )


@pytest.fixture(scope="session")
def hostile() -> str:
    """Return the name that tries to break out."""
    return HOSTILE


@pytest.fixture(scope="session")
def audit() -> Audit:
    """Return the audit: no feed, a store, open, waived and hostile findings, a rule that could not run."""
    return Audit(
        program_version="0.1.0",
        at=AT,
        declarations=Declarations(
            vocabulary=EMPTY_VOCABULARY,
            permission_set=PermissionSet(app="my-app", label="My app", version="1.0.0", integrator="xporter"),
            stored_fields=StoredFields(app="my-app", version="1.0.0", place=Place("privacy/stored-fields.yaml", 1, 1)),
            authorisation=Authorisation(
                app="my-app", school=School(name="Exampleton Primary School", urn="123456", laestab="1234567")
            ),
            waivers=(WAIVER,),
            digests={"privacy/stored-fields.yaml": "0" * 64},
        ),
        feed=None,
        store=_store(),
        ledger=Ledger(
            lines=(
                _line(
                    FieldPath.parse("pupil.ethnicity"),
                    ETHNICITY,
                    Cell(state=State.YES, why="filled in 28 of 30 rows", profile=PROFILE),
                ),
                _line(
                    HOSTILE_PATH,
                    None,
                    Cell(state=State.YES, why="filled in 1 of 1 rows", profile=FieldProfile(present=1, first_row=30)),
                ),
            )
        ),
        findings=_findings(),
        rules_run=(UNDECLARED, ABSENT, VAGUE),
        not_in_force=(ABROAD,),
        skipped=(Skipped(rule=ADDED, missing=(Input.OLD_PERMISSION_SET,)),),
        expired_waivers=("privacy/waivers.yaml:9:5: the waiver of PS02 by Head of data ended on 2026-08-31.",),
    )
