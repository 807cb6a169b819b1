"""What changed since the version that the school authorised, as sentences that a headteacher reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from compliance.model.declarations import Declarations, PermissionSet, Purpose, RequestedField, Role
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject
from compliance.reports.authorisation_review.offer import is_decided_alone
from compliance.reports.words import listed, named, sentence
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.vc11_decision_introduced import BY_PROGRAM
from compliance.rules.versions import fields_compared, purposes_compared, says_the_same

PEOPLE = {
    Subject.PUPIL: "pupils",
    Subject.CONTACT: "parents and carers",
    Subject.STAFF: "staff",
    Subject.GROUP: "classes and groups",
    Subject.SCHOOL: "the school",
}


class Sort(StrEnum):
    """What sort of change it is; documents list them in this order."""

    ADDED = "New"
    NEEDED = "Now required"
    OTHERWISE = "Changed"
    FREED = "Now optional"
    REMOVED = "Dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change."""

    sort: Sort
    label: str
    """What changed: a data item, a purpose or people."""
    text: str
    """From what to what, in sentences."""
    fields: frozenset[FieldPath] = frozenset()
    """The fields that it is about; none when it is about no single one."""
    reviews_dpia: str = ""
    """Why the school has to look at its impact assessment again (UK GDPR Article 35(11)); empty when not for this."""


def changes_between(declarations: Declarations, before: PermissionSet, now: PermissionSet) -> tuple[Change, ...]:
    """Return every change from one version to the next, those that ask for more first.

    Wording is none where whoever answers for the permission set says that nothing else differs (``patch_versions``).
    """
    is_wording = before.version in now.patch_versions
    found = [
        *_of_fields(declarations, before, now),
        *_dropped(declarations, before, now),
        *(change for each in purposes_compared(before, now) for change in _of_purpose(*each, is_wording=is_wording)),
        *(_purpose_dropped(purpose) for key, purpose in before.purposes.items() if key not in now.purposes),
        *_of_people(before, now),
        *_of_options(declarations, before, now),
    ]
    order = list(Sort)
    return tuple(sorted(found, key=lambda change: order.index(change.sort)))


def _of_fields(declarations: Declarations, before: PermissionSet, now: PermissionSet) -> Iterator[Change]:
    for earlier, asked in fields_compared(declarations, before, now):
        if not is_decided_alone(asked):
            continue
        if earlier is None:
            care = f"{_label(asked)} is new and needs special care." if _needs_care(asked) else ""
            need = {True: "required", False: "optional", None: "not said to be optional"}[asked.field.required]
            yield _change(Sort.ADDED, asked, f"It was not asked for before. It is {need}.", reviews_dpia=care)
        else:
            yield from _of_field(earlier, asked, before, now)


def _of_field(
    earlier: RequestedField, asked: AskedField, before: PermissionSet, now: PermissionSet
) -> Iterator[Change]:
    field = asked.field
    if earlier.required is not True and field.required is True:
        yield _change(Sort.NEEDED, asked, "You could refuse it before. Now the app is said to need it.")
    elif earlier.required is True and field.required is not True:
        yield _change(Sort.FREED, asked, "It was required before. Now you can refuse it.")
    if more := [key for key in field.purposes if key not in earlier.purposes]:
        texts = listed(_purpose(now, key) for key in more)
        yield _change(Sort.OTHERWISE, asked, f"It now also serves another purpose: {texts}")
    elif fewer := [key for key in earlier.purposes if key not in field.purposes]:
        texts = listed(_purpose(before, key) for key in fewer)
        yield _change(Sort.OTHERWISE, asked, f"It no longer serves a purpose: {texts}")
    if earlier.precision != field.precision:
        was, is_now = (text or "not stated" for text in (earlier.precision, field.precision))
        yield _change(Sort.OTHERWISE, asked, f"How exact it is: {was} before, {is_now} now.")
    conditions = (dict(earlier.art9_conditions), earlier.sch1), (dict(field.art9_conditions), field.sch1)
    if conditions[0] != conditions[1]:
        yield _change(Sort.OTHERWISE, asked, "Another condition is named for using it than before.")


