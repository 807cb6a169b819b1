"""What the integrator sends: Xporter's JSON answers, in its spelling and its shape (INTEGRATORS.md, section 1).

Only the fields of granted scopes have a key at all; most of what is unlocked but not needed is null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from compliance.example import numbers
from compliance.example.agreement import Agreement
from compliance.example.school import DOMAIN, SCHOOL_NAME, Employee, Group, Pupil, School, academic_year

Row = Mapping[str, object]
Answer = Mapping[str, object]

PAGE_SIZE = 100
RELYING_PARTY = "wellbeing.example"
CHANGED = 3
"""Pupils of the latest change set with all their fields; as many again are only named, which means unchanged."""

_NO_ERROR: Row = {"Message": None, "ExceptionType": None, "ExceptionMessage": None, "InnerException": None}

ERROR_ANSWER: Answer = {
    **_NO_ERROR,
    "ExceptionType": "XporterException",
    "ExceptionMessage": "The school's server did not answer.",
}
"""Sent with HTTP status 200, as Xporter does."""


def answers(school: School, agreement: Agreement) -> dict[str, Answer]:
    """Return every answer of one pull, by the name of the file it is kept in."""
    pupils = [pupil_row(pupil, school, agreement) for pupil in school.pupils if pupil.id not in agreement.excluded]
    staff = [staff_row(employee, school) for employee in school.staff]
    groups = [group_row(group, school) for group in school.groups]
    return {
        **_pages("students", school.today, Students=pupils, StudentSiblings=[]),
        "students_changes.json": _changes(pupils, school),
        **_pages("staff", school.today, Staff=staff),
        **_pages("groups", school.today, Group=groups, StaffMembers=[], StudentMembers=[], GroupTypes=[]),
        "school_info.json": {"SchoolInfo": [_school_row(school)], "meta": _meta(school.today)},
        "token_details.json": _token_details(school, agreement),
        "gdpr_ids.json": _gdpr_ids(agreement),
    }


def pupil_row(pupil: Pupil, school: School, agreement: Agreement) -> Row:
    """Return one row of ``Students``."""
    row: dict[str, object] = {"Id": pupil.id, "XID": numbers.xid("pupil", pupil.id), "StudentStatus": "OnRoll"}
    for scope, fields in _pupil_fields(pupil, school, agreement).items():
        if scope in agreement.scopes:
            row |= fields
    return _finish(row, school)


def _pupil_fields(pupil: Pupil, school: School, agreement: Agreement) -> dict[str, dict[str, object]]:
    """Return the fields of one pupil by the scope that unlocks them."""
    groups = {group.kind: group for group in school.groups_of(pupil)}
    return {
        "Student": {
            "ExternalId": numbers.guid("pupil", pupil.id),
            "IdaasId": f"PL-{pupil.id}",
            "Forename": pupil.forename,
            "Surname": pupil.surname,
            "DisplayName": f"{pupil.forename} {pupil.surname}",
            "AdmissionNo": f"{int(pupil.id):06}",
            "Gender": pupil.gender,
            "RegGroupId": groups["RegGrp"].id,
            "RegGroup": groups["RegGrp"].name,
            "YearGroupId": groups["YearGrp"].id,
            "YearGroup": groups["YearGrp"].name,
            "HouseGroupId": None,
            "HouseGroup": None,
            "WorkEmail": None,
            "IdaasEmail": None,
        },
        "StudentExtended": {
            "DateofBirth": pupil.birth_date.isoformat(),
            "UniqueLearnerNumber": None,
            "MiddleName": None,
            "EnrolmentStatus": pupil.status,
            "Boarder": 0,
            "LegalForename": pupil.forename,
            "LegalSurname": pupil.surname,
            "EntryDate": dt.date(academic_year(school.today) - pupil.year, 9, 1).isoformat(),
            "LeavingDate": None,
            "Destination": None,
            "DestinationStartDate": None,
            "ReasonForLeaving": None,
            "SifExitCode": None,
        },
        "UPN": {"UPN": pupil.upn, "formerUPN": None},
        "SENTypes": {"SENProvision": pupil.sen},
        "StudentFunding": {
            "FSMEligible": int(pupil.free_meals),
            "FsmEndDate": None,
            "UniformAllowance": 0,
            "PupilPremium": int(pupil.pupil_premium),
            "YSSA": None,
            "EAL": int(pupil.language[0] != "ENG"),
            "FSMEver6": int(pupil.ever_free_meals),
            "Gifted": int(pupil.more_able),
        },
        "StudentFamily": {
            "ServiceChild": str(int(pupil.service_child)),
            "ServiceChildSource": None,
            "InLeaCare": int(pupil.looked_after),
            "LeaCareAuthority": None,
            "EverInCare": int(pupil.ever_looked_after),
            "IsYoungCarer": int(pupil.young_carer),
        },
        "StudentDemographic": {
            "EAL": int(pupil.language[0] != "ENG"),
            "AsylumStatus": None,
            "ReligionCode": pupil.religion[0],
            "Religion": pupil.religion[1],
            "EthnicityCode": pupil.ethnicity[0],
            "Ethnicity": pupil.ethnicity[1],
            "EthnicitySource": "P",
            "HomeLanguage": pupil.language[1],
            "HomeLanguageCode": pupil.language[0],
            "FirstLanguage": pupil.language[1],
            "FirstLanguageCode": pupil.language[0],
            "FirstLanguageSource": None,
            "EnglishProficiencyLevel": None,
            "NationalIdentity": None,
            "Nationality": None,
            "ModeOfTravel": None,
            "IsTraveller": int(pupil.traveller),
            "TravellerSource": None,
            "PostCode": None,
        },
        "School": {"GroupIds": ",".join(group.id for group in groups.values())},
        "Attendance": _attendance(pupil, school.today) if "includeAttStats" in agreement.options else {},
    }


def _attendance(pupil: Pupil, today: dt.date) -> dict[str, object]:
    """Return the sessions of this academic year, two on each weekday; every pupil misses a few."""
    start = dt.date(academic_year(today), 9, 1)
    days = sum((start + dt.timedelta(days=n)).weekday() in range(5) for n in range((today - start).days))
    missed = min(int(pupil.id) % 7, 2 * days)
    return {
        "AttStatsStartDate": start.isoformat(),
        "AttStatsEndDate": today.isoformat(),
        "NumPossMarks": 2 * days,
        "NumPresMarks": 2 * days - missed,
        "NumAEAMarks": 0,
        "NumAuthAbsMarks": missed,
        "NumUnauthAbsMarks": 0,
        "NumMissMarks": 0,
        "NumLateMarks": 0,
        "NumLateBeforeRegMarks": 0,
    }


def staff_row(employee: Employee, school: School) -> Row:
    """Return one row of ``Staff``, as the scopes ``Staff`` and ``School`` show it."""
    groups = [group.id for group in school.groups if group.teacher_id == employee.id]
    return _finish(
        {
            "Id": employee.id,
            "XID": numbers.xid("staff", employee.id),
            "IdaasId": f"PWT-{employee.id}",
            "ExternalId": numbers.guid("staff", employee.id),
            "Title": employee.title,
            "Suffix": None,
            "StaffCode": employee.code,
            "StaffStatus": "Current",
            "Forename": employee.forename,
            "Surname": employee.surname,
            "DisplayName": f"{employee.title} {employee.forename[0]} {employee.surname}",
            "WorkEmail": employee.email,
            "IdaasEmail": None,
            "WorkPhone": None,
            "IsTeacher": int(employee.teacher),
            "IsSupport": int(not employee.teacher),
            "RegGroup": employee.class_name,
            "GroupIds": ",".join(groups) or None,
        },
        school,
    )


def group_row(group: Group, school: School) -> Row:
    """Return one row of ``Group``."""
    return _finish(
        {
            "Id": group.id,
            "XID": numbers.xid("group", group.id),
            "ExternalId": numbers.guid("group", group.id),
            "IdaasId": f"G-{group.id}",
            "Type": group.kind,
            "Code": group.code,
            "Name": group.name,
            "PrimaryStaffId": group.teacher_id,
            "Staff": None,
            "NumStudents": len(group.pupil_ids),
        },
        school,
    )


def _school_row(school: School) -> Row:
    return _finish(
        {
            "Id": "1",
            "Name": SCHOOL_NAME,
            "Head": f"{school.staff[-1].forename} {school.staff[-1].surname}",
            "MainContact": None,
            "Telephone": "01632 960100",
            "Web": None,
            "Email": f"office@{DOMAIN}",
            "DeniNo": None,
            "Governance": "Community",
            "Phase": "Primary",
            "ExamCentre": None,
            "Address": None,
            "EstabId": numbers.LAESTAB,
            "CurrentAcademicYear": str(academic_year(school.today)),
        },
        school,
    )


def _changes(pupils: Sequence[Row], school: School) -> Answer:
    """Return a change set: a few pupils in full, a few unchanged ones, and the ids of those who are gone."""
    mark = numbers.row_hash({"changes": school.today.isoformat()})[:32].lower()
    unchanged = pupils[CHANGED : 2 * CHANGED]
    return {
        "Students": [*pupils[:CHANGED], *({"Id": row["Id"]} for row in unchanged)],
        "StudentSiblings": [],
        "meta": [],
        "Students_deleted": [{"Id": pupil.id} for pupil in school.leavers],
        "StudentSiblings_deleted": [],
        "__changedRows__": [
            {
                "SnapshotDate": f"{school.today}T04:20:23.652Z",
                "SnapshotRP": RELYING_PARTY,
                "PreviousChangedRows": "*",
                "RequestedChangedRows": mark,
                "NextChangedRows": mark,
                "NextUrl": f"?changedRows={mark}&page=1&pageSize={PAGE_SIZE}",
            }
        ],
    }


def _token_details(school: School, agreement: Agreement) -> Answer:
    return {
        "Estab": numbers.LAESTAB,
        "Expires": f"{school.today + dt.timedelta(days=1)}T18:55:26.185Z",
        "Name": SCHOOL_NAME,
        "RelyingParty": RELYING_PARTY,
        "Scopes": sorted(agreement.scopes),
        **_NO_ERROR,
    }


def _gdpr_ids(agreement: Agreement) -> Answer:
    people = {
        "IsOptIn": False,
        "Estab": numbers.LAESTAB,
        "RelyingParty": RELYING_PARTY,
        "MIS": None,
        "StudentIds": list(agreement.excluded),
        "StaffIds": [],
        "ContactIds": [],
        "OtherIds": [],
    }
    return {"GDPR": [people], **_NO_ERROR}


def _pages(stem: str, today: dt.date, **datasets: Sequence[Row]) -> dict[str, Answer]:
    """Return the answer of each page by file name; the first dataset is the one that is paged."""
    (name, rows), *others = datasets.items()
    count = -(-len(rows) // PAGE_SIZE)
    return {
        f"{stem}.json" if count == 1 else f"{stem}_{page}.json": {
            name: rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
            **dict(others),
            "meta": _meta(today) if page == 1 else [],
            "__pagination__": [
                {
                    "PageSize": PAGE_SIZE,
                    "PageNumber": page,
                    "PageCount": count,
                    "RowCount": len(rows),
                    "NextPage": f"?page={page + 1}&pageSize={PAGE_SIZE}",
                }
            ],
        }
        for page in range(1, count + 1)
    }


def _meta(today: dt.date) -> list[Row]:
    return [{"Id": 1, "MIS": "simsnet", "Version": "4", "DateTime": f"{today}T02:14:47.085"}]


def _finish(row: Mapping[str, object], school: School) -> Row:
    """Add what the integrator puts at the end of nearly every row."""
    return {**row, "LastUpdated": f"{school.today}T02:07:21.03", "RowHash": numbers.row_hash(row)}
