"""Two versions are compared: every difference is told, with the sign that privacy needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.changes.base import Kind, Sign
from compliance.changes.compare import COMPARED, compare
from compliance.changes.content import content_hash
from compliance.changes.retentions import retention_changes
from compliance.declarations.load import load_declarations
from compliance.model.declarations import (
    CustomField,
    Declarations,
    Listed,
    Party,
    Retention,
    Role,
    StoredField,
    SubProcessor,
)
from compliance.model.paths import FieldPath
from compliance.model.precision import SCALES, is_finer
from compliance.model.vocabulary import DataClass, Subject

BASE = Path(__file__).parents[1] / "cases" / "base"
KINDS = ("integrator", "vocabulary", "permission-set", "stored-fields", "authorisation", "organisation")
OTHER = {
    "period": "P31D", "grace": "P8D", "round_to": "month_end", "backups": "P90D", "action": "review",
    "transform": "hashed", "country": "US", "precision": "year",
}  # fmt: skip
"""A member to another text that may stand there."""
DAY = dt.date(2031, 1, 1)
NULLABLE = {
    "required": True, "individual_decision": True, "encrypted": True, "access_logged": True, "advertising": True,
    "automated_decisions": True, "trains_ai": True, "effective_from": DAY, "awaited": DAY, "deprecated_from": DAY,
    "class_override_expires": DAY, "role": Role.CONTROLLER, "subject": Subject.STAFF,
    "source_path": FieldPath("Students", "House"), "person_key_source": FieldPath("Students", "House"),
    "custom_fields": (CustomField(path=FieldPath("Own", "Field"), item="house", data_class=DataClass.ORDINARY),),
    "representative": Party(name="Zorvik"),
}  # fmt: skip
"""A member that is not given to what may be given."""
DERIVED = {"place", "own_purposes", "id", "path", "name"}
"""Members that say nothing of themselves: a change of them makes another thing, and is not told as this one's."""

Way = tuple[object, ...]


@cache
def base() -> Declarations:
    return load_declarations([BASE / f"{kind}.yaml" for kind in KINDS])


def ways(value: object, way: Way = ()) -> Iterator[Way]:
    """Yield the way to the values of a declaration; of a list, to those of its first element."""
    if is_dataclass(value) and not isinstance(value, type | Listed):
        for member in fields(value):
            if member.name == "retention":  # a field's own or inherited one: another is told as such
                yield from [(*way, "retention")] if isinstance(value, StoredField) else []
            elif member.name not in DERIVED:
                yield from ways(getattr(value, member.name), (*way, member.name))
    elif isinstance(value, Mapping) and value and is_dataclass(first := next(iter(value.values()))):
        yield from ways(first, (*way, next(iter(value))))
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        yield from ways(value[0], (*way, 0))
    elif way[-1] != "data_class" or value is not None:
        yield way


def changed(value: object, way: Way) -> object:
    """Return a declaration in which one value is another."""
    step, rest = way[0], way[1:]
    if isinstance(value, Mapping):
        return {**value, step: changed(value[step], rest)}
    if isinstance(value, tuple):
        return tuple(changed(each, rest) if index == step else each for index, each in enumerate(value))
    name, member = str(step), getattr(value, str(step))
    return replace(value, **{name: changed(member, rest) if rest else other(member, name)})  # type: ignore[type-var]


def other(value: object, name: str) -> object:
    """Return another value that may stand under this name."""
    if name in NULLABLE and not value:
        return NULLABLE[name]
    if name == "retention":
        return None
    match value:
        case bool():
            return not value
        case Enum():
            return next(each for each in type(value) if each is not value)
        case Listed():
            return Listed(value.items[1:], none_confirmed=not value.none_confirmed)
        case tuple():
            return (*value, "another")
        case frozenset():
            return value | {"another"}
        case Mapping():
            return {**value, "another": "another"}
    return OTHER.get(name, "another")


EVERY = [(kind, way) for kind in COMPARED for way in ways(getattr(base(), kind))]


@pytest.mark.parametrize(
    ("kind", "way"), EVERY, ids=lambda each: each if isinstance(each, str) else "-".join(map(str, each))
)
def test_no_difference_goes_untold(kind: str, way: Way) -> None:
    declared: dict[str, Any] = {kind: changed(getattr(base(), kind), way)}
    now = replace(base(), **declared)
    differ = content_hash(getattr(now, kind)) != content_hash(getattr(base(), kind)) and way != ("version",)
    assert bool(compare(base(), now).changes) == differ
    assert bool(compare(now, base()).changes) == differ


