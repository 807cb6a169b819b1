"""The catalogue of Xporter on Demand, against the facts that it was made of."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.integrators.xporter_aside import holds_records
from compliance.model.paths import FieldPath

CATALOGUE = resources.example_app().parents[1] / "integrators" / "xporter.yaml"

Ways = list[frozenset[str]]

MISPRINTS = {
    ("school.students", "AttMarksEndDate"): "Attendance",
    ("school.students", "Marks"): "Attendance",
    ("school.entitlementhistory", "Id"): "StudentFunding",
    ("school.groups", "RowHash"): "School / SchoolLite",
    ("school.groups", "LastUpdated"): "School / SchoolLite",
}
"""Rows whose scope the catalogue corrects; its notes say so."""

SECOND_WAYS = {"StudentReligion", "StudentEthnicity", "StudentSchoolHistory", "StaffContractual"}
"""Scopes that the integrator's scope list has for rows which its field list opens with another scope."""

WITHOUT_FIELDS = {
    *("EmergeForWeb", "EmergeViaXod", "EndpointInfo"),
    *("StaffEthnicity", "StaffFinancial", "StaffReligion", "StudentDetentions", "StudentHistory"),
    *("WritebackAssessment", "WritebackAttendance", "WritebackConduct", "WritebackPhotos"),
}


