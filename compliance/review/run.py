"""The whole review, readable from top to bottom: choose columns, gather, pair, then give each record its standing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from compliance.errors import UsageError
from compliance.integrators.base import Integrator
from compliance.integrators.plain import Plain
from compliance.inventory.plan import own_numbers, plan_feed, plan_store
from compliance.inventory.values import school_number_of
from compliance.model.declarations import Declarations, StoredDataset
from compliance.model.held import HeldReview
from compliance.review.classes import ClassesRead
from compliance.review.entries import Entry, Part
from compliance.review.gather import Wanted, gather
from compliance.review.people import PeopleRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one review is asked to do."""

    declarations: Declarations
    stores: tuple[str, ...]
    feeds: tuple[str, ...] = ()
    integrator: Integrator
    encoding: str | None = None
    at: dt.datetime
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What came of a review: counts for everybody, and entries for the school alone."""

    counts: HeldReview
    entries: tuple[Entry, ...] = field(repr=False)


def review(question: Question) -> Reviewed:
    """Review what is held of one school, and match it with what comes in.

    Raises ``UsageError`` when the declarations name no people, and ``SourceError`` when something cannot be read.
    """
    declared = question.declarations
    plan = plan_store(declared, at=question.at, key=question.key)
    own = frozenset(map(school_number_of, own_numbers(declared)))
    people = [known for each in _datasets(declared) if (known := PeopleRead.of(each, declared, plan, own))]
    classes = [ClassesRead.of(each, plan) for each in _datasets(declared) if each.group_name]
    if not people:
        raise UsageError(
            "The declarations do not say where people are held.",
            hint="Give stored fields with a dataset of pupils or staff that has name_columns.",
        )
    read: tuple[PeopleRead | ClassesRead, ...] = (*people, *classes)
    held = gather(
        question.stores,
        [each.wanted_of_store() for each in read],
        integrator=Plain(),
        encoding=question.encoding,
    )
    sent = gather(
        question.feeds,
        [*(wanted for each in people for wanted in each.wanted_of_feed()), *_group_names(question, classes)],
        integrator=question.integrator,
        encoding=question.encoding,
    )
    met = [each for each in read if each.dataset.name.casefold() in held.met]
    parts: list[Part] = [each.reviewed(sent, at=question.at) for each in met]
    return Reviewed(
        counts=HeldReview(
            at=question.at,
            school=_school(declared),
            datasets=tuple(part.counts for part in parts),
            notes=(
                *(f"{each.dataset.name}: declared, and not met in the store" for each in read if each not in met),
                *(note for part in parts for note in part.notes),
                *(f"{notice.source}: {notice.what}" for notice in (*held.notices, *sent.notices)),
            ),
        ),
        entries=tuple(entry for part in parts for entry in part.entries),
    )


def _group_names(question: Question, classes: Sequence[ClassesRead]) -> Iterator[Wanted]:
    """Ask every field of the feed that may name a class, as the inventory's own question does."""
    for measure in plan_feed(question.declarations, at=question.at, key=question.key).measures:
        if measure.kind == "group":
            yield from (each.wanted_of_feed(measure) for each in classes)


def _datasets(declared: Declarations) -> tuple[StoredDataset, ...]:
    return declared.stored_fields.datasets if declared.stored_fields else ()


def _school(declared: Declarations) -> str:
    school = declared.authorisation.school if declared.authorisation else None
    return (school.laestab or school.urn) if school else ""
