"""What an Xporter answer says besides its records: deletions, exclusions, the grant, its pages, its errors.

No text of an answer is ever repeated: an error's message may quote the data that it was about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from compliance.integrators.base import Page
from compliance.inventory.batch import Deletions, Exclusions, Piece
from compliance.model.inventory import Grant, Notice

Aside = defaultdict[str, list[object]]
"""Name of each member of an answer that holds no records to its values."""

CHANGED_KEYS = frozenset({"__changedRows__", "ChangedRows"})
PAGE_KEYS = frozenset({"__pagination__", "Pagination"})
EXCEPTION_KEYS = frozenset({"ExceptionType", "ExceptionMessage", "InnerException"})
ERROR_KEYS = EXCEPTION_KEYS | {"Message"}
RESERVED_KEYS = CHANGED_KEYS | PAGE_KEYS | ERROR_KEYS | {"meta", "Meta", "DbStatus"}
"""Keys of an answer that are not datasets."""
TOKEN_KEYS = frozenset({"Estab", "Expires", "Name", "RelyingParty"})
"""Keys of ``TokenDetails`` beside its list ``Scopes``."""
INFO_DATASETS = frozenset({"Scopes", "Usage", "Endpoints", "Logs"})
"""Datasets that describe the connection and hold no school data."""
EXCLUSIONS = "GDPR"
"""The dataset of ``GDPRIDs``: the people whom the school excluded."""
EXCLUSION_LISTS: Mapping[str, str] = MappingProxyType(
    {"pupil": "StudentIds", "staff": "StaffIds", "contact": "ContactIds"}
)
DELETED = "_deleted"
PAUSED = "authorisation_paused"
_KNOWN = RESERVED_KEYS | TOKEN_KEYS | INFO_DATASETS | {EXCLUSIONS}


def holds_records(name: str) -> bool:
    """Whether a member of this name is a dataset with records of its own."""
    return name not in _KNOWN and not name.endswith(DELETED)


def pieces(aside: Aside, met: Mapping[str, int], source: str) -> Iterator[Piece | Page]:
    """Yield what ``aside`` says. ``met`` has the rows of each dataset, in the order of the document.

    Of an object that is no answer of Xporter, nothing comes.
    """
    for name, values in aside.items():
        if name.endswith(DELETED):
            yield Deletions(source=source, dataset=name.removesuffix(DELETED), count=len(values))
    yield from (_exclusions(people, source) for people in _objects(aside, EXCLUSIONS))
    yield from _grants(aside, source)
    yield from (page for row in _page_rows(aside) if (page := _page(row, met, source)))
    yield from (Notice(source, what) for what in (*_kind(aside, met), *_unread(aside)))


def _exclusions(people: Mapping[str, object], source: str) -> Exclusions:
    ids = {subject: frozenset(_ids(people[key])) for subject, key in EXCLUSION_LISTS.items() if key in people}
    return Exclusions(source=source, ids=ids, opt_in=str(people.get("IsOptIn")).casefold() in {"true", "1"})


def _ids(listed: object) -> list[str]:
    """Read a list of ids; a list inside a row may also come as text with commas."""
    values = listed.split(",") if isinstance(listed, str) else listed if isinstance(listed, list) else []
    return [text for value in values if (text := str(value).strip())]


def _grants(aside: Aside, source: str) -> Iterator[Grant]:
    """Read ``TokenDetails``: the list of what this school really granted."""
    scopes = tuple(scope for scope in aside.get("Scopes", ()) if isinstance(scope, str))
    for estab, party in zip(aside.get("Estab", ()), aside.get("RelyingParty", ()), strict=False):
        if estab and party:
            yield Grant(
                source=source,
                estab=str(estab),
                relying_party=str(party),
                scopes=scopes,
                paused=_is_paused(aside),
                expires=next((text for text in aside.get("Expires", ()) if isinstance(text, str)), ""),
            )


def _page(row: Mapping[str, object], met: Mapping[str, int], source: str) -> Page | None:
    """Read one row of paging, which speaks of the first dataset of its document; None if it has no numbers."""
    match [row.get(key) for key in ("PageNumber", "PageCount", "RowCount")]:
        case [int(number), int(count), int(all_rows)]:
            dataset = next(iter(met), "")
            return Page(
                source=source,
                dataset=dataset,
                number=number,
                count=count,
                rows=met.get(dataset, 0),
                all_rows=all_rows,
            )
        case _:
            return None


def _kind(aside: Aside, met: Mapping[str, int]) -> Iterator[str]:
    """Say what kind of answer this is, if it is not simply one with records."""
    is_token = any(_grants(aside, ""))
    about = sorted(INFO_DATASETS & aside.keys())
    has_data = bool(met) or bool(_objects(aside, EXCLUSIONS)) or any(name.endswith(DELETED) for name in aside)
    if is_token:
        return
    if has_data or about:
        if _speaks(aside, EXCEPTION_KEYS):
            yield "says that something went wrong: records may be missing"
        if about:
            yield f"describes the connection in {' and '.join(map(repr, about))}: no records were read from there"
    elif _speaks(aside, ERROR_KEYS):
        why = "the school has paused its authorisation" if _is_paused(aside) else "there is no data in it"
        yield f"is an error answer of the integrator: {why}"
    elif aside.keys() & (RESERVED_KEYS - ERROR_KEYS | {EXCLUSIONS}):
        yield "holds no records"


def _unread(aside: Aside) -> Iterator[str]:
    """Say what in the answer was not read, or not understood."""
    others = sum(len(_ids(people.get("OtherIds"))) for people in _objects(aside, EXCLUSIONS))
    if others:
        yield f"excludes people who are neither pupils, staff nor contacts ({others}): they were not looked for"
    if any(_page(row, {}, "") is None for row in _page_rows(aside)):
        yield "does not say in numbers which page it is: whether rows are missing is not known"
    members = sorted(name for name in aside if holds_records(name))
    if members:
        yield f"has members that were not read, as they hold no records: {', '.join(map(repr, members))}"


def _speaks(aside: Aside, keys: frozenset[str]) -> bool:
    return any(word is not None for key in keys for word in aside.get(key, ()))


def _is_paused(aside: Aside) -> bool:
    return any(PAUSED in str(word) for key in ERROR_KEYS for word in aside.get(key, ()))


def _objects(aside: Aside, name: str) -> list[Mapping[str, object]]:
    return [value for value in aside.get(name, ()) if isinstance(value, dict)]


def _page_rows(aside: Aside) -> list[Mapping[str, object]]:
    return [row for key in sorted(PAGE_KEYS) for row in _objects(aside, key)]
