"""Which schools have authorised a version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.changes.base import Change, Kind, Sign
from compliance.model.declarations import Authorisation, PermissionSet


def covers(authorisation: Authorisation, permission_set: PermissionSet) -> bool:
    """Whether what a school authorised is this version, or one that the permission set says it hardly differs from."""
    return authorisation.version in {permission_set.version, *permission_set.patch_versions}


def patch_claim(before: PermissionSet | None, now: PermissionSet | None, changes: Iterable[Change]) -> Change | None:
    """Return a change of its own where ``patch_versions`` names a version from which this one breaks."""
    if before is None or now is None or before.version not in now.patch_versions:
        return None
    if not any(change.sign is Sign.BREAKING for change in changes):
        return None
    return Change(
        kind=Kind.PATCH_CLAIM_WRONG,
        sign=Sign.BREAKING,
        message=f"Version {before.version} stands under patch_versions, and more changed than wording, removal and "
        "shorter retention.",
        place=now.place,
        evidence={"version": before.version},
    )


def uncovered(
    authorisations: Iterable[Authorisation], before: PermissionSet, now: PermissionSet, changes: Sequence[Change]
) -> tuple[Authorisation, ...]:
    """Return the standing authorisations that do not reach as far as ``now``, by the names of their schools.

    One for ``before`` reaches that far where nothing breaks. A revoked one is not asked about.
    """
    breaks = any(change.sign is Sign.BREAKING for change in changes)

    def reaches(authorisation: Authorisation) -> bool:
        if authorisation.version == before.version != now.version:
            return not breaks
        return covers(authorisation, now)

    standing = [each for each in authorisations if each.status != "revoked"]
    return tuple(sorted((each for each in standing if not reaches(each)), key=lambda each: each.school.name))
