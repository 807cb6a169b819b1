"""VC14: another content is another version."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.content import is_unnumbered
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "VC14",
    "version-not-bumped",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 5(2)",),
)
def version_not_bumped(case: Case) -> Iterator[Hit]:
    """The permission set says something else than before under the same version.

    Why:
        A school authorises a version. When two files bear one number, nobody can show which of them it saw.
    Example:
        A field was added, and "version" is still 2.1.0.
    Instead:
        Give the file a new version.
    Silent when:
        - Only comments, the order of keys or the place in the file differ.
    """
    permission_set, previous = given(case.declarations.permission_set), given(case.declarations.previous)
    if is_unnumbered(previous, permission_set):
        yield Hit(
            message=f"The permission set is another than before, and its version is still {permission_set.version}.",
            place=permission_set.place,
            evidence={"version": permission_set.version},
            fix="Give it a new version.",
        )
