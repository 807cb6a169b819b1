"""SF21: data also lies where nobody looks."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

FORGOTTEN = ("backup", "log", "cache", "warehouse", "search_index", "export", "embedding")
"""Kinds of store that are easily forgotten."""


@rule(
    "SF21",
    "hidden-stores",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 17", "UK GDPR 30", "UK GDPR 32"),
)
def hidden_stores(case: Case) -> Iterator[Hit]:
    """Nothing says of a kind of store whether the app has it: backups, logs, caches, a warehouse, a search index,
    exports or embeddings.

    Why:
        What was erased from the database lives on in the copies. A school that is told "erased" believes it.
    Example:
        Only the database is declared, and "not_used" is left out.
    Instead:
        Declare each store that there is, and list the other kinds under "not_used".
    Silent when:
        - Each kind is declared as a store, or is confirmed as not used (not_used).
    """
    stored_fields = given(case.declarations.stored_fields)
    said = {*stored_fields.not_used, *(store.kind for store in stored_fields.stores.values())}
    unsaid = [kind.replace("_", " ") for kind in FORGOTTEN if kind not in said]
    if unsaid:
        yield Hit(
            message=f"Nothing says whether the app has a store of the kind {listed(unsaid, 'or')}.",
            place=stored_fields.place,
            evidence={"kinds": len(unsaid)},
            fix="Declare each as a store, or list it under not_used.",
        )
