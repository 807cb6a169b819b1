"""RC16: a child who uses the app can read what it does."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule


@rule(
    "RC16",
    "child-notice-missing",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.ORGANISATION),
    law=("UK GDPR 12(1)", "ICO Children's code, standard 4"),
)
def child_notice_missing(case: Case) -> Iterator[Hit]:
    """Pupils use the app themselves, and no notice is named that a child can read; or nothing says whether they use it.

    Why:
        What is said to a child has to be clear and plain to a child. A notice for lawyers tells a ten-year-old
        nothing.
    Example:
        "pupils_use_it: true" without "child_notice".
    Instead:
        Write a notice that children can read and name it under "child_notice". The report "privacy-notice-child" is a
        draft of one.
    Silent when:
        - Only staff or parents use the app (pupils_use_it is false).
        - A notice for children is named.
        - The app asks for no data about pupils, and nothing says that they use it.
    """
    organisation = given(case.declarations.organisation)
    if organisation.child_notice or organisation.pupils_use_it is False:
        return
    if organisation.pupils_use_it:
        yield Hit(
            message="Pupils use the app themselves, and no notice is named that a child can read.",
            place=organisation.place,
            fix="Name it under child_notice; the report privacy-notice-child is a draft of one.",
        )
    elif any(Subject.PUPIL in scope.subjects for scope in given(case.declarations.permission_set).scopes):
        yield Hit(
            message="Nothing says whether pupils use the app themselves, and no notice is named that a child can read.",
            place=organisation.place,
            fix="Say under pupils_use_it whether they do; if so, name the notice under child_notice.",
        )