def rows(catalogue: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((dataset["name"], field) for dataset in catalogue["datasets"] for field in dataset["fields"])


def ways(field: Mapping[str, Any]) -> Ways:
    return [frozenset(way.split(" & ")) for way in field["scopes"]]


def opens(field: Mapping[str, Any], granted: Collection[str]) -> bool:
    return any(way <= set(granted) for way in ways(field))


def row_ways(text: str) -> Ways:
    """Read the scope of a row: ``A / B`` and ``A,B`` ask for any, ``A + B`` for all."""
    parts = [re.split(r"\s*[/,]\s*", part.strip()) for part in text.split("+")]
    return [frozenset(way) for way in itertools.product(*parts)]


def endpoint_ways(text: str) -> Ways:
    """Read the scope of an endpoint: ``A,B`` asks for any, ``A&B`` for all."""
    return [frozenset(way.split("&")) for way in text.split(",")]


def documented_ways(row: Mapping[str, str]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Pair each way that the row names with each way to its endpoint, both needed: (row, row and endpoint)."""
    scope = row["scope"]
    misprint = MISPRINTS.get((row["endpoint"], row["field"]))
    if misprint and scope in {"", "StaffAbsence", "Contact"}:
        scope = misprint
    pairs = itertools.product(row_ways(scope), endpoint_ways(row["endpoint_scope"]))
    return [(in_row, in_row | in_endpoint) for in_row, in_endpoint in pairs]


def section(row: Mapping[str, str]) -> str | None:
    """Return the dataset that the documents name for the row, or None for a table without a name."""
    name = row["section"].strip("_").removesuffix(" Fields")
    return None if name == "Fields by Scope" else name


def test_it_says_what_it_is_and_what_its_silence_means(xporter: Any) -> None:
    assert (xporter["kind"], xporter["id"]) == ("integrator", "xporter")
    assert (xporter["absent_means"], xporter["null_means"]) == ("not_shared", "shared_but_empty")


def test_plain_files_have_no_catalogue_and_their_silence_means_nothing(plain: Any) -> None:
    assert plain == {
        "kind": "integrator",
        "id": "plain",
        "label": "Plain files",
        "version": "1",
        "absent_means": "unknown",
        "null_means": "unknown",
    }


def test_all_46_scopes_are_there(xporter: Any, scope_facts: list[dict[str, str]]) -> None:
    scopes = [scope["id"] for scope in xporter["scopes"]]
    assert len(scopes) == 46
    assert sorted(scopes) == sorted(row["scope"] for row in scope_facts)


def test_every_scope_has_words_of_its_own(xporter: Any, sample_answers: dict[str, Any]) -> None:
    theirs = {row["Description"] for row in sample_answers["scopes"]["Scopes"]}
    assert {scope["description"].strip() for scope in xporter["scopes"]} & theirs == set()
    for part in ("label", "id"):
        assert max(Counter(scope[part] for scope in xporter["scopes"]).values()) == 1


def test_write_scopes_are_marked(xporter: Any) -> None:
    writing = [scope["id"] for scope in xporter["scopes"] if scope.get("writes")]
    assert writing == [scope["id"] for scope in xporter["scopes"] if scope["id"].startswith("Writeback")]


def test_nothing_is_listed_twice(xporter: Any) -> None:
    assert max(Counter((dataset, field["name"]) for dataset, field in rows(xporter)).values()) == 1
    for part, key in (("datasets", "name"), ("options", "id"), ("scopes", "id")):
        assert max(Counter(entry[key] for entry in xporter[part]).values()) == 1


def test_every_reference_leads_somewhere(xporter: Any, vocabulary: Any) -> None:
    scopes = {scope["id"] for scope in xporter["scopes"]}
    options = {option["id"] for option in xporter["options"]}
    items = {item["id"] for item in vocabulary["items"]}
    for dataset, field in rows(xporter):
        assert frozenset().union(*ways(field)) <= scopes, (dataset, field)
        assert field["item"] in items, (dataset, field)
        assert field.get("option") in {None, *options}, (dataset, field)
    paths = {f"{dataset}.{field['name']}" for dataset, field in rows(xporter)}
    assert set(xporter["aliases"].values()) <= paths
    assert set(xporter["aliases"]) & paths == set()


def test_every_documented_row_is_reachable(xporter: Any, field_facts: list[dict[str, str]]) -> None:
    datasets = xporter["datasets"]
    for row in field_facts:
        entries = [
            field
            for dataset in datasets
            if row["endpoint"] in dataset["endpoints"] and section(row) in {None, dataset["name"]}
            for field in dataset["fields"]
            if field["name"] == row["field"]
        ]
        assert entries, row
        assert all(opens(field, both) for field in entries for _, both in documented_ways(row)), row


def test_no_documented_field_is_invented_or_opened_otherwise(xporter: Any, field_facts: list[dict[str, str]]) -> None:
    for dataset in xporter["datasets"]:
        described = [row for row in field_facts if row["endpoint"] in dataset["endpoints"]]
        for field in dataset["fields"]:
            if field.get("documented", True):
                pairs = [pair for row in described if row["field"] == field["name"] for pair in documented_ways(row)]
                assert pairs, (dataset["name"], field)
                by_rows = [way for way in ways(field) if not way & SECOND_WAYS]
                assert all(any(least <= way <= most for least, most in pairs) for way in by_rows), (dataset, field)


def test_scopes_without_a_documented_field_are_these(xporter: Any) -> None:
    used = {scope for _, field in rows(xporter) for way in ways(field) for scope in way}
    assert {scope["id"] for scope in xporter["scopes"]} - used == WITHOUT_FIELDS


def test_a_scope_for_several_kinds_of_people_opens_only_those_who_were_granted(xporter: Any) -> None:
    granted = {"School", "Photos", "Address", "Staff"}
    opened = {f"{dataset}.{field['name']}" for dataset, field in rows(xporter) if opens(field, granted)}
    assert {"Staff.GroupIds", "Staff.Photo", "Group.StudentIds"} <= opened
    assert opened & {"Students.GroupIds", "Students.Photo", "Contacts.PostCode", "StudentContacts.Id"} == set()


def test_religion_and_ethnicity_can_be_had_both_ways(xporter: Any) -> None:
    fields = {field["name"]: field for dataset, field in rows(xporter) if dataset == "Students"}
    for name in ("Religion", "ReligionCode"):
        assert fields[name]["scopes"] == ["StudentDemographic", "StudentReligion"]
    for name in ("Ethnicity", "EthnicityCode", "EthnicitySource"):
        assert fields[name]["scopes"] == ["StudentDemographic", "StudentEthnicity"]


def test_every_field_that_the_scope_list_opens_otherwise_is_marked_as_contradicted(xporter: Any) -> None:
    marked = {path for each in xporter["contradictions"] for path in each["fields"]}
    assert marked <= {name for dataset, field in rows(xporter) for name in (dataset, f"{dataset}.{field['name']}")}
    for dataset, field in rows(xporter):
        if any(way & SECOND_WAYS for way in ways(field)):
            assert marked & {dataset, f"{dataset}.{field['name']}"}, (dataset, field)


@pytest.mark.parametrize(
    ("path", "granted", "doubted"),
    [
        ("Students.Religion", {"StudentDemographic"}, True),
        ("Students.Religion", {"StudentDemographic", "StudentReligion"}, True),
        ("Students.Religion", {"Student"}, False),
        ("Students.PostCode", {"StudentDemographic"}, True),
        ("Students.PostCode", {"StudentDemographic", "Address"}, False),
        ("Students.HomeLanguage", {"StudentDemographic"}, False),
        ("StudentDisabilities.Id", {"SEN"}, True),
        ("StudentDisabilities.Id", {"SEN", "SENTypes"}, False),
        ("Students.Unknown", {"Student"}, False),
    ],
)
def test_a_field_is_doubted_where_no_sure_way_to_it_is_open(path: str, granted: set[str], *, doubted: bool) -> None:
    catalogue = load_declarations([CATALOGUE]).catalogue
    assert catalogue
    assert bool(catalogue.doubt(FieldPath.parse(path), granted)) is doubted


def test_the_contextual_fields_carry_their_items(xporter: Any) -> None:
    items = {field["name"]: field["item"] for dataset, field in rows(xporter) if dataset == "Students"}
    expected = {
        "SENProvision": "sen-status",
        "PupilPremium": "pupil-premium",
        "FsmEligible": "free-school-meals",
        "FSMEver6": "ever-6-fsm",
        "InLeaCare": "looked-after",
        "EverInCare": "ever-looked-after",
        "IsTraveller": "traveller",
        "ServiceChild": "service-child",
        "HomeLanguage": "home-language",
        "Gifted": "more-able",
        "UPN": "upn",
        "DateOfBirth": "date-of-birth",
    }
    assert {name: items[name] for name in expected} == expected


def test_fields_only_seen_on_the_wire_are_marked(xporter: Any) -> None:
    marked = [f"{dataset}.{field['name']}" for dataset, field in rows(xporter) if field.get("documented") is False]
    assert {"Students.XID", "Students.StudentStatus", "AttendanceSummary.MIS_ID", "SchoolInfo.RowHash"} <= set(marked)
    assert len(marked) < 50


def test_every_key_of_the_sample_answers_is_known(xporter: Any, sample_answers: dict[str, Any]) -> None:
    known = {f"{dataset}.{field['name']}" for dataset, field in rows(xporter)} | set(xporter["aliases"])
    looked_at = set()
    for name, answer in sample_answers.items():
        for dataset, records in answer.items():
            if not holds_records(dataset) or not isinstance(records, list):
                continue
            keys = {f"{dataset}.{key}" for record in records if isinstance(record, dict) for key in record}
            assert keys <= known, (name, sorted(keys - known))
            looked_at |= keys
    assert len(looked_at) > 150


def pupil_fields(xporter: Any, granted: Collection[str]) -> list[dict[str, Any]]:
    """Documented fields of Students that these scopes hand over."""
    students = (field for dataset, field in rows(xporter) if dataset == "Students")
    return [field for field in students if field.get("documented", True) and opens(field, granted)]


def test_nine_scopes_of_the_wellbeing_app_unlock_three_times_what_it_needs(xporter: Any, permission_set: Any) -> None:
    granted = {scope["id"] for scope in permission_set["scopes"]}
    assert len(granted) == 9
    unlocked = pupil_fields(xporter, granted)
    without_option = [field for field in unlocked if "option" not in field]
    assert (len(unlocked), len(without_option)) == (73, 66)
    asked = [field["path"] for scope in permission_set["scopes"] for field in scope["fields"]]
    of_pupils = {path.removeprefix("Students.") for path in asked if path.startswith("Students.")}
    assert of_pupils <= {field["name"] for field in unlocked}
    assert len(unlocked) / len(of_pupils) > 3


def test_the_short_scopes_unlock_seven_fields_fewer(xporter: Any, permission_set: Any) -> None:
    granted = {scope["id"] for scope in permission_set["scopes"]}
    short = granted - {"Student", "Staff", "School"} | {"StudentLite", "StaffLite", "SchoolLite"}
    missing = {field["name"] for field in pupil_fields(xporter, granted)}
    missing -= {field["name"] for field in pupil_fields(xporter, short)}
    assert len(pupil_fields(xporter, short)) == 66
    assert missing == {
        *("AdmissionNo", "LeavingYearGroup", "LeavingRegGroup", "PreAdmissionYearGroup", "PreAdmissionRegGroup"),
        *("GroupIds", "GroupIdaasIds"),
    }


def test_the_newer_split_takes_five_fields_away(xporter: Any, permission_set: Any) -> None:
    granted = {scope["id"] for scope in permission_set["scopes"]}
    split = [field for field in pupil_fields(xporter, granted) if not SECOND_WAYS & frozenset().union(*ways(field))]
    assert len(split) == 68


def test_every_field_that_the_wellbeing_app_asks_for_is_known_and_unlocked(xporter: Any, permission_set: Any) -> None:
    granted = {scope["id"] for scope in permission_set["scopes"]}
    unlocked = {f"{dataset}.{field['name']}" for dataset, field in rows(xporter) if opens(field, granted)}
    assert {field["path"] for scope in permission_set["scopes"] for field in scope["fields"]} - unlocked == set()
    options = {option["id"] for option in xporter["options"]}
    assert set(permission_set["options"]) <= options
