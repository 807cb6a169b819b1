"""VC04: what data is for does not change behind a school's back."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind, Sign
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import AUTHORISE, changes


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
    for change in changes(case, Kind.PURPOSE_ADDED, Kind.PURPOSE_REWORDED):
        if change.sign is Sign.BREAKING:
            yield change.hit(fix=AUTHORISE)
