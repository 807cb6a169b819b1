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
from compliance.engines.local import take_locally
from compliance.engines.work import How, Work
from compliance.errors import SourceError
from compliance.integrators.registry import integrator_named
from compliance.inventory.measures import InventoryPlan
from compliance.model.audit import Audit
from compliance.model.inventory import Inventory
from compliance.model.ledger import COLUMNS, State
from compliance.model.paths import FieldPath, escape
from compliance.pipeline import Request, run_audit

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


def inventory_of(sample: str, integrator: str = "plain") -> Inventory:
    plan = InventoryPlan(at=AT, key=b"a key for this test")
    vocabulary = load_declarations([resources.example_app()]).vocabulary
    work = Work(plan=plan, vocabulary=vocabulary, integrator=integrator_named(integrator))
    return take_locally(str(SAMPLES / sample), work, How())


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
    assert described(inventory_of(sample)) == expected(sample)


def test_every_dataset_and_field_of_school_data_sync_is_found_and_documented() -> None:
    inventory = inventory_of("ms_sds_uk_format", "sds")
    assert described(inventory) == expected("ms_sds_uk_format")
    assert inventory.notices == ()
    folder = resources.example_app().parents[1] / "integrators"
    catalogue = load_declarations([folder / "sds.yaml"]).catalogue
    assert catalogue
    assert [path for each in inventory.datasets.values() for path in each.fields if path not in catalogue.fields] == []


@pytest.mark.parametrize(("sample", "integrator"), [("contoso_sis_oea", "sds"), ("ms_sds_uk_format", "oneroster")])
def test_tables_of_another_are_refused(sample: str, integrator: str) -> None:
    with pytest.raises(SourceError, match="This is no table of"):
        inventory_of(sample, integrator)


def test_every_dataset_and_field_of_clever_is_found_and_what_was_withdrawn_stands_apart() -> None:
    inventory = inventory_of("clever_events", "clever")
    assert described(inventory) == expected("clever_events")
    assert inventory.datasets["students"].deleted == 1
    assert [(notice.what, notice.dataset) for notice in inventory.notices] == [
        (
            "holds page 1 of 2400 of 'students': 11995 of 12000 rows did not come and were not looked at",
            "students",
        )
    ]


def test_three_pupils_lost_their_dates_of_birth_and_the_events_still_carry_them() -> None:
    fields = inventory_of("clever_events", "clever").datasets["students"].fields
    places = ("dob", "previous_attributes.dob", "deleted.dob")
    assert [fields[FieldPath("students", place)].present for place in places] == [1, 3, 1]


def test_events_of_clever_are_no_answer_of_wonde() -> None:
    with pytest.raises(SourceError, match="This is no answer of Wonde"):
        inventory_of("clever_events", "wonde")


@pytest.mark.parametrize("integrator", ["wonde", "clever"])
def test_answers_of_xporter_are_no_answers_of_another(integrator: str) -> None:
    with pytest.raises(SourceError, match="This is no answer of"):
        inventory_of("xod", integrator)


def test_the_ledger_counts_what_was_asked_unlocked_granted_and_received(xod: Audit) -> None:
    assert {column: xod.ledger.count(column) for column in COLUMNS} == {
        "asked": 32,
        "unlocked": 385,
        "granted": 810,
        "received": 161,
        "declared": 53,
        "held": 0,
    }


def test_the_app_needs_a_quarter_of_what_it_is_handed_of_pupils(xod: Audit) -> None:
    of_pupils = [line for line in xod.ledger if line.source_path and line.source_path.dataset == "Students"]
    columns = ("asked", "unlocked", "granted", "received")
    assert {
        column: len({line.source_path for line in of_pupils if getattr(line, column).yes}) for column in columns
    } == {
        "asked": 21,
        "unlocked": 76,
        "granted": 99,
        "received": 76,
    }


def test_everything_received_was_granted_and_some_of_it_through_scopes_the_app_does_not_ask_for(xod: Audit) -> None:
    received = [line for line in xod.ledger if line.received.yes]
    assert [line.path for line in received if not line.granted.yes] == []
    assert len({line.source_path for line in received if line.unlocked.no}) == 34


