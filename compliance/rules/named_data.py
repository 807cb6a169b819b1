"""Which of the data that an app asks for a document of the school names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from compliance.model.vocabulary import Subject
from compliance.rules.asked import AskedField, asked_fields
from compliance.rules.base import Case, given


def asked_of_people(case: Case) -> Iterator[AskedField]:
    """Yield every requested field that has a data item and tells of people."""
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        if asked.item is not None and asked.item.subject is not Subject.SCHOOL:
            yield asked


def is_named(asked: AskedField, names: Collection[str]) -> bool:
    """Whether a list of data items and item groups holds the field's item, or the group over it."""
    return asked.item is not None and not {asked.item.id, asked.item.group}.isdisjoint(names)
