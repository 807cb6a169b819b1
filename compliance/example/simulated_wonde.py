"""Wonde, simulated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compliance.example.draft import Draft
from compliance.example.school import Employee, Group, Pupil
from compliance.example.site import Asked, Reply

SCHOOL = "A1234567890"
MOST = 100
"""Records of one page, however many were asked for."""

Row = Mapping[str, object]
_APPROVED = ("Students surname read", "Students forename read", "Students date of birth read", "Employees surname read")
_REFUSED = ("Students ethnicity read",)


class WondeSite:
    """Answers as ``/v1.0/schools`` and ``/v1.0/meta/schools`` do."""

    school = SCHOOL
    scheme = "Bearer"
    has_tokens = False
    refusal = Reply({}, 401)
    error = {"error": "unavailable", "error_description": "The school did not answer."}  # noqa: RUF012 - nobody changes it

    def __init__(self, draft: Draft) -> None:
        pupils = [pupil for pupil in draft.school.pupils if pupil.id not in draft.agreement.excluded]
        self._excluded = draft.agreement.excluded
        self._lists: dict[str, Sequence[Row]] = {
            "students": [_student(pupil) for pupil in pupils],
            "employees": [_employee(one) for one in draft.school.staff],
            "classes": [_class(group) for group in draft.school.groups],
        }

    def knows(self, _: str, __: str) -> bool:
        """Give no tokens."""
        return False

    def token(self, token: str) -> object:
        """Give no tokens."""
        raise NotImplementedError(token)

    def page(self, asked: Asked) -> int | None:
        """Return the number of the page, if all were full."""
        if not asked.path.startswith("/v1.0/schools/"):
            return None
        before = (asked.number("page", 1) - 1) * min(asked.number("per_page", MOST), MOST)
        return before // MOST + 1

    def answer(self, asked: Asked, *, repeats: bool, shrunk: bool) -> Reply | None:
        """Return the grant, the list of people, or a page of records."""
        match asked.path.strip("/").split("/"):
            case ["v1.0", "meta", "schools", self.school, "permissions"]:
                return Reply(
                    {"data": [*_permissions(_APPROVED, approved=True), *_permissions(_REFUSED, approved=False)]}
                )
            case ["v1.0", "meta", "schools", self.school, "acl"]:
                people = [{"id": f"A{number}", "type": "student"} for number in self._excluded]
                return Reply({"data": {"mode": "exclude", "ids": people}})
            case ["v1.0", "schools", self.school, endpoint] if endpoint in self._lists:
                rows = self._lists[endpoint][1:] if shrunk else self._lists[endpoint]
                return Reply(_page(rows, asked, 1 if repeats else asked.number("page", 1)))
            case _:
                return None


def _page(rows: Sequence[Row], asked: Asked, number: int) -> object:
    size = min(asked.number("per_page", MOST), MOST)
    includes = asked.query.get("include", "").split(",")
    shown = [_with(row, includes) for row in rows[(number - 1) * size : number * size]]
    more = number * size < len(rows)
    return {"data": shown, "meta": {"pagination": {"current_page": number, "per_page": size, "more": more}}}


def _with(row: Row, includes: Sequence[str]) -> Row:
    """Leave related objects out that nobody asked for."""
    return {
        name: value
        for name, value in row.items()
        if not (isinstance(value, dict) and "data" in value) or name in includes
    }


def _permissions(names: Sequence[str], *, approved: bool) -> list[Row]:
    return [
        {"identity": name.casefold().replace(" ", "."), "name": name, "approved": approved, "optional": not approved}
        for name in names
    ]


def _student(pupil: Pupil) -> Row:
    return {
        "id": f"A{pupil.id}",
        "upi": f"{int(pupil.id):032x}",
        "mis_id": pupil.id,
        "forename": pupil.forename,
        "surname": pupil.surname,
        "date_of_birth": {
            "date": f"{pupil.birth_date} 00:00:00.000000",
            "timezone_type": 3,
            "timezone": "Europe/London",
        },
        "education_details": {"data": {"upn": pupil.upn, "current_nc_year": str(pupil.year)}},
        "extended_details": {"data": {"ethnicity": None, "premium_pupil_indicator": pupil.pupil_premium}},
    }


def _employee(one: Employee) -> Row:
    names = {"title": one.title, "forename": one.forename, "surname": one.surname}
    return {"id": f"A9{one.id}", "upi": f"{int(one.id):032x}", "mis_id": one.id, **names}


def _class(group: Group) -> Row:
    return {"id": f"A8{group.id}", "mis_id": group.id, "name": group.name, "code": group.code}
