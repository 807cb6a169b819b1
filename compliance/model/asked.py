"""The fields that the app asks for, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.declarations import Declarations, PermissionSet, RequestedField, RequestedScope
from compliance.model.findings import Hit, Strength
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem
from compliance.model.wording import named

EVERY_PURPOSE = "*"
"""Stands in ``art9_conditions`` for all purposes of the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedField:
    """One requested field, with what the catalogue or the permission set's own custom fields say of it."""

    scope: RequestedScope
    field: RequestedField
    path: FieldPath
    """Its documented spelling."""
    item: DataItem | None
    data_class: DataClass | None
    is_described: bool
    """Whether the catalogue or a custom field knows it."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return named(self.item, self.path)

    def has_condition(self, purpose: str) -> bool:
        """Whether an Article 9 condition is given for this purpose."""
        return not {purpose, EVERY_PURPOSE}.isdisjoint(self.field.art9_conditions)

    def hit(self, message: str, *, strength: Strength = Strength.FIRM, fix: str = "") -> Hit:
        """Return a hit at the place where it is asked for."""
        return Hit(
            message=message,
            path=self.path,
            place=self.field.place,
            item=self.item,
            data_class=self.data_class,
            strength=strength,
            evidence={"scope": self.scope.id},
            fix=fix,
        )


def asked_fields(declarations: Declarations, permission_set: PermissionSet) -> Iterator[AskedField]:
    """Yield every field that ``permission_set``, the present or an earlier one, asks for, in file order."""
    catalogue = declarations.catalogue
    custom = {own.path: own for own in permission_set.custom_fields}
    for scope, requested in permission_set.requested_fields:
        path = catalogue.canonical(requested.path) if catalogue else requested.path
        entry, own = catalogue.fields.get(path) if catalogue else None, custom.get(requested.path)
        item = declarations.item(own.item if own else entry.item if entry else None)
        yield AskedField(
            scope=scope,
            field=requested,
            path=path,
            item=item,
            data_class=own.data_class if own else item.data_class if item else None,
            is_described=bool(own or entry),
        )
