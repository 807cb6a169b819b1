"""The answers of a form become what the school authorised. Nothing is guessed: an answer that is lacking is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from compliance.declarations.receipt import receipt_of
from compliance.errors import FormError, Place
from compliance.model.catalogue import Catalogue
from compliance.model.declarations import Authorisation, Declarations, Declined, School
from compliance.model.paths import FieldPath
from compliance.reports.authorisation_review import questions as q
from compliance.reports.authorisation_review.offer import Offer, OfferedItem, authorised_before
from compliance.reports.words import counted, listed

LONGEST = 2_000
"""Characters of a sentence that somebody writes into the form."""

_AGAIN = "Make the review again and fill in that one."
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)|(?P<d2>\d\d?)[ /.](?P<m2>\d\d?|[a-z]+)[ /.](?P<y2>\d{4})")
_FEW = 5
"""So many open questions are named; more would bury the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What came back: the name of each question and its answer as it was written."""

    answers: Mapping[str, str]
    method: str
    """How it was handed in, as the authorisation says it."""
    place: Place

    def refuse(self, message: str, hint: str) -> FormError:
        """Return the error that ``message`` says this form has."""
        return FormError(message, hint=hint, place=self.place)


def decide(form: HandedIn, offer: Offer, declarations: Declarations, *, today: dt.date) -> Authorisation:
    """Return what the school authorised by this form, with its receipt.

    What the form does not ask about, such as excluded people and holds, stays as the school had it.
    Raises ``FormError`` when the form is of another offer, was changed, is not filled in whole or contradicts itself.
    """
    form = replace(form, answers={q.SCHOOL: "", **form.answers})  # a form that asks which school it is bears none
    _hold_against(form, offer)
    _ask_for_the_rest(form, offer)
    answers = {name: _plain(form.answers[name]) for name in q.questions_of(offer)}
    day, review = _dates(form, answers, today)
    authorised = _authorised(form, offer, answers)
    granted = frozenset(scope for item in authorised for scope in item.scopes)
    declined = tuple(item for item in offer.items if item not in authorised)
    no = _No(day, answers[q.REASON])
    known = _Known(declarations.catalogue, no)
    before = authorised_before(declarations) or Authorisation(app=offer.app, school=_school(answers))
    made = replace(
        before,
        version=offer.version,
        permission_set_digest=offer.permission_set_digest,
        authorised_on=day,
        by_role=answers[q.ROLE],
        dpo_advice=answers[q.ADVICE],
        method=form.method,
        status="active" if granted else "revoked",
        granted_scopes=granted,
        declined_scopes=tuple(_declined_scopes(offer, before, granted, no)),
        declined_fields=tuple(_declined_fields(offer, before, granted, declined, known)),
        review_on=review or (before.review_on if before.review_on and before.review_on > day else None),
    )
    return replace(made, receipt=receipt_of(made))


def _hold_against(form: HandedIn, offer: Offer) -> None:
    """Refuse the form of another offer, and one that asks other questions than it was made with."""
    given, marks = form.answers, q.marks_of(offer)
    if not marks.keys() <= given.keys():
        raise form.refuse(
            "It is not the form of a data authorisation review.",
            "Give the PDF in which the form was filled in and saved, or the file that the page of the review gives.",
        )
    wrong = [mark for mark in q.MARKS if given[mark] != marks[mark]]
    messages = {
        q.APP: "The form is of another permission set: it is about another app.",
        q.VERSION: f"The form is about another version of the permission set than {offer.version}.",
        q.SCHOOL: "The form is another school's.",
        q.NUMBER: "The form does not fit these declarations: they were changed since it was made, or it was.",
    }
    if wrong:
        raise form.refuse(messages[wrong[0]], _AGAIN)
    allowed = {q.DECISION: q.DECISIONS, **{item.key: (q.AUTHORISE, q.DECLINE) for item in offer.items}}
    asked = {*q.MARKS, *q.questions_of(offer), q.SIGNER}
    is_ours = {*asked} - {q.SIGNER} <= given.keys() <= asked
    if not is_ours or any(given[name] not in {"", *answers} for name, answers in allowed.items()):
        raise form.refuse("The form was changed: it holds other questions or answers than it was made with.", _AGAIN)


def _ask_for_the_rest(form: HandedIn, offer: Offer) -> None:
    """Refuse a form in which something is left open."""
    needed = {name: label for name, label in q.LABELS.items() if name in q.questions_of(offer)}
    if form.answers[q.DECISION] == q.ITEMS:
        needed |= {item.key: item.label for item in offer.items}
    open_ones = [label for name, label in needed.items() if not _plain(form.answers[name])]
    if open_ones:
        more = len(open_ones) - _FEW
        names = [*open_ones[:_FEW], counted(more, "more", "more")] if more > 0 else open_ones
        raise form.refuse(f"The form is not filled in whole: {listed(names)}.", "Fill that in and save it again.")


def _authorised(form: HandedIn, offer: Offer, answers: Mapping[str, str]) -> tuple[OfferedItem, ...]:
    """Return the items that the school authorised; the answers about single items may not contradict the decision."""
    decision = answers[q.DECISION]
    decided = {
        item: answers[item.key] == q.AUTHORISE
        if decision == q.ITEMS
        else decision == q.ALL or (decision == q.REQUIRED and item.required is True)
        for item in offer.items
    }
    against = [
        item.label for item, yes in decided.items() if answers[item.key] not in {"", q.AUTHORISE if yes else q.DECLINE}
    ]
    if against:
        raise form.refuse(
            f"The form contradicts itself: the decision and the answer about {listed(against[:_FEW])} do not fit.",
            "Choose to decide item by item, or take the answers about single items back.",
        )
    return tuple(item for item, yes in decided.items() if yes)


@dataclass(frozen=True, slots=True)
class _No:
    """What is said of everything that is declined by this form."""

    on: dt.date
    reason: str

    def about(self, name: str, before: tuple[Declined, ...]) -> Declined:
        """Return the no to ``name``; one that stood before keeps its day and, unless there is a new one, its reason."""
        earlier = next((each for each in before if each.id == name), None)
        if earlier is None:
            return Declined(id=name, on=self.on, reason=self.reason)
        return replace(earlier, reason=earlier.reason or self.reason)


def _declined_scopes(offer: Offer, before: Authorisation, granted: frozenset[str], no: _No) -> Iterator[Declined]:
    """Yield the scopes of which nothing was authorised; a scope that was declined and is not offered stays so."""
    offered = dict.fromkeys(scope for item in offer.items for scope in item.scopes)
    yield from (no.about(scope, before.declined_scopes) for scope in offered if scope not in granted)
    yield from (each for each in before.declined_scopes if each.id not in offered)


def _declined_fields(
    offer: Offer, before: Authorisation, granted: frozenset[str], declined: tuple[OfferedItem, ...], known: _Known
) -> Iterator[Declined]:
    """Yield the declined fields that a granted scope would hand over all the same.

    A field that was declined and is not offered stays so.
    """
    for item in declined:
        for field in item.fields:
            if known.is_handed_over(field, item, granted):
                yield known.no.about(str(field), before.declined_fields)
    offered = {field for item in offer.items for field in item.fields}
    yield from (each for each in before.declined_fields if known.spelt(each.id) not in offered)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue, if there is one, knows of fields."""

    catalogue: Catalogue | None
    no: _No

    def is_handed_over(self, field: FieldPath, item: OfferedItem, granted: frozenset[str]) -> bool:
        """Whether the ``granted`` scopes unlock the field of an item."""
        entry = self.catalogue.fields.get(field) if self.catalogue else None
        return bool(entry.ways(granted)) if entry else not granted.isdisjoint(item.scopes)

    def spelt(self, field: str) -> FieldPath:
        """Return the documented spelling of a field."""
        path = FieldPath.parse(field)
        return self.catalogue.canonical(path) if self.catalogue else path


