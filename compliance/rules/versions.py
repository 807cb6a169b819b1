"""What changed from one version of a permission set to the next, and whether the school has seen it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import PermissionSet, Purpose, RequestedField
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given

AUTHORISE = "Have the school authorise the new version before anything is done by it."
"""What to do about most changes."""


def is_authorised(case: Case) -> bool:
    """Whether the school has authorised the present version."""
    permission_set, authorisation = case.declarations.permission_set, case.declarations.authorisation
    return bool(permission_set and authorisation and authorisation.version == permission_set.version)


def before_and_now(case: Case) -> Iterator[tuple[PermissionSet, PermissionSet]]:
    """Yield the earlier and the present permission set: nothing once the school has authorised the present one."""
    if not is_authorised(case):
        yield given(case.declarations.previous), given(case.declarations.permission_set)


def changes(case: Case) -> Iterator[tuple[RequestedField | None, AskedField]]:
    """Yield each requested field, with what the earlier version asked for at its place, if anything.

    Nothing is yielded once the school has authorised the present version.
    """
    for previous, permission_set in before_and_now(case):
        before = {asked.path: asked.field for asked in asked_fields(case.declarations, previous)}
        for asked in asked_fields(case.declarations, permission_set):
            yield before.get(asked.path), asked


def changed_purposes(case: Case) -> Iterator[tuple[Purpose | None, Purpose]]:
    """Yield each purpose, with what the earlier version said under its id, if anything; nothing once authorised."""
    for previous, permission_set in before_and_now(case):
        for purpose in permission_set.purposes.values():
            yield previous.purposes.get(purpose.id), purpose
