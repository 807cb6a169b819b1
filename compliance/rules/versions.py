"""What changed from one version of a permission set to the next, and whether the school has seen it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import RequestedField
from compliance.rules.base import Case, given
from compliance.rules.requested import Request, requests


def changes(case: Case) -> Iterator[tuple[RequestedField | None, Request]]:
    """Yield each requested field, with what the earlier version asked for at its place, if anything.

    Nothing is yielded once the school has authorised the present version.
    """
    permission_set, authorisation = given(case.declarations.permission_set), case.declarations.authorisation
    if authorisation and authorisation.version == permission_set.version:
        return
    before = {request.path: request.field for request in requests(case.declarations, given(case.declarations.previous))}
    for request in requests(case.declarations, permission_set):
        yield before.get(request.path), request