def _dropped(declarations: Declarations, before: PermissionSet, now: PermissionSet) -> Iterator[Change]:
    present = {asked.path for asked in asked_fields(declarations, now)}
    for asked in asked_fields(declarations, before):
        if asked.path not in present and is_decided_alone(asked):
            yield _change(Sort.REMOVED, asked, "It is no longer asked for.")


def _of_purpose(before: Purpose | None, now: Purpose, *, is_wording: bool) -> Iterator[Change]:
    label, by_program = f"Purpose: {sentence(now.text)}", _by_program(now)
    if before is None:
        why = f"A new purpose uses {by_program}." if by_program else ""
        yield Change(sort=Sort.ADDED, label=label, text="It was no purpose before.", reviews_dpia=why)
        return
    if not is_wording and not says_the_same(before.text, now.text):
        yield Change(sort=Sort.OTHERWISE, label=label, text=f"It said before: {sentence(before.text)}")
    if before.role is not now.role:
        was, is_now = (named(role.value) if role else "not stated" for role in (before.role, now.role))
        decides = now.role in {Role.CONTROLLER, Role.JOINT_CONTROLLER}
        why = "The supplier would decide about the use of data itself." if decides else ""
        yield Change(
            sort=Sort.OTHERWISE, label=label, text=f"The supplier's role: {was} before, {is_now} now.", reviews_dpia=why
        )
    if before.lawful_basis != now.lawful_basis:
        yield Change(sort=Sort.OTHERWISE, label=label, text="It names another lawful basis than before.")
    if by_program and not _by_program(before):
        text = f"It now uses {by_program}."
        yield Change(sort=Sort.OTHERWISE, label=label, text=text, reviews_dpia=f"A purpose now uses {by_program}.")


def _purpose_dropped(purpose: Purpose) -> Change:
    return Change(sort=Sort.REMOVED, label=f"Purpose: {sentence(purpose.text)}", text="Data no longer serves it.")


def _by_program(purpose: Purpose) -> str:
    """Say how a program judges people for this purpose; empty when none does."""
    if purpose.kind in BY_PROGRAM:
        return named(str(purpose.kind)).replace("ai ", "AI ")
    return "decisions about single people" if purpose.individual_decision else ""


def _of_people(before: PermissionSet, now: PermissionSet) -> Iterator[Change]:
    earlier = {subject for scope in before.scopes for subject in scope.subjects}
    added = dict.fromkeys(subject for scope in now.scopes for subject in scope.subjects if subject not in earlier)
    if added and earlier:
        people = listed(PEOPLE[subject] for subject in added)
        yield Change(sort=Sort.ADDED, label=f"People: {people}", text="The app asked for nothing about them before.")
    for key in sorted({*before.populations, *now.populations}):
        was, is_now = (named(given.populations.get(key, "not stated")) for given in (before, now))
        if was != is_now:
            label = f"Which {named(key)}"
            yield Change(sort=Sort.OTHERWISE, label=label, text=f"Before: {was}. Now: {is_now}.")


def _of_options(declarations: Declarations, before: PermissionSet, now: PermissionSet) -> Iterator[Change]:
    known = declarations.catalogue.options if declarations.catalogue else {}
    for option in now.options:
        if option not in before.options.items:
            widens = sentence(known[option].widens) if option in known else "It can widen what arrives."
            yield Change(sort=Sort.ADDED, label=f"Setting: {option}", text=widens)


def _purpose(given: PermissionSet, key: str) -> str:
    return sentence(given.purposes[key].text) if key in given.purposes else f"{named(key)}."


def _change(sort: Sort, asked: AskedField, text: str, *, reviews_dpia: str = "") -> Change:
    return Change(sort=sort, label=_label(asked), text=text, fields=frozenset({asked.path}), reviews_dpia=reviews_dpia)


def _label(asked: AskedField) -> str:
    return asked.item.label if asked.item else f"Undescribed field {asked.path}"


def _needs_care(asked: AskedField) -> bool:
    return asked.data_class is not None and asked.data_class.needs_care


def sort_of(fields: Iterable[FieldPath], changes: Iterable[Change]) -> Sort | None:
    """Return the first sort of change that is about any of ``fields``; None when none is."""
    paths = {*fields}
    return next((change.sort for change in changes if change.fields & paths), None)
