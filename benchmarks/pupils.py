"""The three shapes of pupils: flat, nested and sparse."""

from __future__ import annotations

from benchmarks.cells import Cells, Declared, Maker, numbered, upns
from benchmarks.shapes import Planted, Shape, Tree
from compliance.example.people import FORENAMES, SURNAMES

SEED = 20260901
SUBJECTS = ("art", "computing", "drama", "english", "french", "geography", "history", "maths", "music", "science")
ASPECTS = ("effort", "exam", "forecast", "homework", "level", "mock", "progress", "rank", "score", "target")
TERMS = ("autumn", "spring", "summer", "year")
SPARSE_KEYS = tuple(f"{subject}_{aspect}_{term}" for subject in SUBJECTS for aspect in ASPECTS for term in TERMS)
"""400 keys, of which each sparse record has four to twelve."""

GROUPS = tuple(f"{year}{letter}" for year in range(7, 14) for letter in "ABCDEF")
HOUSES = ("Quill", "Otter", "Lantern", "Bramble")
STREETS = ("Glimmer Lane", "Wobble Street", "Lumbrix Road", "Snorkle Way", "Fennel Row")
TOWNS = ("Blentham", "Zorwick", "Lower Crumb", "Quibblemoor")


def flat_tree() -> tuple[Tree, Cells | None]:
    """Return 40 columns, as a table of a pupil database has them."""
    make = Maker(SEED)
    tree: Tree = {
        "id": numbered(declared="integer"),
        "upn": upns(),
        "mis_id": numbered("MIS%d"),
        "forename": make.of(*FORENAMES),
        "surname": make.of(*SURNAMES),
        "preferred_forename": make.of(*FORENAMES, None),
        "birth_date": make.day(2007, 2015),
        "sex": make.of("F", "M"),
        "year_group": make.whole(7, 13),
        "registration_group": make.of(*GROUPS),
        "house": make.of(*HOUSES),
        "admission_date": make.day(2019, 2025),
        "leaving_date": make.rarely("2026-07-17", "2026-03-27"),
        "enrolment_status": make.of("C", "C", "C", "M"),
        "address_line": make.pool(lambda: f"{make.draw.randint(1, 400)} {make.draw.choice(STREETS)}", 1500),
        "town": make.of(*TOWNS),
        "postcode": make.of("ZZ99 3VZ", "ZZ99 3WZ", "ZZ99 3CZ"),
        "home_phone": make.phone(),
        "email": numbered("pupil%d@example.org"),
        "first_language": make.of("ENG", "ENB", "WEL"),
        "attendance": make.pool(lambda: round(make.draw.uniform(70, 100), 1), 900, "number"),
        "sessions_possible": make.whole(150, 190),
        "sessions_present": make.whole(100, 190),
        "late_marks": make.whole(0, 20),
        "behaviour_points": make.whole(0, 60),
        "achievement_points": make.whole(0, 400),
        "reading_age": make.pool(lambda: round(make.draw.uniform(5, 17), 2), 1200, "number"),
        "maths_target": make.whole(1, 9),
        "english_target": make.whole(1, 9),
        "science_target": make.whole(1, 9),
        "pupil_premium": make.flag(),
        "boarder": make.flag(4),
        "library_card": numbered("L%07d"),
        "locker": make.whole(1, 1200),
        "bus_route": make.rarely("12", "14A", "X3"),
        "tutor": make.of(*SURNAMES),
        "emergency_phone": make.phone(),
        "emergency_email": numbered("parent%d@example.org"),
        "notes": make.sentence(),
        "changed_at": make.pool(lambda: f"{make.a_day(2025, 2026)}T{make.draw.randint(0, 23):02}:30:00Z", 7000),
    }
    return tree, None


