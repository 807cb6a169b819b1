"""What a school had better put right before the first sync, in counts; the names stand in its own list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.held import Counted, DatasetReview, Standing, Untidy
from compliance.reports.small_numbers import shown
from compliance.reports.words import day

NOT_LOOKED_AT = "Not looked at"

UNTIDY: Mapping[Untidy, tuple[str, str]] = {
    Untidy.HELD_TWICE: ("Held twice", "Merge the two accounts, or delete the one that is not used."),
    Untidy.MAY_BE_HELD_TWICE: ("May be held twice", "Check whether they are one person."),
    Untidy.TWO_IDENTIFIERS: ("One person under two identifiers", "Keep the one that the school's system uses."),
    Untidy.WRONG_YEAR_GROUP: ("In the wrong year group", "Put it right, or run the yearly promotion."),
    Untidy.LEAVER: ("Left, and still held", "Check that they will be erased in time."),
    Untidy.LEAVER_OVERDUE: ("Of these, held past their time limit", "Ask the supplier to erase them."),
    Untidy.STALE_CLASS: ("Stale classes", "Mark them as history, or delete them."),
}
STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.MATCHED: ("Matched with the school's system", "Nothing: a sync would update them."),
    Standing.MAY_MATCH: ("May match", "Say whether they are one person, before a sync overwrites one with the other."),
    Standing.NOT_MATCHED: ("Not matched", "Check whether the account is needed."),
    Standing.WOULD_BE_DESYNCED: ("Would be desynced", "Check whether they have left."),
    Standing.NEW: ("New: not held yet", "Nothing: a sync would add them."),
}


@dataclass(frozen=True, slots=True)
class TidyLine:
    """One count."""

    what: str
    count: str
    advice: str


@dataclass(frozen=True, slots=True)
class TidyPart:
    """What was reviewed of pupils, of staff or of classes."""

    title: str
    lines: tuple[TidyLine, ...]


@dataclass(frozen=True, slots=True)
class Tidy:
    """The whole review."""

    lede: str
    parts: tuple[TidyPart, ...]


def tidy(audit: Audit) -> Tidy | None:
    """Return what the review says; None when there was none. Counts so small that they could point at a child hide."""
    review = audit.review
    if review is None:
        return None
    return Tidy(
        lede=f"Reviewed on {day(review.at.date())}. Put this right first, so that a sync neither doubles nor loses "
        "anybody. The names stand in the list that was made for the school alone.",
        parts=tuple(TidyPart(_title(each), tuple(_lines(each))) for each in review.datasets),
    )


def _title(part: DatasetReview) -> str:
    subject = {"pupil": "Pupils", "staff": "Staff", "contact": "Parents and carers", "class": "Classes"}
    missing = ". Part of the data received is missing" if part.incomplete else ""
    return f"{subject.get(part.subject, part.dataset)}: what to put right first{missing}"


def _lines(part: DatasetReview) -> Iterator[TidyLine]:
    for what, found in part.untidy.items():
        name, advice = UNTIDY[what]
        nothing = "Nothing." if found.count == 0 else "Have it looked at, then review again."
        yield TidyLine(name, _count(found), advice if found.count else nothing)
    if part.subject == "class":
        return
    if part.incoming is None:
        yield TidyLine("What a first sync would do", NOT_LOOKED_AT, "Review again with the data that would come in.")
        return
    for standing, count in {**part.of_held, Standing.NEW: part.of_incoming.get(Standing.NEW, 0)}.items():
        name, advice = STANDINGS[standing]
        yield TidyLine(name, _count(Counted(count=count)), advice if count else "Nothing.")


def _count(found: Counted) -> str:
    return f"{NOT_LOOKED_AT}: {found.why_not}" if found.count is None else shown(found.count, None)
