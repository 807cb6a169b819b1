"""XS02: what is asked for is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.model.declarations import RequestedField, RequestedScope
from compliance.model.findings import Hit, Input, Severity
from compliance.model.ledger import Ledger, LedgerLine
from compliance.rules.base import Case, given, rule
from compliance.rules.classes import most_careful
from compliance.rules.wording import counted, named


@rule(
    "XS02",
    "requested-not-stored",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 5(1)(c)",),
)
def requested_not_stored(case: Case) -> Iterator[Hit]:
    """A requested field is never stored, or a whole scope is asked for of which no requested field is.

    Why:
        Data that nobody uses should not be fetched. A scope hands over all of its fields, so one that is not used at
        all is the cheapest over-collection to end.
    Example:
        The permission set asks for the scope "Attendance" with two fields, and no stored field comes from them.
    Instead:
        Take the field or the scope out of the permission set; or say how it is used without being stored.
    Silent when:
        - The field is used in passing, and "transient" says how.
        - The release that uses the field is still to come, on the day that "awaited" gives.
    """
    for scope in given(case.declarations.permission_set).scopes:
        lines = _lines_of(scope, case.ledger)
        unused = [line for line in lines if line.request and not _is_used(line, line.request, case.today)]
        if len(unused) > 1 and len(unused) == len(lines):
            yield Hit(
                message=f"The scope {scope.id} is asked for, and none of the {counted(len(unused), 'field')} "
                "requested from it is stored.",
                place=scope.place,
                data_class=most_careful(line.data_class for line in unused),
                evidence={"scope": scope.id, "fields": len(unused)},
                fix="Take the scope out of the permission set, or say how it is used without being kept.",
            )
            continue
        for line in unused:
            yield Hit(
                message=f"{named(line.item, line.path)} is asked for under {scope.id} and never stored.",
                path=line.path,
                place=line.request.place if line.request else scope.place,
                item=line.item,
                data_class=line.data_class,
                evidence={"scope": scope.id},
                fix="Take the field out of the permission set, or say under transient how it is used in passing.",
            )


def _lines_of(scope: RequestedScope, ledger: Ledger) -> list[LedgerLine]:
    """Return the lines of the fields that are asked for by name under ``scope``, each field once."""
    lines = {
        line.source_path: line
        for line in ledger
        if line.requested_scope == scope and line.request and not line.request.is_wildcard
    }
    return list(lines.values())


def _is_used(line: LedgerLine, request: RequestedField, today: dt.date) -> bool:
    return (
        line.declared.yes
        or bool(request.transient)
        or (request.awaited is not None and request.awaited >= today)
    )  # fmt: skip
