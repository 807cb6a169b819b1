"""What an answer of Wonde says besides its records: pages, deletions, the grant, and who is excluded.

No text of an answer is ever repeated but the names of permissions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

from compliance.integrators.base import Page
from compliance.integrators.wonde_names import ACCESS, OWN_NUMBER, school_of
from compliance.inventory.batch import Deletions, Exclusions, Piece
from compliance.model.inventory import Grant, Notice

DATASETS: Mapping[str, str] = MappingProxyType(
    {
        "student": "students",
        "employee": "employees",
        "contact": "contacts",
        "class": "classes",
        "group": "groups",
        "subject": "subjects",
        "lesson": "lessons",
        "room": "rooms",
        "period": "periods",
    }
)
"""What ``type`` of a deletion stands for."""
SUBJECTS: Mapping[str, str] = MappingProxyType({"student": "pupil", "employee": "staff", "contact": "contact"})
"""Whom ``type`` of an entry of the list of people means."""
INCLUDES = re.compile("incl|allow|white", re.IGNORECASE)
EXCLUDES = re.compile("excl|den|block|black", re.IGNORECASE)
"""What ``mode`` may be called: no page that was read lists its words, so that others are said to be unknown."""
PERMISSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:/()-]{0,79}")
_DELETION = frozenset({"type", "id", "mis_id", "deleted_at", "restored_at"})
_STATE = frozenset({"online", "approved", "audited", "custom_attendance_codes"})
_STRANGE = frozenset({"data", "uri", "links"})
"""Keys of the wrapper of every record of Clever."""
NAMES_IN_A_NOTICE = 5


class Kind(Enum):
    """What one value under ``data`` is."""

    RECORD = auto()
    PERMISSION = auto()
    PEOPLE = auto()
    """The school's list of people: ``/meta/schools/{id}/acl``."""
    DELETION = auto()
    STATE = auto()
    """How far the connection is: ``/meta/schools/{id}``."""
    STRANGE = auto()
    """The wrapper of another integrator's record."""
    OTHER = auto()


def kind_of(value: object) -> Kind:
    """Tell what ``value`` is by its keys."""
    if not isinstance(value, dict):
        return Kind.OTHER
    keys = value.keys()
    if {"identity", "approved"} <= keys:
        return Kind.PERMISSION
    if keys == {"mode", "ids"}:
        return Kind.PEOPLE
    if {"type", "deleted_at"} <= keys <= _DELETION:
        return Kind.DELETION
    if "data" in keys and keys <= _STRANGE:
        return Kind.STRANGE
    return Kind.STATE if keys and keys <= _STATE else Kind.RECORD


@dataclass(kw_only=True)
class Aside:
    """What was met in one document beside its records. Deletions are counted as they come."""

    dataset: str
    is_answer: bool = False
    meta: list[object] = field(default_factory=list)
    members: set[str] = field(default_factory=set)
    """Names of members that no answer of Wonde is known to have."""
    deleted: Counter[str] = field(default_factory=Counter)
    """Deletions by the dataset that they are about; those of no known dataset under the empty name."""
    permissions: list[Mapping[str, object]] = field(default_factory=list)
    people: list[Mapping[str, object]] = field(default_factory=list)
    states: int = 0
    others: int = 0
    is_empty: bool = False
    """Whether there was an empty list under ``data``."""

    @property
    def is_about_access(self) -> bool:
        """Whether its file is called like an answer that holds no school data."""
        return self.dataset in ACCESS

    def lists_nothing(self, endpoint: str) -> bool:
        """Whether it is an empty answer of ``endpoint``."""
        return self.dataset == endpoint and self.is_empty

    def add(self, kind: Kind, value: object) -> None:
        """Lay one value aside that is no record."""
        if not isinstance(value, dict):
            self.is_empty = self.is_empty or value == []
            self.others += value != []
            return
        match kind:
            case Kind.PERMISSION:
                self.permissions.append(value)
            case Kind.PEOPLE:
                self.people.append(value)
            case Kind.DELETION:
                self.deleted[DATASETS.get(_type(value), "")] += not value.get("restored_at")
            case _:
                self.states += 1


def pieces(aside: Aside, source: str) -> Iterator[Piece | Page]:
    """Yield what ``aside`` says."""
    yield from _deletions(aside, source)
    if aside.permissions or aside.lists_nothing("permissions"):
        yield from _grant(aside.permissions, source)
        if _is_part(aside.meta):
            what = (
                "is one page of several of what the school approved: put all pages into one file, one after the other"
            )
            yield Notice(source, what, aside.dataset)
    for people in aside.people:
        yield from _exclusions(people, source)
    for meta in aside.meta:
        yield from _pages(meta, aside, source)
    yield from (Notice(source, what) for what in _unread(aside))


def _deletions(aside: Aside, source: str) -> Iterator[Deletions | Notice]:
    for dataset, count in sorted(aside.deleted.items()):
        if dataset:
            yield Deletions(source=source, dataset=dataset, count=count)
        elif count:
            yield Notice(source, f"says that records of a kind that is not known here were deleted ({count})")


