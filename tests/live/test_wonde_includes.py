from __future__ import annotations

import pytest

from compliance.live.wonde import _included
from compliance.model.paths import FieldPath


@pytest.mark.parametrize(
    ("paths", "asked"),
    [
        (["students.forename", "classes.subject"], ""),
        (["students.education_details.upn", "students.education_details.former_upn"], "education_details"),
        (["students.contacts[].contact_details.emails.email"], "contacts.contact_details"),
        (["students.contacts[]", "students.photo.content"], "contacts,photo"),
        (["employees.contact_details.emails.email"], ""),
        (["students.Zorvik.upn"], ""),
    ],
)
def test_related_objects_are_asked_for_where_fields_of_them_are(paths: list[str], asked: str) -> None:
    assert _included(map(FieldPath.parse, paths), "students") == ({"include": asked} if asked else {})
