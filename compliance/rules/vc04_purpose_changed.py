"""VC04: what data is for does not change behind a school's back."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import purpose_hit
from compliance.rules.versions import AUTHORISE, changed_purposes, says_the_same


@rule(
    "VC04",
    "purpose-changed",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 5(1)(b)", "UK GDPR 8A", "UK GDPR 13(3)"),
)
def purpose_changed(case: Case) -> Iterator[Hit]:
    """A purpose is new in this version, or its text says something else.

    Why:
        Data that was given for one purpose may not be used for another just because a file was changed: the school
        decides, and parents have to be told before.
    Example:
        The purpose "accounts" said "To give each pupil an account", and now goes on "and to compare schools".
    Instead:
        Have the school authorise the new version; for another purpose, ask for it under an id of its own.
    Silent when:
        - The school has authorised the new version.
        - Only capitals, spaces or punctuation differ.
        - Only the wording differs, and whoever answers for the permission set says so (patch_versions).
    """
    permission_set, previous = given(case.declarations.permission_set), given(case.declarations.previous)
    is_wording = previous.version in permission_set.patch_versions
    for before, purpose in changed_purposes(case):
        if before is None:
            yield purpose_hit(purpose, f"The purpose {purpose.id} is new in this version.", AUTHORISE)
        elif not is_wording and not says_the_same(before.text, purpose.text):
            yield purpose_hit(purpose, f"The text of the purpose {purpose.id} is another than before.", AUTHORISE)
