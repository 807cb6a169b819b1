"""Data items of which less would mostly do, and who says that it does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given
from compliance.rules.purposes import serves_any

COARSE = frozenset({"flag", "aggregate"})
"""Words of ``precision`` by which only a yes or no, or a figure of many, is asked for."""


def asked_without_need(case: Case, items: Collection[str], kinds: Collection[str]) -> Iterator[AskedField]:
    """Yield every requested field of one of these data items that nothing speaks for.

    What speaks for it: a purpose of one of these ``kinds``, a necessity, or a precision that takes less of it.
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        is_of_them = asked.item is not None and asked.item.id in items
        if is_of_them and not (
            asked.field.necessity or asked.field.precision in COARSE or serves_any(asked, permission_set, kinds)
        ):
            yield asked
