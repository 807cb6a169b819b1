"""DA44: what was once true of a pupil is declared as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import FieldProfile, Inventory
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import first_row, place_of
from compliance.rules.wording import counted, named

_PAST = re.compile(
    "_?(?:archived?|audit|changes|histor(?:y|ies)|logs?|old|previous|prior|revisions|versions)_?", re.IGNORECASE
)
"""Words that tables and columns of past values are named with, in front of or behind the name of the present ones."""


@rule(
    "DA44",
    "history-undeclared",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(c)", "UK GDPR 5(1)(e)"),
)
def history_undeclared(case: Case) -> Iterator[Hit]:
    """Past values of a field that needs care are kept, and only the present value is declared.

    Why:
        That a child once was looked after, or once had special educational needs, tells as much as that it is so
        today. A table of changes keeps it when the school believes that it was corrected or is over.
    Example:
        "pupil.sen_status" is declared; the table "pupil_history" has a column "sen_status" as well, and no
        declaration.
    Instead:
        Keep the present value only; or declare the history with a retention of its own.
    Silent when:
        - The history is declared as a dataset or as a field, with its own retention.
        - The field needs no more care than any personal data.
        - What the name has more than the declared one says nothing of the past, such as "pupil_rate" beside "pupil".
        - The column is empty in every row.
    """
    stored_fields, store = given(case.declarations.stored_fields), given(case.store)
    declared = {stored.path for stored in stored_fields.fields}
    for stored in stored_fields.fields:
        item = case.declarations.item(stored.item)
        data_class = stored.data_class or (item.data_class if item else None)
        if data_class is None or not data_class.needs_care:
            continue
        for path, profile in _past(stored.path, store):
            if path not in declared and profile.filled:
                yield Hit(
                    message=f"{path} keeps past values of {named(item, stored.path)} in "
                    f"{counted(profile.filled, 'row')}, and is not declared.",
                    path=path,
                    place=place_of(stored.path, stored_fields),
                    item=item,
                    data_class=data_class,
                    evidence={"of": str(stored.path), "rows": profile.filled, **first_row(profile.first_row)},
                    fix="Keep the present value only, or declare the history with a retention of its own.",
                )


def _past(present: FieldPath, store: Inventory) -> Iterator[tuple[FieldPath, FieldProfile]]:
    """Yield the fields whose names say that they hold what ``present`` once held."""
    for name, dataset in store.datasets.items():
        is_past = _is_past(name, present.dataset)
        for path, profile in dataset.fields.items():
            is_past_column = name == present.dataset and _is_past(path.field, present.field)
            if is_past_column or (is_past and path.field == present.field):
                yield path, profile


def _is_past(name: str, present: str) -> bool:
    """Whether ``name`` is ``present`` with a word of the past before or behind it."""
    return any(
        rest != name and _PAST.fullmatch(rest) for rest in (name.removeprefix(present), name.removesuffix(present))
    )
