"""Who sees data, in the three kinds that a record parts: inside the supplier, outside it, and processors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.parts.companies import supplier_name
from compliance.reports.words import listed

NOT_STATED = "Not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Who sees the data of some datasets."""

    internal: tuple[str, ...]
    external: tuple[str, ...]
    processors: tuple[str, ...]
    """The supplier, then the companies that work for it."""
    answered: bool
    """Whether every store says who sees its data."""

    @property
    def sentence(self) -> str:
        """All of them in one sentence."""
        parts = (
            f"Processors: {listed(self.processors)}" if self.processors else "",
            f"Inside the supplier: {listed(self.internal)}" if self.internal else "",
            f"Others: {listed(self.external)}" if self.external else "",
            "" if self.answered else "Not every store says who sees its data",
        )
        return "; ".join(part for part in parts if part) or NOT_STATED


def recipients(audit: Audit, datasets: Collection[str] | None = None) -> Recipients:
    """Return who sees the data of these datasets; of all datasets when none is named."""
    organisation, stored = audit.declarations.organisation, audit.declarations.stored_fields
    declared = [d for d in (stored.datasets if stored else ()) if datasets is None or d.name in datasets]
    ids = dict.fromkeys(d.store for d in declared)
    stores = [stored.stores[key] for key in ids if key in stored.stores] if stored else []
    if datasets is None and stored:
        stores = list(stored.stores.values())
    seen = {recipient.label: recipient.kind for store in stores for recipient in store.recipients}
    working = [company.name for company in (organisation.sub_processors if organisation else ())]
    others = [label for label, kind in seen.items() if kind == "sub_processor" and label not in working]
    return Recipients(
        internal=tuple(label for label, kind in seen.items() if kind == "internal"),
        external=tuple(label for label, kind in seen.items() if kind == "external"),
        processors=(*((supplier_name(audit),) if organisation else ()), *working, *others),
        answered=bool(stores) and all(store.recipients.is_answered for store in stores),
    )
