from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.errors import OutputError
from compliance.example import people
from compliance.example.draft import clean_draft
from compliance.example.faults import FAULTS, Fault
from compliance.example.feed import answers
from compliance.example.generate import ExamplePaths, write_example
from compliance.example.school import School, school_on
from compliance.model.paths import FieldPath

AT = dt.date(2026, 11, 23)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> ExamplePaths:
    return write_example(tmp_path_factory.mktemp("example"), clean=True, at=AT)


def read_feed(paths: ExamplePaths) -> dict[str, Any]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(paths.feed.iterdir())}


def read_store(paths: ExamplePaths) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(paths.store)) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')] for name in names}  # noqa: S608 - our own names


def dump(paths: ExamplePaths) -> str:
    with closing(sqlite3.connect(paths.store)) as database:
        return "\n".join(database.iterdump())


def files(paths: ExamplePaths) -> dict[str, bytes]:
    folders = (paths.feed, *paths.declarations)
    return {f"{folder.name}/{path.name}": path.read_bytes() for folder in folders for path in folder.iterdir()}


def is_valid_upn(upn: str) -> bool:
    """Check letter as LAW.md 9.2 puts it, worked out on its own."""
    letter, digits = upn[0], upn[1:]
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] == letter


def everybody(school: School) -> list[Any]:
    return [*school.pupils, *school.leavers]


@pytest.mark.parametrize("variant", [True, False], ids=["clean", "faulty"])
def test_the_same_day_gives_the_same_bytes(tmp_path: Path, variant: bool) -> None:  # noqa: FBT001 - a parameter of the test
    one = write_example(tmp_path / "one", clean=variant, at=AT)
    other = write_example(tmp_path / "other", clean=variant, at=AT)
    assert files(one) == files(other)
    assert dump(one) == dump(other)


@pytest.mark.parametrize(
    ("variant", "digest"),
    [(True, "8ae616d1c56d1184"), (False, "493859fbb86d1036")],
    ids=["clean", "faulty"],
)
def test_every_machine_writes_the_same_feed_and_store(tmp_path: Path, variant: bool, digest: str) -> None:  # noqa: FBT001 - a parameter of the test
    paths = write_example(tmp_path, clean=variant, at=AT)
    sent = {path.name: path.read_text(encoding="utf-8") for path in sorted(paths.feed.iterdir())}
    whole = json.dumps([sent, read_store(paths)]).encode()
    assert hashlib.sha256(whole).hexdigest()[:16] == digest


def test_writing_again_over_an_older_example_leaves_nothing_of_it(tmp_path: Path) -> None:
    write_example(tmp_path, clean=True, at=dt.date(2025, 2, 3))
    again = write_example(tmp_path, clean=True, at=AT)
    assert files(again) == files(write_example(tmp_path / "fresh", clean=True, at=AT))
    assert dump(again) == dump(write_example(tmp_path / "fresh", clean=True, at=AT))


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        write_example(tmp_path / "taken", at=AT)
    assert error.value.message == "The example could not be written."
    assert error.value.__cause__ is None


def test_the_feed_has_these_answers_and_rows(clean: ExamplePaths) -> None:
    counts = {
        name: {key: len(value) for key, value in answer.items() if isinstance(value, list) and key != "meta"}
        for name, answer in read_feed(clean).items()
    }
    page = {"Students": 100, "StudentSiblings": 0, "__pagination__": 1}
    assert counts == {
        "gdpr_ids.json": {"GDPR": 1},
        "groups.json": {"Group": 25, "StaffMembers": 0, "StudentMembers": 0, "GroupTypes": 0, "__pagination__": 1},
        "school_info.json": {"SchoolInfo": 1},
        "staff.json": {"Staff": 30, "__pagination__": 1},
        "students_1.json": page,
        "students_2.json": page,
        "students_3.json": page,
        "students_4.json": page,
        "students_5.json": page | {"Students": 19},
        "students_changes.json": {
            "Students": 6,
            "StudentSiblings": 0,
            "Students_deleted": 2,
            "StudentSiblings_deleted": 0,
            "__changedRows__": 1,
        },
        "token_details.json": {"Scopes": 9},
    }


def test_pages_say_how_many_there_are(clean: ExamplePaths) -> None:
    pages = [read_feed(clean)[f"students_{number}.json"]["__pagination__"][0] for number in range(1, 6)]
    assert pages == [
        {
            "PageSize": 100,
            "PageNumber": number,
            "PageCount": 5,
            "RowCount": 419,
            "NextPage": f"?page={number + 1}&pageSize=100",
        }
        for number in range(1, 6)
    ]


def test_the_wire_has_its_own_spelling_and_types(clean: ExamplePaths) -> None:
    pupil = read_feed(clean)["students_1.json"]["Students"][0]
    assert "DateOfBirth" not in pupil
    kinds = {key: type(pupil[key]).__name__ for key in ("Id", "DateofBirth", "FSMEligible", "ServiceChild", "GroupIds")}
    assert kinds == {"Id": "str", "DateofBirth": "str", "FSMEligible": "int", "ServiceChild": "str", "GroupIds": "str"}
    assert pupil["ServiceChild"] in {"0", "1"}
    assert pupil["FSMEligible"] in {0, 1}


