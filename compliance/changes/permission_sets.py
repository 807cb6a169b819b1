"""What changed in what the app asks schools for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain, zip_longest

from compliance.changes.base import Change, Kind, Sign, both, details
from compliance.changes.classes import class_change
from compliance.changes.exactness import by_exactness, precision
from compliance.model.asked import AskedField, asked_fields
from compliance.model.declarations import Declarations, PermissionSet, Purpose, RequestedScope, Role
from compliance.model.paths import FieldPath
from compliance.model.wording import listed

BY_PROGRAM = frozenset({"profiling", "prediction", "ai_processing", "ai_training", "automated_decision"})
"""Kinds of purpose by which a program judges people, or learns to."""
NOT_ASKED = "not_asked"


def permission_set_changes(before: Declarations, now: Declarations) -> Iterator[Change]:
    """Yield every change from one permission set to the next, in the order of the file; nothing when one is lacking.

    The vocabulary and the catalogue of each say what its fields mean.
    """
    earlier, later = before.permission_set, now.permission_set
    if earlier is None or later is None:
        return
    yield from _whole(earlier, later)
    is_wording = earlier.version in later.patch_versions
    for then, purpose in both(earlier.purposes, later.purposes):
        yield from _purpose(then, purpose, is_wording=is_wording)
    scopes = [{scope.id: scope for scope in given.scopes} for given in (earlier, later)]
    for old, scope in both(*scopes):
        yield from _scope(old, scope)
    yield from _populations(earlier, later)
    for was, asked in _paired(asked_fields(before, earlier), asked_fields(now, later)):
        yield from _field(was, asked, _already(asked or was, scopes))


def _whole(before: PermissionSet, now: PermissionSet) -> Iterator[Change]:
    """Yield what changed for the permission set as a whole."""
    place = now.place
    if before.integrator != now.integrator:
        message = f"The data came through {before.integrator} and now comes through {now.integrator}."
        yield Change(kind=Kind.INTEGRATOR_CHANGED, sign=Sign.BREAKING, message=message, place=place)
    yield from _choices(before, now)
    if before.per_person_opt_out and not now.per_person_opt_out:
        message = "It no longer says how a school keeps one person out."
        yield Change(kind=Kind.OPT_OUT_REMOVED, sign=Sign.BREAKING, message=message, place=place)
    told = {"version", "integrator", "purposes", "scopes", "populations"}
    told |= {"options"} if {*before.options} != {*now.options} else set()
    told |= {"per_person_opt_out"} if not now.per_person_opt_out else set()
    yield from details(before, now, told, name="The permission set", place=place)


def _choices(before: PermissionSet, now: PermissionSet) -> Iterator[Change]:
    """Yield the pull-time options that came or went."""
    place = now.place
    for option in sorted({*now.options} - {*before.options}):
        message = f"The option {option} is new: more arrives without another scope."
        yield Change(
            kind=Kind.OPTION_ADDED, sign=Sign.BREAKING, message=message, place=place, evidence={"option": option}
        )
    for option in sorted({*before.options} - {*now.options}):
        message = f"The option {option} is no longer used."
        yield Change(
            kind=Kind.OPTION_REMOVED, sign=Sign.NARROWER, message=message, place=place, evidence={"option": option}
        )


def _purpose(before: Purpose | None, now: Purpose | None, *, is_wording: bool) -> Iterator[Change]:
    if now is None:
        if before:
            yield _of_purpose(Kind.PURPOSE_REMOVED, Sign.NARROWER, before, f"The purpose {before.id} is gone.")
        return
    begins = [*_decision(before, now)]
    yield from begins
    if before is None:
        yield _of_purpose(Kind.PURPOSE_ADDED, Sign.BREAKING, now, f"The purpose {now.id} is new in this version.")
        return
    if before.text != now.text:
        is_same = is_wording or _words(before.text) == _words(now.text)
        message = f"The text of the purpose {now.id} is another than before."
        yield _of_purpose(Kind.PURPOSE_REWORDED, Sign.NEUTRAL if is_same else Sign.BREAKING, now, message)
    if before.lawful_basis != now.lawful_basis:
        was, rests = before.lawful_basis or "no lawful basis", now.lawful_basis or "no lawful basis"
        message = f"The purpose {now.id} rested on {was} and now rests on {rests}."
        sign = Sign.BREAKING if before.lawful_basis else Sign.NEUTRAL
        yield _of_purpose(Kind.BASIS_CHANGED, sign, now, message)
    if before.role is not now.role:
        yield _role(before, now)
    told = {"text", "lawful_basis", "role", *(("kind", "individual_decision") if begins else ())}
    yield from details(before, now, told, name=f"The purpose {now.id}", place=now.place)


def _role(before: Purpose, now: Purpose) -> Change:
    """Say how the vendor's role changed: it breaks when the vendor decides about more than before."""
    was, is_now = (str(role).replace("_", " ") if role else "without a role" for role in (before.role, now.role))
    order = (None, Role.PROCESSOR, Role.JOINT_CONTROLLER, Role.CONTROLLER)
    if before.role is None:
        sign = Sign.NEUTRAL
    else:
        sign = Sign.BREAKING if now.role is None or order.index(now.role) > order.index(before.role) else Sign.NARROWER
    message = f"The vendor was the {was} for the purpose {now.id} and is now its {is_now}."
    if now.role is None or before.role is None:
        message = f"For the purpose {now.id} the vendor was {was} and is now {is_now}."
    return _of_purpose(Kind.ROLE_CHANGED, sign, now, message)


