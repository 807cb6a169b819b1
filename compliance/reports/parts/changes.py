"""What changed, and when: from the versions that the declarations name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.errors import Place
from compliance.model.audit import Audit
from compliance.model.declarations import Authorisation, PermissionSet
from compliance.reports.parts.reasons import scope_label
from compliance.reports.words import counted, day

NO_DATE = "No date given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the log."""

    on: str
    what: str
    trace: str


def changes(audit: Audit) -> tuple[Change, ...]:
    """Return the log: the app's versions, then what the school decided."""
    given = audit.declarations
    return (*_of_the_app(given.permission_set, given.previous), *_of_the_school(audit, given.authorisation))


def _of_the_app(asked: PermissionSet | None, previous: PermissionSet | None) -> Iterator[Change]:
    if asked:
        before = f", instead of {asked.supersedes}" if asked.supersedes else ""
        yield _change(asked.effective_from, f"Version {asked.version} in force{before}.", asked.place)
    if asked and previous:
        yield _change(asked.effective_from, _difference(previous, asked), previous.place)


def _of_the_school(audit: Audit, granted: Authorisation | None) -> Iterator[Change]:
    if granted and granted.version:
        who = f" by the {granted.by_role.lower()}" if granted.by_role else ""
        yield _change(granted.authorised_on, f"Version {granted.version} authorised{who}.", granted.place)
    for off in (*granted.declined_scopes, *granted.declined_fields) if granted else ():
        yield _change(off.on, f"{scope_label(audit, off.id)} switched off by the school.", off.place)


def _change(on: dt.date | None, what: str, place: Place) -> Change:
    return Change(on=day(on) or NO_DATE, what=what, trace=str(place))


def _difference(old: PermissionSet, new: PermissionSet) -> str:
    """Count what was asked for more or less than before."""
    before, after = ({field.path for _, field in each.requested_fields} for each in (old, new))
    return (
        f"Against version {old.version}: {counted(len(after - before), 'field')} added, "
        f"{counted(len(before - after), 'field')} removed, "
        f"{counted(len(new.purposes.keys() - old.purposes.keys()), 'purpose')} added."
    )
