"""Clever: lists of records and of events, each in a wrapper of its own.

The shapes are those of the published answers of Clever/clever-ruby (``spec/events.json``).

An event is one row of the dataset that it is about. What the object is now stands in the columns that Clever documents;
what it was before an update stands below ``previous_attributes``, and what a deletion still carries below ``deleted``:
``students.dob``, ``students.previous_attributes.dob``, ``students.deleted.dob``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from compliance.errors import Place, SourceError
from compliance.integrators.base import AS_THEY_STAND, Document, Page, Seen
from compliance.integrators.batches import Row, batches
from compliance.inventory.batch import Deletions, Piece
from compliance.model.inventory import Notice

DATASETS = frozenset(
    {
        "contacts",
        "courses",
        "districts",
        "schooladmins",
        "schools",
        "sections",
        "students",
        "teachers",
        "terms",
        "users",
    }
)
"""What events and addresses of records are about. Other names are never repeated: they may be anything."""
ACTIONS = frozenset({"created", "updated", "deleted"})
PREVIOUS = "previous_attributes"
DELETED = "deleted"
EVENTS = "events"
"""The name by which pages of events are spoken of when there is none on them."""
_MARKS = frozenset({"links", "paging"})
_WRAPPER = frozenset({"data", "uri", "links"})


@dataclass(kw_only=True)
class _Aside:
    """What was met in one document beside its records."""

    is_answer: bool = False
    rows: Counter[str] = field(default_factory=Counter)
    """Rows by dataset, in the order in which they were met."""
    deleted: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    """Wrapped records of which nothing says what they are about."""
    paging: list[object] = field(default_factory=list)
    links: list[object] = field(default_factory=list)


class Clever:
    """Answers of Clever's lists: ``{"data": [{"data": {…}, "uri": …}], "links": […], "paging": {…}}``."""

    name = "clever"
    tables = AS_THEY_STAND

    def recognise(self, seen: Seen) -> str | None:
        """Know an answer by the wrapper of its records, or by its links beside them."""
        if "data" not in seen.members:
            return None
        if {"data", "uri"} <= seen.keys <= _WRAPPER:
            return "has 'data' and 'uri' around each record under 'data'"
        marks = sorted(seen.members & _MARKS)
        return f"has {' and '.join(map(repr, marks))} beside 'data'" if len(marks) == len(_MARKS) else None

    def read(self, document: Document) -> Iterator[Piece | Page]:
        """Turn one answer into pieces.

        Raises ``SourceError`` when the document is no answer of Clever.
        """
        if document.shape == "array":
            raise _no_answer(document)
        aside = _Aside()
        yield from batches(document.source, _rows(document, aside))
        if not aside.is_answer:
            raise _no_answer(document)
        for dataset, count in aside.deleted.items():
            yield Deletions(source=document.source, dataset=dataset, count=count)
        if aside.unknown:
            what = f"holds records or events that are about no known dataset and were not read ({aside.unknown})"
            yield Notice(document.source, what)
        yield from _pages(aside, document.source)


def _rows(document: Document, aside: _Aside) -> Iterator[Row]:
    """Yield the records, and lay everything else ``aside``."""
    for name, value in document.members():
        if name == "paging":
            aside.paging.append(value)
        elif name == "links":
            aside.links.append(value)
        elif name == "data" and value == []:
            aside.is_answer = True
        elif name == "data":
            inner = _unwrapped(value)
            if inner is None:
                raise _no_answer(document)
            aside.is_answer = True
            row = _row(*inner, aside)
            if row:
                aside.rows[row.dataset] += 1
                yield row
        else:
            raise _no_answer(document)


def _unwrapped(value: object) -> tuple[Mapping[str, object], str] | None:
    """Return what one wrapper holds and its address; None when it is no wrapper."""
    if isinstance(value, dict) and value.keys() <= _WRAPPER and isinstance(inner := value.get("data"), dict):
        return inner, str(value.get("uri", ""))
    return None


def _row(inner: Mapping[str, object], uri: str, aside: _Aside) -> Row | None:
    """Make the row of one event or record, and count what it says is gone."""
    body = inner.get("data")
    if not ("type" in inner and isinstance(body, dict) and isinstance(body.get("object"), dict)):
        dataset = next((part for part in uri.split("/") if part in DATASETS), "")
        aside.unknown += not dataset
        return Row(dataset, inner) if dataset else None
    dataset, _, action = str(inner["type"]).partition(".")
    if dataset not in DATASETS or action not in ACTIONS:
        aside.unknown += 1
        return None
    if action == DELETED:
        aside.deleted[dataset] += 1
        return Row(dataset, {DELETED: body["object"]})
    previous = {PREVIOUS: body[PREVIOUS]} if PREVIOUS in body else {}
    return Row(dataset, {**body["object"], **previous})


def _pages(aside: _Aside, source: str) -> Iterator[Page | Notice]:
    """Say for each dataset of the document which page it is: what is missing may be about any of them."""
    datasets = [*aside.rows] or [EVENTS]
    rows = aside.rows.total() + aside.unknown
    numbered = False
    for paging in aside.paging:
        match [paging.get(key) for key in ("current", "total", "count")] if isinstance(paging, dict) else []:
            case [int(number), int(count), int(all_rows)]:
                numbered = True
                for dataset in datasets:
                    yield Page(source=source, dataset=dataset, number=number, count=count, rows=rows, all_rows=all_rows)
            case _:
                pass
    if not numbered and any(isinstance(link, dict) and link.get("rel") == "next" for link in aside.links):
        what = "says that another page follows and not how many there are: whether it came is not known"
        yield from (Notice(source, what, dataset) for dataset in datasets)


def _no_answer(document: Document) -> SourceError:
    return SourceError(
        "This is no answer of Clever: it is not an object that holds wrapped records under `data`.",
        hint="If the data comes from somewhere else, say `--integrator plain`.",
        place=Place(document.source),
    )
