"""The purposes that a permission set declares, and what is asked for to serve them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from compliance.model.declarations import PermissionSet, Purpose
from compliance.model.findings import Hit
from compliance.rules.asked import AskedField


def served_by(asked: AskedField, permission_set: PermissionSet) -> Iterator[Purpose]:
    """Yield the declared purposes that a field is asked for; one that nobody defined is for PS01 to tell."""
    known = permission_set.purposes
    return (known[purpose] for purpose in asked.field.purposes if purpose in known)


def serves_any(asked: AskedField, permission_set: PermissionSet, kinds: Collection[str]) -> bool:
    """Whether one of the purposes of a field is of one of these kinds."""
    return any(purpose.kind in kinds for purpose in served_by(asked, permission_set))


def purpose_hit(purpose: Purpose, message: str, fix: str) -> Hit:
    """Return a hit at the place where a purpose is defined."""
    return Hit(message=message, place=purpose.place, evidence={"purpose": purpose.id}, fix=fix)
