"""What the declarations ask of the feed and of the store, and how the two answers meet."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from compliance.inventory.batch import Batch
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.plan import plan_feed, plan_store
from compliance.inventory.take import take_inventory
from compliance.model.catalogue import Catalogue, CatalogueField, Meaning
from compliance.model.declarations import (
    Authorisation,
    BelongsTo,
    Declarations,
    Retention,
    School,
    StoredDataset,
    StoredField,
    StoredFields,
)
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import EMPTY_VOCABULARY, Code, CodeSet, DataClass, DataItem, Subject

P = FieldPath.parse
AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
LEAVER = Retention(id="leaver", period="P30D", trigger="roll.leaving_date")
CONTRACT = Retention(id="contract", period="P60D", trigger="contract.end")


def field(path: str, source: str = "", item: str = "", retention: Retention | None = None) -> StoredField:
    return StoredField(path=P(path), source_path=P(source) if source else None, item=item or None, retention=retention)


PUPIL = StoredDataset(
    name="pupil",
    store="db",
    person_key="mis_id",
    person_key_source=P("Students.Id"),
    name_columns=("first", "last"),
    birth_date="born",
    year_group="year",
    school_key="school",
    leaving_date="left",
    enrolment_status="status",
    hold="hold",
    merge_pending="merge",
    retention=LEAVER,
    fields=(
        field("pupil.mis_id", "Students.Id"),
        field("pupil.upn", "Students.UPN", "upn"),
        field("pupil.year", "Students.YearGroup", "year-group"),
        field("pupil.tutor", "Students.RegGroup", "registration-group"),
    ),
)
CLASS = StoredDataset(
    name="class",
    store="db",
    group_name="na.me",
    academic_year="year",
    historic="old",
    retention=CONTRACT,
    fields=(field(r"class.na\.me", "Group.Name", "group-name"),),
)
ACTIVITY = StoredDataset(
    name="activity", store="db", person_key="pupil_id", leaving_date="left", fields=(field("activity.x"),)
)
CATALOGUE = Catalogue(
    integrator="test",
    label="Test",
    version="1",
    absent_means=Meaning.UNKNOWN,
    null_means=Meaning.UNKNOWN,
    scopes={},
    fields={
        P(path): CatalogueField(path=P(path), any_of=(), item=item)
        for path, item in (
            ("Students.HouseGroup", "house"),
            ("Students.Forename", "forename"),
            ("Group.Name", "group-name"),
            ("Staff.RegGroup", "registration-group"),
        )
    },
    options={},
    aliases={},
)
DECLARATIONS = Declarations(
    vocabulary=EMPTY_VOCABULARY,
    stored_fields=StoredFields(app="app", version="1", datasets=(PUPIL, CLASS, ACTIVITY)),
    authorisation=Authorisation(
        app="app", school=School(name="School", urn="123456", laestab="1234567", also_known_as=("123455",))
    ),
    catalogue=CATALOGUE,
)


def asked(plan: InventoryPlan) -> list[str]:
    return [f"{each.kind} of {each.dataset} by {each.key.basis}" for each in plan.measures]


def test_what_the_feed_is_asked() -> None:
    assert asked(plan_feed(DECLARATIONS, at=AT, key=b"k")) == [
        "person of Students by Students.Id",
        "person_year of Students by Students.Id+Students.YearGroup",
        "group of Group by Group.Name",
        "group of Students by Students.YearGroup",
        "group of Students by Students.RegGroup",
        "group of Students by Students.HouseGroup",
    ]


def test_what_the_store_is_asked() -> None:
    assert asked(plan_store(DECLARATIONS, at=AT, key=b"k")) == [
        "person of pupil by Students.Id",
        "person_year of pupil by Students.Id+Students.YearGroup",
        "duplicate of pupil by upn",
        "duplicate of pupil by mis_id",
        "duplicate of pupil by first+last+born+school",
        "leaver of pupil by left",
        "year_off_age of pupil by year+born",
        "other_school of pupil by school",
        "group of class by Group.Name",
        "past_year of class by year",
        "person of activity by pupil_id",
    ]


def test_what_the_questions_take_into_account() -> None:
    plans = {f"{each.kind} of {each.dataset}": each for each in plan_store(DECLARATIONS, at=AT, key=b"k").measures}
    leaver, past_year = plans["leaver of pupil"], plans["past_year of class"]
    assert (leaver.retention, leaver.hold, leaver.status) == (LEAVER, "hold", "status")
    assert plans["other_school of pupil"].own == {"123456", "1234567", "123455"}
    assert plans["duplicate of pupil"].hold == "merge"
    assert (past_year.columns, past_year.hold) == (("year",), "old")
    assert plans["group of class"].columns == (r"na\.me",)


def test_a_field_may_bring_the_retention_that_its_dataset_lacks() -> None:
    dataset = StoredDataset(name="d", store="db", leaving_date="left", fields=(field("d.x", retention=LEAVER),))
    declarations = Declarations(
        vocabulary=EMPTY_VOCABULARY, stored_fields=StoredFields(app="app", version="1", datasets=(dataset,))
    )
    (plan,) = plan_store(declarations, at=AT, key=b"k").measures
    assert (plan.kind, plan.retention) == ("leaver", LEAVER)


def test_without_stored_fields_nothing_is_asked() -> None:
    declarations = Declarations(vocabulary=EMPTY_VOCABULARY, catalogue=CATALOGUE)
    assert plan_feed(declarations, at=AT, key=b"k").measures == ()
    assert plan_store(declarations, at=AT, key=b"k").measures == ()


def test_the_answers_of_feed_and_store_meet() -> None:
    feed = take_inventory(
        [
            Batch(source="f", dataset="Students", records=[
                {"Id": "1", "YearGroup": "Year  4", "RegGroup": "4 Ash"},
                {"Id": "2", "yeargroup": "Year  5", "RegGroup": "5 Ash"},
            ]),
            Batch(source="f", dataset="Group", records=[{"Name": "Year 4 Maths"}]),
        ],
        plan_feed(DECLARATIONS, at=AT, key=b"k"),
        EMPTY_VOCABULARY,
    )  # fmt: skip
    store = take_inventory(
        [
            Batch(source="s", dataset="pupil", records=[
                {"mis_id": "1", "year": "4"}, {"mis_id": "2", "year": "4"}, {"mis_id": "3", "year": "4"},
            ]),
            Batch(source="s", dataset="class", records=[
                {"na.me": name} for name in ("4 ash", "year 4  maths", "Lantern Club")
            ]),
        ],
        plan_store(DECLARATIONS, at=AT, key=b"k"),
        EMPTY_VOCABULARY,
    )  # fmt: skip

    def keys(kind: str, basis: str) -> tuple[set[int], set[int]]:
        feeds, stores = (
            {key for each, measure in inventory.measures.items() if (each.kind, each.basis) == (kind, basis)
             for key in measure.keys}
            for inventory in (feed, store)
        )  # fmt: skip
        return feeds, stores

    feed_people, store_people = keys("person", "Students.Id")
    feed_pairs, store_pairs = keys("person_year", "Students.Id+Students.YearGroup")
    feed_groups = {key for each, measure in feed.measures.items() if each.kind == "group" for key in measure.keys}
    _, store_groups = keys("group", "Group.Name")
    assert len(feed_people & store_people) == 2
    assert len(feed_pairs & store_pairs) == 1
    assert len(store_groups - feed_groups) == 1


def test_what_single_rows_are_asked() -> None:
    items = {
        "entry-date": item("entry-date", format="date"),
        "remark": item("remark", free_text=True),
        "upn": item("upn", format="upn"),
        "sen": item("sen", code_set="sen"),
    }
    codes = CodeSet(
        id="sen", label="", authority="", version="1", reveals=True,
        codes=(Code(code="K", label=""), Code(code="S", label="", retired=True)),
    )  # fmt: skip
    pupil = StoredDataset(
        name="pupil", store="db", subject=Subject.PUPIL, name_columns=("first",), birth_date="bo.rn", hold="hold",
        leaving_date="left", active="active", synced_on="synced", sync_within="P7D", recorded_on="made", historic="old",
        retention=Retention(id="r", period="P1Y", trigger="record.created"),
        fields=(
            field("pupil.upn", item="upn"), field("pupil.joined", item="entry-date"),
            field("pupil.notes", item="remark"), field("pupil.sen", item="sen"),
            StoredField(path=P("pupil.area"), precision="district"),
            StoredField(path=P("pupil.flag"), precision="flag"),
        ),
    )  # fmt: skip
    answer = StoredDataset(
        name="answer", store="db", belongs_to=BelongsTo(column="pupil", found_in=(P("pupil.id"), P("staff.id"))),
        fields=(field("answer.given", item="entry-date"),),
    )  # fmt: skip
    declarations = Declarations(
        vocabulary=replace(EMPTY_VOCABULARY, items=items, code_sets={"sen": codes}),
        stored_fields=StoredFields(app="app", version="1", datasets=(pupil, answer)),
        authorisation=Authorisation(app="app", school=School(name="School", lowest_age=4, highest_age=11)),
    )
    measures = {
        f"{each.kind} of {each.dataset} by {each.key.basis}": each
        for each in plan_store(declarations, at=AT, key=b"k").measures
    }
    assert [*measures][2:] == [
        "old_record of pupil by made",
        "account_of_leaver of pupil by active",
        r"age_out_of_range of pupil by bo\.rn",
        "in_time of pupil by synced",
        "birth_date_in_text of pupil by notes",
        "temporary_upn of pupil by upn",
        "no_day of pupil by joined",
        "retired_code of pupil by sen",
        "too_precise of pupil by area",
        "link of answer by pupil.id+staff.id",
        "linked of pupil by pupil.id",
        "linked of staff by staff.id",
    ]
    retired = measures["retired_code of pupil by sen"]
    assert (retired.codes, retired.hold) == (frozenset({"S"}), "old")
    assert measures["account_of_leaver of pupil by active"].columns == ("left", "active", "")
    assert measures["birth_date_in_text of pupil by notes"].columns == (r"bo\.rn", "notes")
    assert measures[r"age_out_of_range of pupil by bo\.rn"].ages == (4, 11)


def item(name: str, **known: Any) -> DataItem:
    return DataItem(
        id=name, label=name, subject=Subject.PUPIL, data_class=DataClass.ORDINARY, group="all", explanation="", **known
    )
