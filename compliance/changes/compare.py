"""Compares two versions of the declarations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.changes.base import Change, Sign
from compliance.changes.organisations import organisation_changes
from compliance.changes.permission_sets import permission_set_changes
from compliance.changes.schools import patch_claim, uncovered
from compliance.changes.stored_fields import stored_field_changes
from compliance.model.declarations import Authorisation, Declarations

COMPARED = ("permission_set", "stored_fields", "organisation")
"""The declarations that are compared: members of ``Declarations``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions, and what changed from the first to the second."""

    before: Declarations
    now: Declarations
    changes: tuple[Change, ...]
    """Worst first."""
    schools: tuple[Authorisation, ...] = ()
    """Those whose authorisation no longer covers the new version."""
    looked_at: int = 0
    """Authorisations that were looked at."""

    @property
    def breaking(self) -> tuple[Change, ...]:
        """The changes that a school has to authorise."""
        return tuple(change for change in self.changes if change.sign is Sign.BREAKING)

    @property
    def compared(self) -> tuple[str, ...]:
        """The declarations that both versions have."""
        return tuple(kind for kind in COMPARED if getattr(self.before, kind) and getattr(self.now, kind))

    @property
    def lacking(self) -> tuple[str, ...]:
        """The declarations that one version has alone: they were not compared."""
        return tuple(kind for kind in COMPARED if bool(getattr(self.before, kind)) != bool(getattr(self.now, kind)))


def compare(before: Declarations, now: Declarations, authorisations: Iterable[Authorisation] = ()) -> Comparison:
    """Compare two versions, and say whose authorisation no longer covers the second."""
    given = tuple(authorisations)
    changes = [
        *permission_set_changes(before, now),
        *stored_field_changes(before, now),
        *organisation_changes(before, now),
    ]
    earlier, later = before.permission_set, now.permission_set
    claim = patch_claim(earlier, later, changes)
    told = sorted((*((claim,) if claim else ()), *changes), key=lambda change: [*Sign].index(change.sign))
    schools = uncovered(given, earlier, later, told) if earlier and later else ()
    return Comparison(before=before, now=now, changes=tuple(told), schools=schools, looked_at=len(given))