def test_nothing_changed_is_no_change() -> None:
    assert compare(base(), base()).changes == ()


def test_what_comes_breaks_and_what_goes_does_not() -> None:
    asked, stored = base().permission_set, base().stored_fields
    assert asked
    assert stored
    fewer = replace(
        base(),
        permission_set=replace(asked, scopes=asked.scopes[:-1], purposes={"accounts": asked.purposes["accounts"]}),
        stored_fields=replace(stored, datasets=stored.datasets[:-1]),
    )
    came, gone = compare(fewer, base()).changes, compare(base(), fewer).changes
    added = {Kind.SCOPE_ADDED, Kind.FIELD_ADDED, Kind.PURPOSE_ADDED, Kind.STORED_ADDED}
    removed = {Kind.SCOPE_REMOVED, Kind.FIELD_REMOVED, Kind.PURPOSE_REMOVED, Kind.STORED_REMOVED}
    assert {change.kind for change in came} == added
    assert {change.sign for change in came} == {Sign.BREAKING}
    assert {change.kind for change in gone} == {*removed, Kind.DETAIL_CHANGED}
    assert {change.sign for change in gone} == {Sign.NARROWER, Sign.NEUTRAL}


@pytest.mark.parametrize(("authorisation", "sign"), [("general", Sign.NOTICE), ("specific", Sign.BREAKING)])
def test_a_new_sub_processor_is_told_or_authorised(authorisation: str, sign: Sign) -> None:
    organisation = base().organisation
    assert organisation
    company = SubProcessor(name="Zorvik Hosting", service="hosting", country="GB", authorisation=authorisation)
    now = replace(base(), organisation=replace(organisation, sub_processors=Listed((company,))))
    (change,) = compare(base(), now).changes
    assert (change.kind, change.sign) == (Kind.RECIPIENT_ADDED, sign)
    assert change.message == "Zorvik Hosting is a new sub-processor (hosting)."


def test_a_patch_claim_does_not_hide_a_breaking_change() -> None:
    asked = base().permission_set
    assert asked
    now = replace(asked, version="3", patch_versions=("2",), populations={**asked.populations, "leavers": "asked"})
    kinds = [change.kind for change in compare(base(), replace(base(), permission_set=now)).changes]
    assert kinds == [Kind.PATCH_CLAIM_WRONG, Kind.POPULATION_WIDENED, Kind.DETAIL_CHANGED]


PERIODS = st.builds("P{}Y{}M{}D".format, st.integers(0, 3), st.integers(0, 14), st.integers(0, 70))
RETENTIONS = st.builds(
    Retention, id=st.just("it"), trigger=st.just("roll.leaving_date"), period=PERIODS, grace=PERIODS,
    round_to=st.sampled_from(["none", "month_end", "academic_year_end"]), action=st.just("erase"),
)  # fmt: skip


@given(RETENTIONS, RETENTIONS)
def test_a_retention_is_longer_one_way_round(one: Retention, two: Retention) -> None:
    there, back = ([kind for kind, _, _ in retention_changes(*pair)] for pair in ((one, two), (two, one)))
    if there == [Kind.RETENTION_SHORTER] and back == [Kind.RETENTION_SHORTER]:
        ((_, sign, _),) = retention_changes(one, two)
        assert sign is Sign.NEUTRAL
    elif there:
        assert Kind.RETENTION_LONGER in {*there, *back}
    assert bool(there) == bool(back)


def test_a_retention_without_an_end_is_longer_than_any() -> None:
    kept = Retention(id="it", period="P30D", trigger="roll.leaving_date", action="erase")
    assert [*retention_changes(kept, None)] == [(Kind.RETENTION_LONGER, Sign.BREAKING, "no longer has a limit")]
    assert [sign for _, sign, _ in retention_changes(None, kept)] == [Sign.NARROWER]
    assert [sign for _, sign, _ in retention_changes(kept, replace(kept, trigger="record.created"))] == [Sign.BREAKING]
    assert [*retention_changes(kept, kept)] == []


@given(
    st.sampled_from(["", *(word for scale in SCALES for word in scale)]),
    st.sampled_from(["", *(word for scale in SCALES for word in scale)]),
)
def test_exactness_is_an_order(one: str, two: str) -> None:
    there, back = is_finer(one, two), is_finer(two, one)
    if one == two:
        assert there is back is False
    elif there is None:
        assert back is None
    else:
        assert there is not back
