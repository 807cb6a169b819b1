"""What changed from one version of a permission set to the next, and whether the school has seen it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import RequestedField
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given


def changes(case: Case) -> Iterator[tuple[RequestedField | None, AskedField]]:
    """Yield each requested field, with what the earlier version asked for at its place, if anything.

    Nothing is yielded once the school has authorised the present version.
    """
    permission_set, authorisation = given(case.declarations.permission_set), case.declarations.authorisation
    if authorisation and authorisation.version == permission_set.version:
        return
    before = {asked.path: asked.field for asked in asked_fields(case.declarations, given(case.declarations.previous))}
    for asked in asked_fields(case.declarations, permission_set):
        yield before.get(asked.path), asked
