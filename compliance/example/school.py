"""Exampleton Primary School as its own system knows it: 420 pupils, 14 classes, 30 staff. All of it is invented."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from compliance.example import numbers, people

T = TypeVar("T")

SCHOOL_NAME = "Exampleton Primary School"
DOMAIN = "exampleton.example"
YEARS = range(7)
"""Reception is 0."""
STREAMS = ("Ash", "Birch")
CLASS_SIZE = 30
TEACHERS = 18
STAFF = 30
SET_YEARS = (5, 6)
"""Years that are taught mathematics in sets."""
RECENT_LEAVERS = (5, 12)
"""Days ago on which pupils left whom the app may still keep."""

_SEED = 20260901

ETHNICITIES = (
    ("WBRI", "White - British"),
    ("APKN", "Pakistani"),
    ("BAFR", "Black - African"),
    ("WOTH", "Any Other White Background"),
    ("MWBC", "White and Black Caribbean"),
)
RELIGIONS = (("CH", "Christian"), ("MU", "Muslim"), ("SI", "Sikh"), ("NR", "No Religion"))
LANGUAGES = (("ENG", "English"), ("POL", "Polish"), ("URD", "Urdu"), ("CYM", "Welsh"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One pupil."""

    id: str
    upn: str
    forename: str
    surname: str
    birth_date: dt.date
    gender: str
    year: int
    stream: str
    status: str
    """DfE enrolment status: ``C`` current, ``G`` guest, ``P`` previous."""
    left_on: dt.date | None
    sen: str | None
    pupil_premium: bool
    free_meals: bool
    ever_free_meals: bool
    more_able: bool
    traveller: bool
    service_child: bool
    looked_after: bool
    ever_looked_after: bool
    young_carer: bool
    language: tuple[str, str]
    """Code and label, as in the next two."""
    religion: tuple[str, str]
    ethnicity: tuple[str, str]

    @property
    def class_name(self) -> str:
        """The registration group, such as ``4 Ash``."""
        return f"{year_name(self.year)} {self.stream}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """One member of staff."""

    id: str
    title: str
    forename: str
    surname: str
    code: str
    teacher: bool
    class_name: str | None

    @property
    def email(self) -> str:
        """The work e-mail address."""
        return f"{self.code.lower()}@{DOMAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A registration group, a year group or a teaching group."""

    id: str
    code: str
    name: str
    kind: str
    """``RegGrp``, ``YearGrp`` or ``TeachingGrp``."""
    teacher_id: str | None
    pupil_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """The school on one day."""

    today: dt.date
    pupils: tuple[Pupil, ...]
    """Everybody on roll."""
    leavers: tuple[Pupil, ...]
    """Who left lately, the latest first."""
    staff: tuple[Employee, ...]
    groups: tuple[Group, ...]

    def groups_of(self, pupil: Pupil) -> tuple[Group, ...]:
        """Return every group that the pupil is in."""
        return tuple(group for group in self.groups if pupil.id in group.pupil_ids)


def school_on(today: dt.date) -> School:
    """Return the school as it is on ``today``: the same one each time."""
    dice = random.Random(_SEED)  # noqa: S311 - invented data, no secret
    first_autumn = academic_year(today)
    staff = tuple(_employee(number) for number in range(STAFF))
    pupils = tuple(
        _pupil(dice, number, first_autumn, left_on=None) for number in range(len(YEARS) * len(STREAMS) * CLASS_SIZE)
    )
    leavers = tuple(
        _pupil(dice, len(pupils) + number, first_autumn, left_on=today - dt.timedelta(days=days))
        for number, days in enumerate(RECENT_LEAVERS)
    )
    return School(
        today=today, pupils=pupils, leavers=leavers, staff=staff, groups=tuple(_groups(pupils, staff, first_autumn))
    )


