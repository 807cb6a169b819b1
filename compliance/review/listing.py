"""The school's own list, with names. It is personal data, says so itself, and is written only where somebody asks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from compliance.model.held import Standing, Untidy
from compliance.review.entries import Entry
from compliance.review.person import Person, SchoolClass

MARK = "PERSONAL DATA of pupils and staff: for the school alone. Delete this file when it has been worked through."
HEAD = (
    "What", "Dataset", "Row", "Identifier", "Name", "Date of birth", "Year group",
    "Beside: identifier", "Beside: name", "Beside: date of birth", "Beside: year group", "Why", "What to do",
)  # fmt: skip

_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings by which a spreadsheet takes a cell for a formula. Source: OWASP, CSV Injection."""

_TO_DO: Mapping[Standing | Untidy, tuple[str, str]] = {
    Untidy.HELD_TWICE: ("Held twice", "Merge the two accounts, or delete the one that is not used."),
    Untidy.MAY_BE_HELD_TWICE: ("May be held twice", "Check whether they are one person; if so, merge the accounts."),
    Untidy.WRONG_YEAR_GROUP: ("Wrong year group", "Put the year group right, or run the yearly promotion."),
    Untidy.LEAVER: ("Has left", "Check that nothing more is needed; it is to be erased at the end of its time limit."),
    Untidy.LEAVER_OVERDUE: ("Has left, overdue", "Erase it, or record why it must be kept."),
    Untidy.STALE_CLASS: ("Stale class", "Mark it as history, or delete it."),
    Standing.MAY_MATCH: ("May match", "Say whether they are one person, before a sync overwrites one with the other."),
    Standing.WOULD_BE_DESYNCED: ("Would be desynced", "Check whether the person has left or got another identifier."),
    Standing.NOT_MATCHED: ("Not matched", "Check whether the account is needed, and how it is to be matched."),
    Standing.NEW: ("New", "Nothing: the first sync would add them."),
    Standing.MATCHED: ("Matched", "Nothing: the first sync would update them."),
}


def as_csv(entries: Iterable[Entry]) -> str:
    """Return the list as CSV that a spreadsheet opens as text: a mark, a head, then a line for each entry."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([MARK])
    lines.writerow(HEAD)
    lines.writerows([_safe(cell) for cell in _cells(entry)] for entry in entries)
    return "\N{BYTE ORDER MARK}" + written.getvalue()


def _cells(entry: Entry) -> Iterator[str]:
    what, to_do = _TO_DO[entry.what]
    yield from (what, entry.dataset, str(entry.subject.row))
    yield from _who(entry.subject)
    yield from _who(entry.other)
    yield from (entry.why, to_do)


def _who(who: Person | SchoolClass | None) -> tuple[str, str, str, str]:
    match who:
        case Person():
            return who.shown_key, who.name, who.born, who.year
        case SchoolClass():
            return "", who.name, "", ""
        case None:
            return "", "", "", ""


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_SIGNS) else cell
