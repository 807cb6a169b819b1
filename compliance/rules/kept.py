"""The fields that the app says it keeps, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.declarations import StoredDataset, StoredField
from compliance.model.findings import Hit, Strength
from compliance.model.vocabulary import DataClass, DataItem
from compliance.rules.base import Case, given
from compliance.rules.wording import named


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    """One stored field, with what the vocabulary or the permission set's own custom fields say of it."""

    dataset: StoredDataset
    field: StoredField
    item: DataItem | None
    data_class: DataClass | None

    @property
    def name(self) -> str:
        """What messages call it."""
        return named(self.item, self.field.path)

    def hit(self, message: str, *, strength: Strength = Strength.FIRM, fix: str = "") -> Hit:
        """Return a hit at the place where it is declared."""
        return Hit(
            message=message,
            path=self.field.path,
            place=self.field.place,
            item=self.item,
            data_class=self.data_class,
            strength=strength,
            fix=fix,
        )


def kept_fields(case: Case) -> Iterator[KeptField]:
    """Yield every stored field of personal data, in file order; one that is declared to be none is left out."""
    declarations = case.declarations
    permission_set = declarations.permission_set
    custom = {own.path: own for own in permission_set.custom_fields} if permission_set else {}
    for dataset in given(declarations.stored_fields).datasets:
        for stored in dataset.fields:
            own = custom.get(stored.source_path) if stored.source_path else None
            item = declarations.item(stored.item or (own.item if own else None))
            if not stored.not_personal:
                yield KeptField(
                    dataset=dataset,
                    field=stored,
                    item=item,
                    data_class=stored.data_class
                    or (own.data_class if own else None)
                    or (item.data_class if item else None),
                )