def _decision(before: Purpose | None, now: Purpose) -> Iterator[Change]:
    begins = now.kind in BY_PROGRAM and not (before and before.kind in BY_PROGRAM)
    decides = now.individual_decision and not (before and before.individual_decision)
    if begins or decides:
        what = str(now.kind).replace("_", " ") if begins else "decisions about single people"
        message = f"The purpose {now.id} is new in what it does: {what}."
        yield _of_purpose(Kind.DECISION_INTRODUCED, Sign.BREAKING, now, message)


def _of_purpose(kind: Kind, sign: Sign, purpose: Purpose, message: str) -> Change:
    return Change(kind=kind, sign=sign, message=message, place=purpose.place, evidence={"purpose": purpose.id})


def _scope(before: RequestedScope | None, now: RequestedScope | None) -> Iterator[Change]:
    if now is None:
        if before:
            yield _of_scope(Kind.SCOPE_REMOVED, Sign.NARROWER, before, f"The scope {before.id} is no longer asked for.")
        return
    if before is None:
        yield _of_scope(Kind.SCOPE_ADDED, Sign.BREAKING, now, f"The scope {now.id} is new in this version.")
        return
    yield from _scope_needed(before, now)
    yield from _scope_subjects(before, now)
    yield from _scope_uses(before, now)
    told = {"required", "subjects", "purposes", "fields"}
    yield from details(before, now, told, name=f"The scope {now.id}", place=now.place)


def _scope_needed(before: RequestedScope, now: RequestedScope) -> Iterator[Change]:
    message = f"The scope {now.id} was {_need(before.required)} and is now {_need(now.required)}."
    if before.required is False and now.required:
        yield _of_scope(Kind.SCOPE_REQUIRED, Sign.BREAKING, now, message)
    elif before.required != now.required:
        yield _of_scope(Kind.SCOPE_OPTIONAL, Sign.NARROWER if before.required else Sign.NEUTRAL, now, message)


def _scope_subjects(before: RequestedScope, now: RequestedScope) -> Iterator[Change]:
    if added := [subject for subject in now.subjects if subject not in before.subjects]:
        message = f"The scope {now.id} is now also about {listed(added)}."
        yield _of_scope(Kind.POPULATION_WIDENED, Sign.BREAKING, now, message)
    if gone := [subject for subject in before.subjects if subject not in now.subjects]:
        message = f"The scope {now.id} is no longer about {listed(gone)}."
        yield _of_scope(Kind.POPULATION_NARROWED, Sign.NARROWER, now, message)


def _scope_uses(before: RequestedScope, now: RequestedScope) -> Iterator[Change]:
    for purpose in now.purposes:
        if purpose not in before.purposes:
            message = f"The scope {now.id} is also used for the purpose {purpose}."
            yield _of_scope(Kind.FIELD_PURPOSE_ADDED, Sign.BREAKING, now, message, purpose=purpose)
    for purpose in before.purposes:
        if purpose not in now.purposes:
            message = f"The scope {now.id} is no longer used for the purpose {purpose}."
            yield _of_scope(Kind.FIELD_PURPOSE_REMOVED, Sign.NARROWER, now, message, purpose=purpose)


def _of_scope(kind: Kind, sign: Sign, scope: RequestedScope, message: str, **evidence: str) -> Change:
    return Change(kind=kind, sign=sign, message=message, place=scope.place, evidence={"scope": scope.id, **evidence})


def _need(required: bool | None) -> str:  # noqa: FBT001 - a member of a declaration, as it stands
    return {True: "required", False: "optional", None: "neither required nor optional"}[required]


def _populations(before: PermissionSet, now: PermissionSet) -> Iterator[Change]:
    """Yield each population that is chosen otherwise: no program can tell which of two filters is the wider one."""
    for people in sorted({*before.populations, *now.populations}):
        was, is_now = (given.populations.get(people, "unsaid") for given in (before, now))
        if was != is_now:
            narrower = is_now == NOT_ASKED
            yield Change(
                kind=Kind.POPULATION_NARROWED if narrower else Kind.POPULATION_WIDENED,
                sign=Sign.NARROWER if narrower else Sign.BREAKING,
                message=f"The population {people} was {was} and is now {is_now}.",
                place=now.place,
                evidence={"population": people},
            )


_Pair = tuple[AskedField | None, AskedField | None]