def _grant(permissions: list[Mapping[str, object]], source: str) -> Iterator[Grant | Notice]:
    """Read ``/meta/schools/{id}/permissions``: what the school approved, by the name of each permission."""
    approved = [each for each in permissions if _is_true(each["approved"])]
    refused = [each for each in permissions if not _is_true(each["approved"])]
    names = [_name(each) for each in approved]
    yield Grant(
        source=source,
        estab=school_of(source),
        relying_party="",
        scopes=tuple(dict.fromkeys(name for name in names if name)),
    )
    if refused:
        optional = sum(_is_true(each.get("optional")) for each in refused)
        what = f"{len(refused)} of {len(permissions)}, {optional} of them optional"
        yield Notice(source, f"lists permissions that the school did not approve: {what}")
    if unnamed := names.count(""):
        yield Notice(source, f"has approved permissions without a name that can be read ({unnamed})")


def _name(permission: Mapping[str, object]) -> str:
    """Return the name by which permission sets and the catalogue call it, else its identity; '' if there is neither."""
    named = (str(permission.get(key) or "").strip() for key in ("name", "identity"))
    return next((name for name in named if PERMISSION.fullmatch(name)), "")


def _exclusions(people: Mapping[str, object], source: str) -> Iterator[Exclusions | Notice]:
    """Read ``/meta/schools/{id}/acl``. An id is one record's alone, so one without a type is sought in all kinds."""
    mode = str(people["mode"])
    opt_in = bool(INCLUDES.search(mode))
    listed = people["ids"] if isinstance(people["ids"], list) else []
    if opt_in == bool(EXCLUDES.search(mode)):
        yield Notice(source, f"lists people ({len(listed)}) and does not say in known words whether they are excluded")
        return
    ids: dict[str, set[str]] = {subject: set() for subject in SUBJECTS.values()}
    unknown = strange = 0
    for each in listed:
        number = str((each.get("id") if isinstance(each, dict) else each) or "")
        kind = _type(each) if isinstance(each, dict) else ""
        subjects = [SUBJECTS[kind]] if kind in SUBJECTS else [] if kind else [*SUBJECTS.values()]
        unknown += not (number and subjects)
        strange += bool(number and subjects) and not OWN_NUMBER.fullmatch(number)
        for subject in subjects:
            if OWN_NUMBER.fullmatch(number):
                ids[subject].add(number)
    if strange:
        yield Notice(source, f"lists people by numbers that are not Wonde's own ({strange}): they were not compared")
    if not (strange and opt_in):  # who alone is let in must be known whole, or everybody else seems to be kept out
        yield Exclusions(source=source, ids={key: frozenset(each) for key, each in ids.items()}, opt_in=opt_in)
    if unknown:
        yield Notice(source, f"lists people who are neither pupils, staff nor contacts ({unknown}): they were not read")


def _is_part(meta: list[object]) -> bool:
    """Whether the answers of one file are some pages of several, and not all of them."""
    found = [page for each in meta if isinstance(each, dict) and isinstance(page := each.get("pagination"), dict)]
    numbers = {page.get("current_page") for page in found}
    following = sum(_is_true(page.get("more")) for page in found)
    return bool(found) and (1 not in numbers or following >= len(numbers))


def _pages(meta: object, aside: Aside, source: str) -> Iterator[Page | Notice]:
    """Read ``meta.pagination``. It has no count of pages: only whether another one follows."""
    paging = meta.get("pagination") if isinstance(meta, dict) else None
    if not isinstance(paging, dict):
        return
    number, more = paging.get("current_page"), _is_true(paging.get("more")) or bool(paging.get("next"))
    if isinstance(number, int) and number > 0:
        yield Page(source=source, dataset=aside.dataset, number=number, more=more)
    elif more or paging.get("previous"):
        what = "is one page of several and does not say which: whether the others came is not known"
        yield Notice(source, what, aside.dataset)


def _unread(aside: Aside) -> Iterator[str]:
    """Say what in the answer was not read."""
    if aside.states:
        yield "describes the connection: no records were read from there"
    if aside.lists_nothing("acl"):
        yield "lists nobody and does not say whether those on the list are excluded"
    if aside.others:
        yield f"holds values under 'data' that were not read, as they are no records ({aside.others})"
    if aside.members:
        names = sorted(aside.members)[:NAMES_IN_A_NOTICE]
        yield f"has members that were not read: {', '.join(map(repr, names))}"


def _type(value: Mapping[str, object]) -> str:
    """Return what sort of record is meant, in the singular and in small letters."""
    kind = str(value.get("type") or "").casefold()
    return next((name for name, dataset in DATASETS.items() if kind in {name, dataset}), kind)


def _is_true(value: object) -> bool:
    return value is True or str(value).casefold() in {"1", "true"}
