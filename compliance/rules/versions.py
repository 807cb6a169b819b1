"""What changed from one version of the declarations to the next, and whether the school has seen it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compliance.changes.base import Change, Kind
from compliance.changes.organisations import organisation_changes
from compliance.changes.permission_sets import permission_set_changes
from compliance.changes.stored_fields import stored_field_changes
from compliance.rules.base import Case, given

AUTHORISE = "Have the school authorise the new version before anything is done by it."
"""What to do about most changes."""


def all_changes(case: Case) -> Iterator[Change]:
    """Yield every change from the earlier permission set to the present one."""
    before = replace(case.declarations, permission_set=given(case.declarations.previous))
    return permission_set_changes(before, case.declarations)


def is_authorised(case: Case) -> bool:
    """Whether the school has authorised the present version."""
    permission_set, authorisation = case.declarations.permission_set, case.declarations.authorisation
    return bool(permission_set and authorisation and authorisation.version == permission_set.version)


def changes(case: Case, *kinds: Kind) -> Iterator[Change]:
    """Yield each change of these kinds: nothing once the school has authorised the present version."""
    if not is_authorised(case):
        yield from (change for change in all_changes(case) if change.kind in kinds)


def changes_of_keeping(case: Case, *kinds: Kind) -> Iterator[Change]:
    """Yield each change of these kinds from the earlier stored fields and organisation, as far as there are any.

    Nothing is yielded once the school has authorised the present version.
    """
    declarations = case.declarations
    before = replace(
        declarations,
        stored_fields=declarations.previous_stored_fields,
        organisation=declarations.previous_organisation,
    )
    told = (*stored_field_changes(before, declarations), *organisation_changes(before, declarations))
    if not is_authorised(case):
        yield from (change for change in told if change.kind in kinds)
