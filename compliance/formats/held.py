"""The review of the people held, in counts: as text, and as JSON that an audit or a report can take."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from compliance.formats.json import review as as_json
from compliance.formats.text import Line
from compliance.formats.words import counted, visible
from compliance.model.held import Counted, DatasetReview, HeldReview, Standing, Untidy

KIND = "review-held"
VERSION = 1

STANDINGS: Mapping[Standing, str] = {
    Standing.MATCHED: "matched",
    Standing.MAY_MATCH: "may match: somebody has to say whether they are one person",
    Standing.NOT_MATCHED: "not matched: held, never synced, and nobody like them comes in",
    Standing.WOULD_BE_DESYNCED: "would be desynced: the school's system no longer sends them",
    Standing.NEW: "new: not held yet",
}
UNTIDY: Mapping[Untidy, str] = {
    Untidy.HELD_TWICE: "records too many of people who are held twice",
    Untidy.MAY_BE_HELD_TWICE: "records of people who may be held twice",
    Untidy.TWO_IDENTIFIERS: "people, surely or likely one, under two identifiers",
    Untidy.WRONG_YEAR_GROUP: "pupils in the wrong year group",
    Untidy.LEAVER: "leavers still held",
    Untidy.LEAVER_OVERDUE: "of these, held past their time limit",
    Untidy.STALE_CLASS: "stale classes",
}


def render_json(review: HeldReview) -> str:
    """Write the counts as one JSON object; ``sources.held_counts`` reads it again."""
    text = json.dumps({"kind": KIND, "version": VERSION, "review": as_json(review)}, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def lines(review: HeldReview) -> Iterator[Line]:
    """Yield what is better put right first, then what a sync would make of everybody."""
    for dataset in review.datasets:
        yield Line(f"{visible(dataset.dataset)}  {_size(dataset)}", "title")
        yield Line("  Tidy first", "quiet")
        yield from (_line(UNTIDY[what], found) for what, found in dataset.untidy.items())
        if dataset.subject != "class":
            yield from _standings(dataset)
        yield Line("")
    if review.notes:
        yield Line("Not looked at, or not counted as data", "title")
        yield from (Line(f"  {visible(note)}") for note in review.notes)


def _size(dataset: DatasetReview) -> str:
    parts = [
        f"{dataset.held:,} held",
        *([f"{dataset.incoming:,} come in"] if dataset.incoming is not None else []),
        *([f"{counted(dataset.elsewhere, 'record')} of other schools left out"] if dataset.elsewhere else []),
    ]
    return ", ".join(parts)


def _standings(dataset: DatasetReview) -> Iterator[Line]:
    yield Line("  In a first sync", "quiet")
    if dataset.incoming is None:
        yield Line("        -  not looked at: no feed was given that knows them")
        return
    yield from (_line(STANDINGS[what], Counted(count=count)) for what, count in dataset.of_held.items())
    if may := dataset.of_incoming.get(Standing.MAY_MATCH):
        yield _line("incoming people that may match", Counted(count=may))
    yield _line(STANDINGS[Standing.NEW], Counted(count=dataset.of_incoming.get(Standing.NEW)))
    if dataset.incomplete:
        yield Line("  Rows of the feed are missing: whoever seems to be gone may only not have come.", "warning")


def _line(words: str, found: Counted) -> Line:
    if found.count is None:
        return Line(f"  {'-':>7}  {words}: not looked at, {found.why_not}")
    return Line(f"  {found.count:>7,}  {words}", "warning" if found.count and words in UNTIDY.values() else "")