@pytest.mark.parametrize("variant", [True, False], ids=["clean", "faulty"])
def test_the_feed_sends_every_field_that_was_granted_and_no_other(tmp_path: Path, variant: bool) -> None:  # noqa: FBT001 - a parameter of the test
    paths = write_example(tmp_path, clean=variant, at=AT)
    declarations = load_declarations(paths.declarations)
    catalogue, permission_set, authorisation = (
        declarations.catalogue,
        declarations.permission_set,
        declarations.authorisation,
    )
    assert catalogue
    assert permission_set
    assert authorisation
    sent = {
        catalogue.canonical(FieldPath.of(dataset, key))
        for answer in read_feed(paths).values()
        for dataset in ("Students", "Staff", "Group", "SchoolInfo")
        for row in answer.get(dataset, ())
        for key in row
    }
    unlocked = {
        entry.path
        for entry in catalogue.unlocked_by(authorisation.granted_scopes)
        if entry.path.dataset in {path.dataset for path in sent} and entry.option in {None, *permission_set.options}
    }
    assert sent == unlocked


def test_a_change_set_names_unchanged_pupils_by_their_id_alone(clean: ExamplePaths) -> None:
    rows = read_feed(clean)["students_changes.json"]["Students"]
    assert [set(row) == {"Id"} for row in rows] == [False, False, False, True, True, True]


def test_a_declined_scope_takes_its_keys_with_it() -> None:
    draft = clean_draft(AT)
    family = {"ServiceChild", "ServiceChildSource", "InLeaCare", "LeaCareAuthority", "EverInCare", "IsYoungCarer"}
    withdrawn = next(fault for fault in FAULTS if fault.__name__ == "withdrawn_scope_still_held")(draft)
    before = answers(draft.school, draft.agreement)["students_1.json"]["Students"]
    after = answers(withdrawn.school, withdrawn.agreement)["students_1.json"]["Students"]
    assert isinstance(before, list)
    assert isinstance(after, list)
    assert [set(one) - set(other) for one, other in zip(before, after, strict=True)] == [family] * 100


def test_the_clean_store_has_the_declared_tables_and_columns_and_no_more(clean: ExamplePaths) -> None:
    declared = yaml.safe_load((resources.example_app() / "stored-fields.yaml").read_text(encoding="utf-8"))
    columns = {
        dataset["name"]: {field["name"].split(".")[0] for field in dataset["fields"]}
        for dataset in declared["datasets"]
    }
    held = {name: set(rows[0]) - set(declared["ignored_columns"]) for name, rows in read_store(clean).items()}
    assert held == columns | {name: {"version"} for name in declared["ignored_datasets"]}
    keys = {key for row in read_store(clean)["pupil"] for key in json.loads(row["settings"])}
    assert {f"settings.{key}" for key in keys} == {
        field["name"] for field in declared["datasets"][0]["fields"] if "." in field["name"]
    }


def test_the_clean_store_has_these_rows(clean: ExamplePaths) -> None:
    assert {name: len(rows) for name, rows in read_store(clean).items()} == {
        "school": 1,
        "staff": 18,
        "class": 18,
        "pupil": 421,
        "class_member": 539,
        "survey_answer": 1263,
        "schema_migrations": 1,
    }


def test_the_pupil_whom_the_school_excluded_is_nowhere_but_on_the_list(clean: ExamplePaths) -> None:
    (excluded,) = read_feed(clean)["gdpr_ids.json"]["GDPR"][0]["StudentIds"]
    sent = {row["Id"] for page in read_feed(clean).values() for row in page.get("Students", ())}
    assert excluded not in sent | {row["mis_id"] for row in read_store(clean)["pupil"]}


@settings(max_examples=30, deadline=None)
@given(DAYS)
def test_every_number_is_valid_belongs_to_nobody_and_is_given_once(day: dt.date) -> None:
    upns = [pupil.upn for pupil in everybody(school_on(day))]
    assert all(is_valid_upn(upn) and int(upn[1:4]) < 200 for upn in upns)
    assert len(set(upns)) == len(upns) == 422


@settings(max_examples=30, deadline=None)
@given(DAYS)
def test_every_pupil_is_as_old_as_the_year_group(day: dt.date) -> None:
    for pupil in everybody(school_on(day)):
        autumn = day.year if day.month >= 9 else day.year - 1
        first_day = dt.date(autumn, 8, 31)
        birthday_passed = (pupil.birth_date.month, pupil.birth_date.day) <= (8, 31)
        age = first_day.year - pupil.birth_date.year - (not birthday_passed)
        assert age == pupil.year + 4


def test_no_two_people_have_the_same_name() -> None:
    names = [people.name(number) for number in range(len(people.FORENAMES) * len(people.SURNAMES))]
    assert len(set(names)) == 1517


def test_some_names_hold_letters_and_signs_that_programs_break() -> None:
    names = "".join((*people.FORENAMES, *people.SURNAMES))
    assert {"'", "-", "ë", "Ł", "ø", "œ", "Ż"} <= set(names)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_every_fault_can_be_planted_alone_and_changes_something(fault: Fault) -> None:
    draft = clean_draft(AT)
    planted = fault(draft)
    assert planted != draft
    assert fault(clean_draft(AT)) == planted