def test_the_token_stands_for_the_authorisation_that_nobody_wrote_down(xod: Audit) -> None:
    authorisation = xod.declarations.authorisation
    assert authorisation
    assert authorisation.school.laestab == "3281101"
    assert len(authorisation.granted_scopes) == 36
    upn = next(line for line in xod.ledger if line.source_path == FieldPath.parse("Students.UPN"))
    assert {name: cell.state for name, cell in upn.cells} == {
        "asked": State.YES,
        "unlocked": State.YES,
        "granted": State.NO,
        "received": State.NO,
        "declared": State.YES,
        "held": State.NOT_LOOKED_AT,
    }


def test_a_dataset_without_a_record_says_nothing_of_its_fields(xod: Audit) -> None:
    empty = [line for line in xod.ledger if line.source_path and line.source_path.dataset == "StudentMembers"]
    assert {(line.received.state, line.received.why) for line in empty} == {
        (State.CANNOT_TELL, "the dataset StudentMembers came without a record")
    }


def test_what_was_not_looked_at_is_told(xod: Audit) -> None:
    assert xod.feed
    assert [(notice.source, notice.what) for notice in xod.feed.notices] == [
        ("xod/error_response.json", "is an error answer of the integrator: there is no data in it"),
        ("xod/groups.json", "holds page 1 of 28 of 'Group': 54 of 56 rows did not come and were not looked at"),
        ("xod/logs.json", "speaks of the app relying-party.com, and the permission set of wellbeing.example"),
        ("xod/scopes.json", "describes the connection in 'Scopes': no records were read from there"),
        ("xod/staff.json", "holds page 1 of 20 of 'Staff': 38 of 40 rows did not come and were not looked at"),
        ("xod/usage.json", "describes the connection in 'Usage': no records were read from there"),
    ]
    store_rules = [
        "DA01", "DA02", "DA03", "DA04", "DA06", "DA17", "DA22", "DA30", "DA31", "DA32", "DA33", "DA34", "DA35", "DA36",
        "DA37", "DA38", "DA39", "DA40", "DA41", "DA42", "DA43", "DA44", "DA45", "DA46", "DA47",
    ]  # fmt: skip
    others = [
        "RC01",
        "RC03",
        "RC13",
        "RC14",
        "RC16",
        "SF13",
        "SF14",
        "SF24",
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
        "XS08",
        "XS09",
        "XS10",
    ]
    assert [skipped.rule.id for skipped in xod.skipped] == [*store_rules, *others]


def test_the_only_findings_are_what_a_token_cannot_say(xod: Audit) -> None:
    assert [(finding.severity, finding.rule.id, finding.hit.message) for finding in xod.findings] == [
        (
            "warning",
            "RC02",
            "Nothing says how to reach the controller or the data protection officer of School 3281101.",
        ),
        (
            "warning",
            "XS11",
            "Nobody knows which version of the permission set School 3281101 authorised; version 2.1.0 is in use.",
        ),
    ]


def test_a_changed_rows_answer_withdraws_nothing(xod: Audit) -> None:
    assert xod.feed
    students = xod.feed.datasets["Students"]
    assert (students.bare, students.deleted) == (2, 2)
    assert students.fields[FieldPath.parse("Students.Forename")].present == students.rows
    assert {path.leaf for path, profile in students.fields.items() if profile.present < students.rows} == set()


def test_the_delta_alone_says_nothing_of_any_field() -> None:
    app = resources.example_app()
    delta = run_audit(
        Request(declarations=(app / "permission-set.yaml",), feeds=(str(SAMPLES / "xod" / "students_2.json"),), at=AT)
    )
    of_pupils = [line for line in delta.ledger if line.source_path and line.source_path.dataset == "Students"]
    assert {(line.received.state, line.received.why) for line in of_pupils} == {
        (State.CANNOT_TELL, "the rows of Students say only that nothing changed")
    }


def test_the_school_excluded_nobody_and_the_token_says_until_when_it_is_good(xod: Audit) -> None:
    assert xod.feed
    assert [(grant.estab, grant.relying_party, len(grant.scopes), grant.paused) for grant in xod.feed.grants] == [
        ("3281101", "relying-party.com", 36, False)
    ]
    kept_out = [measure for key, measure in xod.feed.measures.items() if key.kind == "excluded"]
    assert kept_out
    assert [measure.keys for measure in kept_out if measure.keys] == []
    assert xod.feed.grants[0].expires == "2018-06-24T18:55:26.1852229Z"
