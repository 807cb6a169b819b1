"""Xporter's OneRoster 1.1, simulated."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from compliance.example import numbers
from compliance.example.draft import Draft
from compliance.example.feed import RELYING_PARTY
from compliance.example.school import SCHOOL_NAME, School, academic_year
from compliance.example.site import SECRET, Asked, Reply

MOST = 100
"""Records of one answer, however many were asked for."""

Row = dict[str, object]


class OneRosterSite:
    """Answers as ``/api/ims/oneroster/v1p1/school`` does."""

    school = numbers.LAESTAB
    scheme = "Bearer"
    has_tokens = True
    refusal = Reply({}, 401)
    error = {  # noqa: RUF012 - nobody changes it
        "statusInfoSet": [
            {"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "The school did not answer."}
        ]
    }

    def __init__(self, draft: Draft) -> None:
        excluded = draft.agreement.excluded
        school = draft.school
        self._lists: dict[str, Sequence[Row]] = {
            "orgs": [_row("s1", name=SCHOOL_NAME, type="school", identifier=numbers.LAESTAB)],
            "academicSessions": [_year(school)],
            "courses": [_row("c1", title="Everything", org=_to("orgs", "s1", "org"))],
            "classes": [_class(group.id, group.name) for group in school.groups],
            "users": sorted(_users(school, excluded), key=lambda row: str(row["sourcedId"])),
            "enrollments": sorted(_enrollments(school, excluded), key=lambda row: str(row["sourcedId"])),
        }

    def knows(self, authorisation: str, body: str) -> bool:
        """Whether the request names app and school, and proves it with the secret."""
        proof = b64encode(f"{RELYING_PARTY}|{self.school}:{SECRET}".encode()).decode()
        return authorisation == f"Basic {proof}" and body == "grant_type=client_credentials"

    def token(self, token: str) -> object:
        """Return the answer of ``auth/token``."""
        return {"access_token": token, "token_type": "bearer", "expires_in": 3600}

    def page(self, asked: Asked) -> int | None:
        """Return the number of the page, if all were full."""
        return asked.number("offset", 0) // MOST + 1

    def answer(self, asked: Asked, *, repeats: bool, shrunk: bool) -> Reply | None:
        """Return records by limit and offset, with the header that counts them all."""
        endpoint = asked.path.rpartition("/")[2]
        rows = self._lists.get(endpoint)
        if rows is None:
            return None
        rows = rows[1:] if shrunk else rows
        start = 0 if repeats else asked.number("offset", 0)
        page = rows[start : start + min(asked.number("limit", MOST), MOST)]
        return Reply({endpoint: page}, headers={"X-Total-Count": str(len(rows))})


def _row(number: str, **more: object) -> Row:
    return {"sourcedId": number, "status": "active", "dateLastModified": "2026-09-01T00:00:00Z", **more}


def _to(endpoint: str, number: str, kind: str) -> Row:
    return {"href": f"https://example.org/{endpoint}/{number}", "sourcedId": number, "type": kind}


def _year(school: School) -> Row:
    autumn = academic_year(school.today)
    days = {"startDate": f"{autumn}-09-01", "endDate": f"{autumn + 1}-08-31"}
    return _row("y1", title=f"{autumn}", type="schoolYear", schoolYear=f"{autumn + 1}", **days)


def _class(number: str, name: str) -> Row:
    related = {"course": _to("courses", "c1", "course"), "school": _to("orgs", "s1", "org")}
    terms = [_to("academicSessions", "y1", "academicSession")]
    return _row(f"g{number}", title=name, classType="scheduled", **related, terms=terms)


def _users(school: School, excluded: Sequence[str]) -> Iterator[Row]:
    orgs = [_to("orgs", "s1", "org")]
    for pupil in school.pupils:
        if pupil.id not in excluded:
            name = {"givenName": pupil.forename, "familyName": pupil.surname, "grades": [str(pupil.year)]}
            yield _row(numbers.xid("pupil", pupil.id), role="student", enabledUser=True, orgs=orgs, **name)
    for one in school.staff:
        name = {"givenName": one.forename, "familyName": one.surname, "email": one.email, "grades": []}
        yield _row(numbers.xid("staff", one.id), role="teacher", enabledUser=True, orgs=orgs, **name)


def _enrollments(school: School, excluded: Sequence[str]) -> Iterator[Row]:
    for group in school.groups:
        for pupil in group.pupil_ids:
            if pupil not in excluded:
                ways = {
                    "user": _to("users", numbers.xid("pupil", pupil), "user"),
                    "class": _to("classes", f"g{group.id}", "class"),
                    "school": _to("orgs", "s1", "org"),
                }
                yield _row(f"e{group.id}-{pupil}", role="student", primary=False, **ways)
