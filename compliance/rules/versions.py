"""What changed from one version of a permission set to the next, and whether the school has seen it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.declarations import Declarations, PermissionSet, Purpose, RequestedField
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given

AUTHORISE = "Have the school authorise the new version before anything is done by it."
"""What to do about most changes."""


def before_and_now(case: Case) -> Iterator[tuple[PermissionSet, PermissionSet]]:
    """Yield the earlier and the present permission set: nothing once the school has authorised the present one."""
    permission_set, authorisation = given(case.declarations.permission_set), case.declarations.authorisation
    if not (authorisation and authorisation.version == permission_set.version):
        yield given(case.declarations.previous), permission_set


def changes(case: Case) -> Iterator[tuple[RequestedField | None, AskedField]]:
    """Yield each requested field, with what the earlier version asked for at its place, if anything.

    Nothing is yielded once the school has authorised the present version.
    """
    for previous, permission_set in before_and_now(case):
        yield from fields_compared(case.declarations, previous, permission_set)


def fields_compared(
    declarations: Declarations, previous: PermissionSet, permission_set: PermissionSet
) -> Iterator[tuple[RequestedField | None, AskedField]]:
    """Yield each field that ``permission_set`` asks for, with what ``previous`` asked for at its place, if anything."""
    before = {asked.path: asked.field for asked in asked_fields(declarations, previous)}
    for asked in asked_fields(declarations, permission_set):
        yield before.get(asked.path), asked


def changed_purposes(case: Case) -> Iterator[tuple[Purpose | None, Purpose]]:
    """Yield each purpose, with what the earlier version said under its id, if anything; nothing once authorised."""
    for previous, permission_set in before_and_now(case):
        yield from purposes_compared(previous, permission_set)


def purposes_compared(
    previous: PermissionSet, permission_set: PermissionSet
) -> Iterator[tuple[Purpose | None, Purpose]]:
    """Yield each purpose of ``permission_set``, with what ``previous`` said under its id, if anything."""
    return ((previous.purposes.get(purpose.id), purpose) for purpose in permission_set.purposes.values())


def says_the_same(before: str, now: str) -> bool:
    """Whether two texts differ in capitals, spaces and punctuation alone."""
    return _words(before) == _words(now)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