def academic_year(day: dt.date) -> int:
    """Return the calendar year in which the academic year of ``day`` began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1  # noqa: PLR2004 - September


def year_name(year: int) -> str:
    """Return the year group as people write it: ``R``, ``1`` … ``6``."""
    return str(year) if year else "R"


def _pupil(dice: random.Random, number: int, autumn: int, *, left_on: dt.date | None) -> Pupil:
    """Invent the pupil with this number. Thirty in a row make up a class."""
    year, in_year = divmod(number, len(STREAMS) * CLASS_SIZE)
    year = min(year, YEARS[-1])
    forename, surname = people.name(number)
    youngest_birth = dt.date(autumn - year - 4, 8, 31)
    ever_free_meals = _chance(dice, 25)
    ever_looked_after = _chance(dice, 2)
    return Pupil(
        id=str(3001 + number),
        upn=numbers.upn(autumn - year, in_year + 1 + (500 if left_on else 0)),
        forename=forename,
        surname=surname,
        birth_date=youngest_birth - dt.timedelta(days=int(dice.random() * 365)),
        gender=_one_of(dice, "FM"),
        year=year,
        stream=STREAMS[in_year // CLASS_SIZE % len(STREAMS)],
        status="P" if left_on else _one_of(dice, "C" * 49 + "G"),
        left_on=left_on,
        sen=_one_of(dice, (*"N" * 15, *"K" * 3, "E", None)),
        pupil_premium=ever_free_meals or ever_looked_after,
        free_meals=ever_free_meals and _chance(dice, 70),
        ever_free_meals=ever_free_meals,
        more_able=_chance(dice, 10),
        traveller=_chance(dice, 1),
        service_child=_chance(dice, 3),
        looked_after=ever_looked_after and _chance(dice, 50),
        ever_looked_after=ever_looked_after,
        young_carer=_chance(dice, 1),
        language=LANGUAGES[0] if _chance(dice, 80) else _one_of(dice, LANGUAGES),
        religion=_one_of(dice, RELIGIONS),
        ethnicity=_one_of(dice, ETHNICITIES),
    )


def _employee(number: int) -> Employee:
    """Invent the member of staff with this number: teachers first, the fourteen class teachers before the others."""
    forename, surname = people.name(700 + number)
    classes = [f"{year_name(year)} {stream}" for year in YEARS for stream in STREAMS]
    return Employee(
        id=str(101 + number),
        title=("Ms", "Mr", "Mx", "Dr")[number % 4],
        forename=forename,
        surname=surname,
        code=f"T{number + 1:02}",
        teacher=number < TEACHERS,
        class_name=classes[number] if number < len(classes) else None,
    )


def _groups(pupils: Sequence[Pupil], staff: Sequence[Employee], autumn: int) -> Iterator[Group]:
    """Yield registration groups, then year groups, then the sets of the oldest."""
    for number, teacher in enumerate(one for one in staff if one.class_name):
        members = tuple(pupil.id for pupil in pupils if pupil.class_name == teacher.class_name)
        code = f"{autumn % 100}-{number + 1:02}"
        name = str(teacher.class_name)
        yield Group(id=str(201 + number), code=code, name=name, kind="RegGrp", teacher_id=teacher.id, pupil_ids=members)
    for year in YEARS:
        members = tuple(pupil.id for pupil in pupils if pupil.year == year)
        code = year_name(year)
        yield Group(
            id=str(31 + year), code=code, name=f"Year  {code}", kind="YearGrp", teacher_id=None, pupil_ids=members
        )
    for year in SET_YEARS:
        in_year = [pupil.id for pupil in pupils if pupil.year == year]
        for level, members in enumerate((tuple(in_year[0::2]), tuple(in_year[1::2])), start=1):
            yield Group(
                id=str(300 + 10 * year + level),
                code=f"{year}M{level}",
                name=f"Year {year} Maths Set {level}",
                kind="TeachingGrp",
                teacher_id=staff[TEACHERS - level].id,
                pupil_ids=members,
            )


def _chance(dice: random.Random, percent: int) -> bool:
    """Say yes in this many of a hundred cases."""
    return dice.random() * 100 < percent


def _one_of(dice: random.Random, choices: Sequence[T]) -> T:
    """Pick one. Of all its methods only ``random`` is promised to give the same numbers in every version of Python."""
    return choices[int(dice.random() * len(choices))]