def _paired(before: Iterable[AskedField], now: Iterable[AskedField]) -> Iterator[_Pair]:
    """Yield what was and what is asked for at each path, those of the present first; a path may be asked for twice."""
    paths: dict[FieldPath, None] = {}
    earlier, later = defaultdict[FieldPath, list[AskedField]](list), defaultdict[FieldPath, list[AskedField]](list)
    for groups, asked in chain(((later, each) for each in now), ((earlier, each) for each in before)):
        groups[asked.path].append(asked)
        paths[asked.path] = None
    return chain.from_iterable(zip_longest(earlier[path], later[path]) for path in paths)


def _already(
    asked: AskedField | None, scopes: list[dict[str, RequestedScope]]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the purposes that a field's scope gained and lost: they are told of the scope, not of each field."""
    if asked is None:
        return frozenset(), frozenset()
    before, now = ({*given[asked.scope.id].purposes} if asked.scope.id in given else set() for given in scopes)
    return frozenset(now - before), frozenset(before - now)


def _field(
    before: AskedField | None, now: AskedField | None, of_scope: tuple[frozenset[str], frozenset[str]]
) -> Iterator[Change]:
    """Yield what changed for one requested field; ``of_scope`` are purposes that its scope gained and lost."""
    if now is None:
        if before:
            yield _of_field(Kind.FIELD_REMOVED, Sign.NARROWER, before, f"{before.name} is no longer asked for.")
        return
    if before is None:
        how = " and optional" if now.field.required is False else ""
        yield _of_field(Kind.FIELD_ADDED, Sign.BREAKING, now, f"{now.name} is new in this version{how}.")
        return
    yield from _needed(before, now)
    yield from _exactness(before, now)
    yield from _uses(before, now, *of_scope)
    yield from _conditions(before, now)
    if before.data_class is not now.data_class:
        yield class_change(before.data_class, _of_field(Kind.CLASS_LOWERED, Sign.BREAKING, now, now.name))
    told = {"path", "required", "precision", "purposes", "art9_conditions", "sch1"}
    yield from details(before.field, now.field, told, name=now.name, path=now.path, place=now.field.place)
    if before.scope.id != now.scope.id:
        message = f"{now.name} was asked for under {before.scope.id} and is now asked for under {now.scope.id}."
        yield _of_field(Kind.DETAIL_CHANGED, Sign.NEUTRAL, now, message)


def _needed(before: AskedField, now: AskedField) -> Iterator[Change]:
    was, is_now = before.field.required, now.field.required
    if was is False and is_now:
        yield _of_field(Kind.FIELD_REQUIRED, Sign.BREAKING, now, f"{now.name} was optional and is now required.")
    elif was != is_now:
        message = f"{now.name} was {_need(was)} and is now {_need(is_now)}."
        yield _of_field(Kind.FIELD_OPTIONAL, Sign.NARROWER if was else Sign.NEUTRAL, now, message)


def _exactness(before: AskedField, now: AskedField) -> Iterator[Change]:
    was, is_now = before.field.precision, now.field.precision
    if was != is_now:
        kind, sign = by_exactness(is_now, was)
        message = f"{now.name} was asked for with {precision(was)} and is now asked for with {precision(is_now)}."
        yield _of_field(kind, sign, now, message)


def _uses(before: AskedField, now: AskedField, gained: AbstractSet[str], lost: AbstractSet[str]) -> Iterator[Change]:
    was, is_now = before.field.purposes, now.field.purposes
    for purpose in is_now:
        if purpose not in was and purpose not in gained:
            message = f"{now.name} is also used for the purpose {purpose}."
            yield _of_field(Kind.FIELD_PURPOSE_ADDED, Sign.BREAKING, now, message, purpose=purpose)
    for purpose in was:
        if purpose not in is_now and purpose not in lost:
            message = f"{now.name} is no longer used for the purpose {purpose}."
            yield _of_field(Kind.FIELD_PURPOSE_REMOVED, Sign.NARROWER, now, message, purpose=purpose)


def _conditions(before: AskedField, now: AskedField) -> Iterator[Change]:
    was, is_now = before.field, now.field
    if dict(was.art9_conditions) != dict(is_now.art9_conditions):
        sign = Sign.BREAKING if was.art9_conditions else Sign.NEUTRAL
        message = f"{now.name} has other Article 9 conditions than before."
        yield _of_field(Kind.CONDITION_CHANGED, sign, now, message)
    if was.sch1 != is_now.sch1:
        sign = Sign.BREAKING if was.sch1 else Sign.NEUTRAL
        message = f"{now.name} relies on another paragraph of Schedule 1 than before."
        yield _of_field(Kind.CONDITION_CHANGED, sign, now, message)


def _of_field(kind: Kind, sign: Sign, asked: AskedField, message: str, **evidence: str) -> Change:
    return Change(
        kind=kind,
        sign=sign,
        message=message,
        path=asked.path,
        place=asked.field.place,
        item=asked.item,
        data_class=asked.data_class,
        is_optional=asked.field.required is False,
        evidence={"scope": asked.scope.id, **evidence},
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
