"""Whether an impact assessment is called for: the ICO's list, answered from declarations and data (LAW.md 6).

Each answer says what it rests on. Nothing here decides: two criteria are a rule of thumb, and the school judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.vocabulary import DataClass, Subject
from compliance.reports.parts.activities import Activity, activities
from compliance.reports.parts.items import items_of
from compliance.reports.parts.levels import Tag
from compliance.reports.parts.people import people_of
from compliance.reports.words import counted, inside, listed

YES, NO = Tag("caution", "Yes"), Tag("ok", "No")
UNKNOWN, SCHOOL = Tag("unseen", "Not stated"), Tag("info", "For the school")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question of the list."""

    question: str
    answer: Tag
    why: str
    """What the answer rests on."""


def screening(audit: Audit) -> tuple[Criterion, ...]:
    """Answer the list for one app at one school."""
    told = activities(audit)
    return (*_of_the_data(audit, told), *_of_the_use(audit, told), *_of_the_school())


def _of_the_data(audit: Audit, told: tuple[Activity, ...]) -> Iterator[Criterion]:
    pupils = any(each.subject is Subject.PUPIL for each in told)
    many = people_of(audit).get(Subject.PUPIL)
    known = bool(told)
    seen = f" Data about {counted(many, 'pupil')} was seen." if many and many >= 5 else ""  # noqa: PLR2004 - fewer could point at a child
    yield Criterion(
        question="Is it about children or other vulnerable people?",
        answer=YES if pupils else NO if known else UNKNOWN,
        why=f"Pupils are children.{seen}" if pupils else "No data about pupils is declared or was found.",
    )
    special = [entry.label for entry in items_of(audit) if entry.is_used
               and entry.data_class in {DataClass.SPECIAL, DataClass.CRIMINAL}]  # fmt: skip
    yield Criterion(
        question="Is there special category or criminal data on a large scale?",
        answer=YES if special else NO if known else UNKNOWN,
        why=f"{listed(special)}. The school judges the scale." if special else "None is declared or was found.",
    )
    kinds = [("biometric", "biometric"), ("genetic", "genetic")]
    found = [word for word, part in kinds if any(e.item and part in e.item.id and e.is_used for e in items_of(audit))]
    yield Criterion(
        question="Is there biometric or genetic data?",
        answer=YES if found else NO if known else UNKNOWN,
        why=f"{listed(found).capitalize()} data." if found else "No item of the kind is declared or was found.",
    )


def _of_the_use(audit: Audit, told: tuple[Activity, ...]) -> Iterator[Criterion]:
    lines = [line for each in told for line in each.lines]
    from_school = any(line.source_path for line in lines)
    of_the_app = any(line.stored and line.stored.source not in {"mis", ""} for line in lines)
    derived = dict.fromkeys(line.label for line in lines if line.stored and line.stored.source == "derived")
    known = bool(told)
    organisation = audit.declarations.organisation
    yield Criterion(
        question="Are data from different sources put together (data matching)?",
        answer=YES if from_school and of_the_app else NO if known else UNKNOWN,
        why="Data from the school's records stands beside data that arises in the app."
        if from_school and of_the_app else "Only one source is declared.",
    )  # fmt: skip
    yield Criterion(
        question="Does data come from elsewhere than the person (invisible processing)?",
        answer=YES if from_school else NO if known else UNKNOWN,
        why="It comes from the school's records, so that people know of it only if the school tells them."
        if from_school else "No data from the school's records is declared or was found.",
    )  # fmt: skip
    yield Criterion(
        question="Are people profiled or scored?",
        answer=YES if derived else NO if known else UNKNOWN,
        why=f"The app works out: {listed(map(inside, derived))}." if derived else "No derived item is declared.",
    )
    automated = organisation.automated_decisions if organisation else None
    yield Criterion(
        question="Does a machine alone decide about people?",
        answer=_said(automated),
        why="The supplier says so." if automated is not None else "The supplier has not said.",
    )
    trains = organisation.trains_ai if organisation else None
    yield Criterion(
        question="Is new technology used, such as artificial intelligence?",
        answer=YES if trains else SCHOOL,
        why="The supplier says that it trains AI with the data." if trains
        else "The supplier says that it trains no AI with the data; other new technology is for the school to judge."
        if trains is False else "The supplier has not said whether it trains AI with the data.",
    )  # fmt: skip


def _of_the_school() -> Iterator[Criterion]:
    for question in (
        "Are people watched or tracked, or is a public place monitored?",
        "Could somebody be denied a service?",
        "Could somebody come to physical harm if data leaks?",
    ):
        yield Criterion(question=question, answer=SCHOOL, why="No declaration speaks of it.")


def _said(answer: bool | None) -> Tag:  # noqa: FBT001 - a declared answer, not a switch
    return UNKNOWN if answer is None else YES if answer else NO