def nested_tree() -> tuple[Tree, Cells | None]:
    """Return a pupil as an integrator's document has them: objects and arrays in three levels, 64 field paths."""
    make = Maker(SEED + 1)
    tree: Tree = {
        "id": numbered(declared="integer"),
        "upn": upns(),
        "name": {
            "forename": make.of(*FORENAMES),
            "surname": make.of(*SURNAMES),
            "preferred": make.of(*FORENAMES, None),
            "middle": make.rarely(*FORENAMES),
        },
        "birth_date": make.day(2007, 2015),
        "sex": make.of("F", "M"),
        "year_group": make.whole(7, 13),
        "house": make.of(*HOUSES),
        "address": {
            "line": make.pool(lambda: f"{make.draw.randint(1, 400)} {make.draw.choice(STREETS)}", 1500),
            "town": make.of(*TOWNS),
            "postcode": make.of("ZZ99 3VZ", "ZZ99 3WZ", "ZZ99 3CZ"),
            "location": {"zone": make.whole(1, 90), "rural": make.flag()},
        },
        "contacts": [_contact(make, place) for place in ("first", "second")],
        "memberships": make.pool(
            lambda: [_membership(make) for _ in range(make.draw.randint(0, 5))], 5000, [_membership_declared()]
        ),
        "assessments": make.pool(
            lambda: [_assessment(make) for _ in range(make.draw.randint(0, 3))], 5200, [_assessment_declared()]
        ),
        "attendance": {
            "possible": make.whole(150, 190),
            "present": make.whole(100, 190),
            "late": make.whole(0, 20),
            "rate": make.pool(lambda: round(make.draw.uniform(70, 100), 1), 900, "number"),
        },
        "admission": {"date": make.day(2019, 2025), "school": make.of("1234567"), "kind": make.of("new", "transfer")},
        "flags": {
            "pupil_premium": make.flag(),
            "free_meals": make.pool(lambda: make.draw.choice((True, False, None)), 997, "boolean"),
            "boarder": make.flag(4),
            "card": numbered("L%07d"),
        },
        "notes": [{"date": make.day(2025, 2026), "kind": make.of("pastoral", "office"), "text": make.sentence()}],
        "changed_at": make.pool(lambda: f"{make.a_day(2025, 2026)}T{make.draw.randint(0, 23):02}:30:00Z", 7000),
    }
    return tree, None


def _contact(make: Maker, place: str) -> Tree:
    return {
        "priority": make.whole(1, 3),
        "title": make.of("Mr", "Mrs", "Ms", "Dr"),
        "forename": make.of(*FORENAMES),
        "surname": make.of(*SURNAMES),
        "relationship": make.of("parent", "carer", "grandparent"),
        "responsible": make.flag(),
        "phones": [{"kind": make.of("home", "mobile"), "number": make.phone()}],
        "email": numbered(f"{place}%d@example.org"),
    }


def _membership(make: Maker) -> dict[str, object]:
    return {"group": make.draw.choice(GROUPS), "kind": "class", "from": make.a_day(2025, 2025), "to": None}


def _membership_declared() -> dict[str, Declared]:
    return {"group": "string", "kind": "string", "from": "string", "to": "string"}


def _assessment(make: Maker) -> dict[str, object]:
    return {
        "subject": make.draw.choice(SUBJECTS),
        "date": make.a_day(2024, 2026),
        "grade": make.draw.choice("123456789"),
        "points": make.draw.randint(1, 100),
        "final": make.draw.random() < 0.5,  # noqa: PLR2004 - half of them
    }


def _assessment_declared() -> dict[str, Declared]:
    return {"subject": "string", "date": "string", "grade": "string", "points": "integer", "final": "boolean"}


def sparse_tree() -> tuple[Tree, Cells | None]:
    """Return pupils with a few of hundreds of keys each."""
    make = Maker(SEED + 2)
    tree: Tree = {"id": numbered(declared="integer"), "upn": upns(), "surname": make.of(*SURNAMES)}

    def marks() -> dict[str, object]:
        keys = make.draw.sample(SPARSE_KEYS, make.draw.randint(4, 12))
        return {key: make.draw.randint(1, 100) for key in keys}

    return tree, make.members(marks, 10_000, dict.fromkeys(SPARSE_KEYS, "integer"))


SHAPES: tuple[Shape, ...] = (
    Shape(
        name="flat",
        tree=flat_tree,
        planted=(
            Planted(path="ethnicity_detail", value="Blenthian and Zorvic", one_in=100),
            Planted(path="religion", value="Lumbrist", one_in=1000),
            Planted(path="biometric_reference", value="left thumb, reader 4"),
        ),
    ),
    Shape(
        name="nested",
        tree=nested_tree,
        planted=(
            Planted(path="ethnicity_detail", value="Blenthian and Zorvic", one_in=100),
            Planted(path="contacts[].religion", value="Lumbrist", inside=b'"contacts":[{', one_in=1000),
            Planted(path="contacts[].phones[].health_condition", value="cannot hear", inside=b'"phones":[{'),
        ),
    ),
    Shape(
        name="sparse",
        tree=sparse_tree,
        planted=(
            Planted(path="ethnicity_detail", value="Blenthian and Zorvic", one_in=100),
            Planted(path="religion", value="Lumbrist", one_in=1000),
            Planted(path="sexual_orientation", value="not said"),
        ),
    ),
)
