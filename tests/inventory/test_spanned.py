"""Which fields may be remembered with how far they reach: few."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from compliance.declarations.load import load_declarations
from compliance.inventory.plan import plan_feed, plan_store
from compliance.inventory.spanned import may_be_spanned, spanned_in_feed, spanned_in_store
from compliance.model.catalogue import Catalogue, CatalogueField, Meaning
from compliance.model.declarations import Declarations, StoredDataset, StoredField, StoredFields
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem, Subject

P = FieldPath.parse
VOCABULARY = load_declarations(()).vocabulary
STORED = StoredField(path=P("pupil.left"), source_path=P("Students.DOL"), item="leaving-date")
YEAR = StoredField(path=P("pupil.year"), item="year-group")


def declared(*fields: StoredField, items: dict[str, str] | None = None, **roles: Any) -> Declarations:
    catalogue = Catalogue(
        integrator="xporter", label="", version="1", absent_means=Meaning.UNKNOWN, null_means=Meaning.UNKNOWN,
        scopes={},
        fields={P(path): CatalogueField(path=P(path), any_of=(), item=item) for path, item in (items or {}).items()},
        options={}, aliases={},
    )  # fmt: skip
    dataset = StoredDataset(name="pupil", store="db", fields=fields, **roles)
    stored = replace(STORED_FIELDS, datasets=(dataset,))
    return Declarations(vocabulary=VOCABULARY, catalogue=catalogue, stored_fields=stored)


STORED_FIELDS = StoredFields(app="a", version="1")


def test_the_items_of_the_vocabulary_that_may_have_a_span() -> None:
    assert sorted(item.id for item in VOCABULARY.items.values() if may_be_spanned(item)) == [
        "academic-year", "entry-date", "group-size", "leaving-date", "school-calendar", "school-counts", "survey-date",
        "year-group",
    ]  # fmt: skip


@pytest.mark.parametrize("data_class", DataClass)
@pytest.mark.parametrize("shape", [None, "date", "upn", "identifier", "name", "phone"])
def test_only_ordinary_items_that_tell_nobody_may_have_one(data_class: DataClass, shape: str | None) -> None:
    item = DataItem(
        id="year-group", label="", subject=Subject.PUPIL, data_class=data_class, group="enrolment", explanation="",
        format=shape,
    )  # fmt: skip
    assert may_be_spanned(item) is (data_class is DataClass.ORDINARY and shape in {None, "date"})
    assert not may_be_spanned(replace(item, code_set="sen"))
    assert not may_be_spanned(replace(item, free_text=True))
    assert not may_be_spanned(replace(item, format="date", group="identity"))
    assert not may_be_spanned(replace(item, format=None, id="age"))
    assert not may_be_spanned(None)


def test_what_the_vendor_says_of_a_field_can_only_forbid_it() -> None:
    assert spanned_in_store(declared(STORED, YEAR)) == {STORED.path, YEAR.path}
    for narrower in (
        replace(STORED, data_class=DataClass.SENSITIVE),
        replace(STORED, format="identifier"),
        replace(STORED, code_set="sen"),
        replace(STORED, item=None),
        replace(STORED, item="date-of-birth", data_class=DataClass.ORDINARY),
    ):
        assert spanned_in_store(declared(narrower)) == frozenset()
    for role in ({"person_key": "left"}, {"birth_date": "left"}, {"school_key": "left"}, {"name_columns": ("left",)}):
        assert spanned_in_store(declared(STORED, **role)) == frozenset()


def test_in_a_feed_everybody_must_take_a_field_for_what_may_have_one() -> None:
    both = declared(STORED, items={"Students.DOL": "leaving-date", "Students.DOB": "date-of-birth"})
    assert spanned_in_feed(both) == {P("Students.DOL")}
    assert spanned_in_feed(declared(STORED, items={"Students.DOL": "date-of-birth"})) == frozenset()
    assert (
        spanned_in_feed(declared(replace(STORED, item="surname"), items={"Students.DOL": "leaving-date"}))
        == frozenset()
    )
    assert spanned_in_feed(declared(STORED)) == {P("Students.DOL")}
    assert spanned_in_feed(Declarations(vocabulary=VOCABULARY)) == frozenset()


def test_the_plans_say_so() -> None:
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    declarations = declared(STORED, YEAR)
    assert plan_feed(declarations, at=at, key=b"k").spans == {P("Students.DOL")}
    assert plan_store(declarations, at=at, key=b"k").spans == {STORED.path, YEAR.path}