def _dates(form: HandedIn, answers: Mapping[str, str], today: dt.date) -> tuple[dt.date, dt.date | None]:
    """Return the day of the decision and that of the next review, if one is given."""
    day, review = _day(form, answers[q.DATE]), answers[q.REVIEW]
    if day > today:
        raise form.refuse("The form is dated in the future.", "Put the date right and save it again.")
    next_review = _day(form, review) if review else None
    if next_review and next_review <= day:
        raise form.refuse("The next review is not after the decision.", "Put the date right and save it again.")
    return day, next_review


def _day(form: HandedIn, text: str) -> dt.date:
    """Read a day as 2026-11-24, 24/11/2026, 24.11.2026 or 24 November 2026."""
    found = _DAY.fullmatch(text.casefold())
    parts = found.groupdict() if found else {}
    month = parts.get("m") or parts.get("m2") or ""
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdecimal() else 0
    try:
        return dt.date(int(parts.get("y") or parts.get("y2") or 0), number, int(parts.get("d") or parts.get("d2") or 0))
    except ValueError:
        raise form.refuse("A date of the form is no date.", "Write it as 24 November 2026 and save it again.") from None


def _school(answers: Mapping[str, str]) -> School:
    return School(name=answers[q.SCHOOL_NAME], urn=answers[q.URN], laestab=answers[q.LAESTAB])


def _plain(text: str) -> str:
    """Return what somebody wrote on one line, without characters that steer or hide."""
    visible = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(visible.split())[:LONGEST].strip()
