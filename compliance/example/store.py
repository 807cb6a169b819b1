"""What the app keeps: the tables of its SQLite database, with the columns that it declares."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from compliance.example import numbers
from compliance.example.agreement import Agreement
from compliance.example.school import SCHOOL_NAME, Employee, Group, Pupil, School, academic_year, year_name

Row = Mapping[str, object]
Tables = Mapping[str, tuple[Row, ...]]

QUESTIONS = ("I like being at this school.", "I feel safe at this school.", "My work is the right level for me.")
ANSWERS = ("Not at all", "A little", "Quite", "Very much")
KEPT_KINDS = ("RegGrp", "TeachingGrp")
"""The app shows classes and registration groups, not year groups."""


def tables(school: School, agreement: Agreement) -> Tables:
    """Return every table after the latest sync, by its name."""
    kept = [pupil for pupil in (*school.pupils, *school.leavers) if pupil.id not in agreement.excluded]
    classes = [group for group in school.groups if group.kind in KEPT_KINDS]
    accounts = {pupil.id: number for number, pupil in enumerate(kept, start=1)}
    synced = f"{school.today}T04:21:00"
    return {
        "school": (_school_row(agreement),),
        "staff": tuple(
            _staff_row(employee, number, synced)
            for number, employee in enumerate((one for one in school.staff if one.teacher), start=1)
        ),
        "class": tuple(class_row(group, school) for group in classes),
        "pupil": tuple(pupil_row(pupil, accounts[pupil.id], synced) for pupil in kept),
        "class_member": tuple(
            {"class_id": group.id, "pupil_id": accounts[pupil_id]}
            for group in classes
            for pupil_id in group.pupil_ids
            if pupil_id in accounts
        ),
        "survey_answer": tuple(
            _answer_row(account, question, school)
            for account in accounts.values()
            for question in range(len(QUESTIONS))
        ),
        "schema_migrations": ({"version": "0042"},),
    }


def pupil_row(pupil: Pupil, account: int, synced: str) -> Row:
    """Return one row of ``pupil``."""
    return {
        "id": account,
        "mis_id": pupil.id,
        "upn": pupil.upn,
        "first_name": pupil.forename,
        "last_name": pupil.surname,
        "date_of_birth": pupil.birth_date.isoformat(),
        "gender": pupil.gender,
        "year_group": year_name(pupil.year),
        "class_name": pupil.class_name,
        "enrolment_status": pupil.status,
        "left_on": pupil.left_on.isoformat() if pupil.left_on else None,
        "school_laestab": numbers.LAESTAB,
        "sen_status": pupil.sen,
        "pupil_premium": int(pupil.pupil_premium),
        "free_school_meals": int(pupil.free_meals),
        "ever_6_fsm": int(pupil.ever_free_meals),
        "more_able": int(pupil.more_able),
        "service_child": int(pupil.service_child),
        "looked_after": int(pupil.looked_after),
        "ever_looked_after": int(pupil.ever_looked_after),
        "traveller": int(pupil.traveller),
        "home_language": pupil.language[1],
        "on_hold": 0,
        "merge_pending": 0,
        "notes": "Prefers to answer on paper." if account % 40 == 0 else None,
        "settings": json.dumps({"font_size": 14 + account % 3, "read_aloud": account % 5 == 0}),
        "created_at": synced,
        "updated_at": synced,
    }


def class_row(group: Group, school: School) -> Row:
    """Return one row of ``class``."""
    autumn = academic_year(school.today)
    return {
        "id": group.id,
        "name": group.name,
        "type": group.kind,
        "teacher_id": group.teacher_id,
        "academic_year": f"{autumn}/{(autumn + 1) % 100:02}",
        "read_only": 0,
        "school_laestab": numbers.LAESTAB,
    }


def write(tables: Tables, path: Path) -> None:
    """Write the tables as a SQLite database; a column is there when any row has it."""
    with closing(sqlite3.connect(path)) as database, database:
        for table, rows in tables.items():
            columns = tuple(dict.fromkeys(column for row in rows for column in row))
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join("?" * len(columns))
            database.execute(f'CREATE TABLE "{table}" ({names})')
            database.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608 - our own names, no input
                [tuple(row.get(column) for column in columns) for row in rows],
            )


def _school_row(agreement: Agreement) -> Row:
    return {"laestab": numbers.LAESTAB, "name": SCHOOL_NAME, "permission_set_version": agreement.version}


def _staff_row(employee: Employee, account: int, synced: str) -> Row:
    return {
        "id": account,
        "mis_id": employee.id,
        "title": employee.title,
        "first_name": employee.forename,
        "last_name": employee.surname,
        "work_email": employee.email,
        "school_laestab": numbers.LAESTAB,
        "created_at": synced,
        "updated_at": synced,
    }


def _answer_row(account: int, question: int, school: School) -> Row:
    answer = (account * 7 + question * 3) % len(ANSWERS)
    return {
        "id": account * len(QUESTIONS) + question,
        "pupil_id": account,
        "survey": f"Autumn {academic_year(school.today)}",
        "question": QUESTIONS[question],
        "answer": ANSWERS[answer],
        "answered_on": school.today.isoformat(),
        "score": 85 + 10 * answer,
    }
