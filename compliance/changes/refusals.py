"""When two versions cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliance.changes.compare import COMPARED
from compliance.changes.content import is_unnumbered
from compliance.errors import Place, Problem
from compliance.model.declarations import Authorisation, Declarations, PermissionSet, StoredFields


def refusals(before: Declarations, now: Declarations) -> Iterator[Problem]:
    """Yield why two versions cannot be compared: another app, nothing in common, or a change under one number."""
    if not any(getattr(before, kind) and getattr(now, kind) for kind in COMPARED):
        yield _problem(
            Place(next(iter(now.digests), "")),
            "the two versions have no declaration in common.",
            "Give the permission set, the stored fields or the organisation of both.",
        )
    yield from _pair(before.permission_set, now.permission_set, "permission set")
    yield from _pair(before.stored_fields, now.stored_fields, "declaration of stored fields")


def strangers(now: Declarations, authorisations: Iterable[Authorisation]) -> Iterator[Problem]:
    """Yield a problem for each authorisation of another app."""
    app = now.permission_set.app if now.permission_set else ""
    for authorisation in authorisations:
        if app and authorisation.app != app:
            yield _problem(authorisation.place, f"the app is {authorisation.app} here and {app} there.", "")


def _pair(
    before: PermissionSet | StoredFields | None, now: PermissionSet | StoredFields | None, what: str
) -> Iterator[Problem]:
    if before is None or now is None:
        return
    if before.app != now.app:
        yield _problem(now.place, f"the app is {now.app} here and {before.app} at {before.place}.", "")
    elif is_unnumbered(before, now):
        message = f"the {what} is another than before, and its version is still {now.version}."
        yield _problem(now.place, message, "Give it a new version, so that anybody can tell which one a school saw.")


def _problem(place: Place, message: str, hint: str) -> Problem:
    return Problem(place=place, where="", message=message, hint=hint)
