"""What a notice has to say (Articles 13 and 14, LAW.md 5.1), for the school's activities or for the supplier's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Purpose
from compliance.reports.parts.activities import Activity, activities, is_own, trace_of
from compliance.reports.parts.levels import Tag
from compliance.reports.parts.reasons import BASES, REQUIRED, scope_label
from compliance.reports.parts.rights import rights
from compliance.reports.parts.special import NOT_APPLICABLE, condition
from compliance.reports.words import listed, sentence

NOT_STATED = "Not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePurpose:
    """Why data is used, and on what it rests."""

    letter: str
    text: str
    detail: str
    basis: str
    condition: str
    """Of Article 9; that none applies."""
    rights: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """One line of the label: a group of data about one kind of people."""

    people: str
    group: str
    items: str
    need: Tag
    letters: str
    kept: str
    source: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that may be refused."""

    label: str
    items: str
    effect: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that a notice states, of the activities that it is about."""

    activities: tuple[Activity, ...]
    purposes: tuple[NoticePurpose, ...]
    label: tuple[LabelLine, ...]
    undeclared: int
    """How many data items are there without a purpose: no notice can explain them."""


def facts(audit: Audit, *, own: bool) -> Facts:
    """Return what a notice has to state: of the supplier's ``own`` purposes, or of all the others."""
    every = activities(audit)
    told = tuple(each for each in every if each.purpose.id and is_own(each.purpose) is own)
    purposes = {each.purpose.id: each.purpose for each in told}
    letters = dict(zip(purposes, _letters(), strict=False))
    return Facts(
        activities=told,
        purposes=tuple(_purpose(letters[key], purpose, told) for key, purpose in purposes.items()),
        label=tuple(_label(told, letters)),
        undeclared=len({entry.label for each in every if not each.purpose.id for entry in each.items
                        if any(line.held.yes or line.declared.yes for line in entry.lines)}),
    )  # fmt: skip


def choices(audit: Audit) -> tuple[Choice, ...]:
    """Return what the app asks for and does without when it is refused: what may be switched off."""
    asked = audit.declarations.permission_set
    granted = audit.declarations.authorisation
    return tuple(
        Choice(
            label=scope_label(audit, scope.id),
            items=_labels_of(audit, scope.id),
            effect=("The school has switched it off. " if granted and scope.id not in granted.granted_scopes else "")
            + (sentence(scope.effect_if_withheld) or "The supplier has not said what changes."),
            trace=str(scope.place),
        )
        for scope in (asked.scopes if asked else ())
        if scope.required is False
    )


def decisions(audit: Audit) -> str:
    """Say whether anything is decided by a machine alone, including profiling; "none" is said as well."""
    organisation, asked = audit.declarations.organisation, audit.declarations.permission_set
    answer = organisation.automated_decisions if organisation else None
    one_by_one = [p for p in (asked.purposes.values() if asked else ()) if p.individual_decision]
    by_machine = {
        True: "The supplier says that some decisions about people are made by a machine alone.",
        False: "The supplier says that no decision about a person is made by a machine alone.",
        None: "The supplier has not said whether decisions about people are made by a machine alone.",
    }[answer]
    about_one = listed(sentence(p.text).rstrip(".") for p in one_by_one)
    return f"{by_machine} Decisions about one person rest on it for: {about_one}." if about_one else by_machine


def _letters() -> Iterator[str]:
    yield from "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    number = 26
    while True:
        number += 1
        yield str(number)


def _purpose(letter: str, purpose: Purpose, told: tuple[Activity, ...]) -> NoticePurpose:
    conditions = dict.fromkeys(condition(each) for each in told if each.purpose.id == purpose.id)
    code = purpose.lawful_basis or ""
    return NoticePurpose(
        letter=letter,
        text=sentence(purpose.text),
        detail=sentence(purpose.detail),
        basis=BASES.get(code, code or NOT_STATED),
        condition="; ".join(text for text in conditions if text != NOT_APPLICABLE) or NOT_APPLICABLE,
        rights=sentence(", ".join(rights(purpose.lawful_basis))),
        trace=str(purpose.place),
    )


def _label(told: tuple[Activity, ...], letters: dict[str, str]) -> Iterator[LabelLine]:
    """Yield one line for each group of data and kind of people, whatever it is used for."""
    groups: dict[tuple[str, str], list[Activity]] = {}
    for each in told:
        groups.setdefault((each.people, each.group), []).append(each)
    for (people, group), found in groups.items():
        items = dict.fromkeys(entry.label for each in found for entry in each.items)
        yield LabelLine(
            people=people,
            group=group,
            items=", ".join(items),
            need=_need(found),
            letters=", ".join(dict.fromkeys(letters[each.purpose.id] for each in found)),
            kept="; ".join(dict.fromkeys(each.kept for each in found)),
            source=sentence(listed(dict.fromkeys(source for each in found for source in each.sources)) or NOT_STATED),
            trace=trace_of(place for each in found for place in each.places),
        )


def _need(found: list[Activity]) -> Tag:
    """Say whether it must be given: required as soon as one of its items is."""
    requests = [line.request for each in found for line in each.lines if line.request]
    answers = {True if request.sync_key else request.required for request in requests}
    return REQUIRED[True] if True in answers else REQUIRED[None] if None in answers or not answers else REQUIRED[False]


def _labels_of(audit: Audit, scope: str) -> str:
    labels = dict.fromkeys(
        line.label for line in audit.ledger if line.requested_scope and line.requested_scope.id == scope
    )
    return ", ".join(labels) or "No item is named"
