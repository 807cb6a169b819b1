from __future__ import annotations

import pytest

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.model.catalogue import Catalogue, Meaning
from compliance.model.paths import FieldPath

FOLDER = resources.example_app().parents[1] / "integrators"


@pytest.fixture(name="wonde", scope="module")
def _wonde() -> Catalogue:
    catalogue = load_declarations([FOLDER / "wonde.yaml"]).catalogue
    assert catalogue
    return catalogue


def test_null_stands_for_what_was_not_approved(wonde: Catalogue) -> None:
    assert (wonde.absent_means, wonde.null_means) == (Meaning.UNKNOWN, Meaning.NOT_SHARED)


def test_every_permission_opens_one_field_and_says_whether_it_was_read(wonde: Catalogue) -> None:
    opened = [way for field in wonde.fields.values() for way in field.any_of]
    assert sorted(opened) == sorted((scope,) for scope in wonde.scopes)
    inferred = {name for name, scope in wonde.scopes.items() if "was not read" in scope.note}
    assert inferred == {name for name in wonde.scopes if name.startswith("Students ")}


def test_the_contextual_fields_carry_their_items(wonde: Catalogue) -> None:
    details = {
        path.leaf: field.item for path, field in wonde.fields.items() if path.field.startswith("extended_details.")
    }
    assert details == {
        "sen_status": "sen-status",
        "free_school_meals": "free-school-meals",
        "free_school_meals_6": "ever-6-fsm",
        "premium_pupil_indicator": "pupil-premium",
        "premium_pupil_notes": "pupil-premium-reason",
        "service_children_indicator": "service-child",
        "in_lea_care": "looked-after",
        "ever_in_care": "ever-looked-after",
        "gifted_and_talented_status": "more-able",
        "home_language": "home-language",
        "first_language": "first-language",
        "english_as_additional_language": "english-additional-language",
        "english_as_additional_language_status": "english-proficiency",
        "ethnicity": "ethnicity",
        "religion": "religion",
    }


def test_one_field_has_two_names(wonde: Catalogue) -> None:
    spelt = FieldPath.parse("students.extended_details.premium_pupil_indicator")
    assert wonde.canonical(FieldPath.parse("students.extended_details.pupil_premium")) == spelt


def test_what_clever_s_permissions_open_is_not_known() -> None:
    catalogue = load_declarations([FOLDER / "clever.yaml"]).catalogue
    assert catalogue
    assert (catalogue.scopes, catalogue.fields) == ({}, {})
    assert (catalogue.absent_means, catalogue.null_means) == (Meaning.UNKNOWN, Meaning.UNKNOWN)
