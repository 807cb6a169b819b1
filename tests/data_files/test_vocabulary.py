"""The data items and code sets of schools in England."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from compliance.model.vocabulary import DataClass, Subject

FORMATS = {"upn", "uln", "nhs_number", "ni_number", "email", "phone", "postcode", "date", "identifier", "name"}

CONTEXTUAL = {
    "sen-status": "treat_as_special",
    "pupil-premium": "treat_as_special",
    "free-school-meals": "treat_as_special",
    "ever-6-fsm": "treat_as_special",
    "looked-after": "treat_as_special",
    "ever-looked-after": "treat_as_special",
    "traveller": "special",
    "service-child": "sensitive",
    "home-language": "sensitive",
    "more-able": "ordinary",
}

NAMED_BY_OTHERS = """
mis-id integrator-id upn former-upn uln forename surname display-name legal-forename legal-surname middle-name
date-of-birth gender year-group registration-group class house school-email photo ethnicity traveller religion
home-language first-language english-additional-language english-proficiency nationality national-identity
asylum-status sen-status sen-type pupil-premium pupil-premium-reason free-school-meals ever-6-fsm service-child
looked-after ever-looked-after more-able young-carer enrolment-status entry-date leaving-date admission-number postcode
address mode-of-travel attendance-marks attendance-summary medical-condition dietary-needs disability pregnancy
nhs-number behaviour-event exclusion-reason exclusion assessment-result free-text-note siblings child-protection
staff-mis-id staff-title staff-forename staff-surname staff-display-name staff-work-email staff-code staff-role
staff-ni-number staff-teacher-number staff-payroll-number staff-date-of-birth staff-account-id group-id group-name
group-type group-teacher group-members academic-year school-name school-number account-id account-status
account-setting legal-hold teacher-note survey-name survey-answer survey-date survey-score technical row-hash
last-updated
"""


def ids(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in entries]


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_it_says_what_it_is(vocabulary: Any) -> None:
    assert (vocabulary["kind"], vocabulary["id"], vocabulary["version"]) == ("vocabulary", "uk-schools", "2026-05")


def test_there_are_enough_items_and_nothing_is_listed_twice(vocabulary: Any) -> None:
    assert len(vocabulary["items"]) >= 100
    for part in ("groups", "items", "code_sets"):
        assert repeated(ids(vocabulary[part])) == []
        assert repeated([entry["label"] for entry in vocabulary[part]]) == []


def test_items_that_other_files_name_are_there(vocabulary: Any) -> None:
    assert set(NAMED_BY_OTHERS.split()) - set(ids(vocabulary["items"])) == set()


def test_every_reference_leads_somewhere_and_nothing_is_left_over(vocabulary: Any) -> None:
    items = vocabulary["items"]
    assert {item["group"] for item in items} == set(ids(vocabulary["groups"]))
    assert {item["code_set"] for item in items if "code_set" in item} == set(ids(vocabulary["code_sets"]))
    assert {item["format"] for item in items if "format" in item} == FORMATS


def test_items_stand_in_the_order_of_their_groups(vocabulary: Any) -> None:
    order = ids(vocabulary["groups"])
    places = [order.index(item["group"]) for item in vocabulary["items"]]
    assert places == sorted(places)


def test_classes_and_subjects_are_those_of_the_model(vocabulary: Any) -> None:
    assert {item["class"] for item in vocabulary["items"]} == set(DataClass)
    assert {item["subject"] for item in vocabulary["items"]} == set(Subject)


def test_the_id_tells_staff_and_contacts_from_pupils(vocabulary: Any) -> None:
    for item in vocabulary["items"]:
        assert (item["subject"] == "staff") == item["id"].startswith("staff-"), item["id"]
        assert (item["subject"] == "contact") == item["id"].startswith("contact-"), item["id"]


def test_the_ten_contextual_items_have_the_care_they_need(vocabulary: Any) -> None:
    assert {item["id"]: item["class"] for item in vocabulary["items"] if item["id"] in CONTEXTUAL} == CONTEXTUAL


def test_only_technical_columns_are_not_personal(vocabulary: Any) -> None:
    silent = [item["id"] for item in vocabulary["items"] if item["class"] == "not_personal"]
    assert silent == ["technical", "row-hash", "last-updated"]


def test_article_9_and_10_items_of_pupils_are_these(vocabulary: Any) -> None:
    pupils = [item for item in vocabulary["items"] if item["subject"] == "pupil"]
    assert [item["id"] for item in pupils if item["class"] == "criminal"] == [
        "exclusion-reason",
        "exclusion-note",
        "police-involvement",
    ]
    assert [item["id"] for item in pupils if item["class"] == "special"] == [
        "biometric-template",
        "ethnicity",
        "traveller",
        "traveller-source",
        "religion",
        "sen-type",
        "sen-type-detail",
        "sen-note",
        "disability",
        "disability-dates",
        "medical-condition",
        "medical-note",
        "medication",
        "allergy",
        "dietary-needs",
        "pregnancy",
        "doctor",
        "immunisation",
        "attendance-marks",
        "attendance-note",
    ]


def test_identifiers_with_a_detector_have_their_format(vocabulary: Any) -> None:
    formats = {item["id"]: item.get("format") for item in vocabulary["items"]}
    assert [name for name, kind in formats.items() if kind == "upn"] == ["upn", "former-upn"]
    assert [name for name, kind in formats.items() if kind == "uln"] == ["uln"]
    assert [name for name, kind in formats.items() if kind == "nhs_number"] == ["nhs-number"]
    assert [name for name, kind in formats.items() if kind == "ni_number"] == ["staff-ni-number"]


def test_explanations_are_short_and_plain(vocabulary: Any) -> None:
    for item in vocabulary["items"]:
        sentences = re.findall(r"[.!?](?=\s|$)", item["explanation"])
        assert 1 <= len(sentences) <= 2, item["id"]
        assert len(item["explanation"].split()) <= 50, item["id"]
        assert "consent" not in item["explanation"].casefold(), item["id"]
        assert item["label"][0].isupper(), item["id"]


def test_codes_are_texts_and_unique_in_their_set(vocabulary: Any) -> None:
    for code_set in vocabulary["code_sets"]:
        codes = [code["code"] for code in code_set["codes"]]
        assert all(isinstance(code, str) for code in codes), code_set["id"]
        assert repeated(codes) == [], code_set["id"]


def test_code_sets_that_tell_something_needing_care(vocabulary: Any) -> None:
    assert [code_set["id"] for code_set in vocabulary["code_sets"] if code_set["reveals"]] == [
        "sen-provision",
        "sen-type",
        "disability",
        "ethnicity",
        "religion",
        "pupil-premium-reason",
        "post-looked-after",
    ]


def test_retired_codes_are_marked(vocabulary: Any) -> None:
    retired = {
        code_set["id"]: [code["code"] for code in code_set["codes"] if code.get("retired")]
        for code_set in vocabulary["code_sets"]
    }
    assert {name: codes for name, codes in retired.items() if codes} == {
        "sen-provision": ["S", "A", "P", "Q", "O", "X"],
        "exclusion-type": ["FIXD"],
        "exclusion-reason": ["OT"],
    }
    sen = next(code_set for code_set in vocabulary["code_sets"] if code_set["id"] == "sen-provision")
    assert [code["code"] for code in sen["codes"] if not code.get("retired")] == ["N", "K", "E"]


TABLES = {
    "sen-type": "SenTypes",
    "disability": "Disabilities",
    "ethnicity": "Ethnicities",
    "religion": "Religions",
    "pupil-premium-reason": "PupilPremiumIndicators",
    "post-looked-after": "PostLookedAfterArrangements",
    "kinship-care": "KinshipCareIndicators",
    "free-school-meals-category": "FsmCategories",
    "service-child": "ServiceChildIndicators",
    "young-carer": "YoungCarerIndicators",
    "english-proficiency": "EnglishProficiencies",
    "enrolment-status": "EnrolmentStatus",
    "exclusion-type": "ExclusionTypes",
    "exclusion-reason": "ExclusionReasons",
    "upn-unknown-reason": "UpnUnknownReasons",
    "relationship": "RelationshipTypes",
    "language": "Languages",
}


def test_current_codes_are_those_of_the_department(vocabulary: Any, code_facts: list[dict[str, str]]) -> None:
    for code_set in vocabulary["code_sets"]:
        if table := TABLES.get(code_set["id"]):
            current = {code["code"] for code in code_set["codes"] if not code.get("retired")}
            assert current == {row["code"] for row in code_facts if row["table"] == table}, code_set["id"]


def test_numbers_of_code_sets_are_those_of_the_department(vocabulary: Any, code_facts: list[dict[str, str]]) -> None:
    numbers = {row["table"]: row["cbds_codeset"] for row in code_facts if row["cbds_codeset"]}
    authorities = {code_set["id"]: code_set["authority"] for code_set in vocabulary["code_sets"]}
    for name, table in TABLES.items():
        if table in numbers:
            assert authorities[name] == f"DfE CBDS {numbers[table]}"
