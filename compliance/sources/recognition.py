"""Whose files stand at an address, by how they begin. Names are looked at and forgotten; no value is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice

from compliance.errors import SourceError
from compliance.integrators.base import Integrator, Seen
from compliance.integrators.plain import Plain
from compliance.integrators.registry import INTEGRATORS
from compliance.inventory.batch import Rows
from compliance.model.inventory import Notice
from compliance.sources import bundles
from compliance.sources.base import SourceFile
from compliance.sources.bundles import files_inside, is_inside
from compliance.sources.compressed import unpacked
from compliance.sources.csv_tables import read_csv
from compliance.sources.folders import local_files, root_of
from compliance.sources.json_documents import LINES
from compliance.sources.json_faults import BROKEN, BYTE_ORDER_MARK, Event, TooLong, parsed
from compliance.sources.mongodb import is_mongodb
from compliance.sources.remote import is_remote, remote_files
from compliance.sources.saved_files import is_saved
from compliance.sources.sql_address import is_database

FILES = 32
"""Files of an address that are looked at: an answer for each dataset of a school, and more than a bundle has."""
BEGINNING = 64 * 1024
"""Bytes of each file that are looked at."""

_JSON = (".json", *LINES)
_TABLES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Whose the files look to be."""

    integrator: str
    """``plain`` when they are several integrators'."""
    why: str
    """One sentence without a full stop."""
    source: str = ""
    """Display name of the file that showed it; empty when several did."""

    def __str__(self) -> str:
        """Say it to people."""
        return f"{self.why}."


def recognise(
    addresses: Iterable[str], integrators: Sequence[Integrator] = tuple(INTEGRATORS.values())
) -> Recognition | None:
    """Say whose files stand at ``addresses``; None when nobody knows any as its own.

    Where two integrators each know a file, the answer is plain: the one's rules would miscount the other's records,
    and a majority of files says nothing about the rest. What cannot be read is passed over: reading it says why.
    """
    found: dict[str, tuple[str, str]] = {}
    for address in addresses:
        for name, seen in _beginnings(address):
            for integrator in integrators:
                why = integrator.recognise(seen)
                if why:
                    found.setdefault(integrator.name, (name, why))
    match [*found.items()]:
        case []:
            return None
        case [(known, (name, why))]:
            return Recognition(integrator=known, why=f"Recognised as {known}: {name} {why}", source=name)
        case several:
            each = "; ".join(f"{name} looks like {known}'s, as it {why}" for known, (name, why) in several)
            return Recognition(
                integrator=Plain.name,
                why=f"Read as plain records, as files of several integrators stand together: {each}",
            )


def _beginnings(address: str) -> Iterator[tuple[str, Seen]]:
    """Yield the display name of each file that is looked at, and what its beginning shows."""
    if is_mongodb(address) or is_database(address) or is_saved(address):
        return
    with suppress(SourceError, OSError):
        if is_inside(address):
            files = files_inside(address, Plain(), None)
        elif is_remote(address):
            files = iter(remote_files(address, Plain(), None))
        else:
            files = (file for file in local_files(root_of(address), Plain(), None) if not isinstance(file, Notice))
        for file in islice(_opened(files), FILES):
            with suppress(SourceError, OSError):
                yield file.name, _seen(file)


def _opened(files: Iterator[SourceFile]) -> Iterator[SourceFile]:
    """Yield each file unpacked, and of a bundle each member."""
    for packed in files:
        with suppress(SourceError, OSError):
            file = unpacked(packed)
            if file.ending == bundles.ENDING:
                yield from map(unpacked, bundles.members(file))
            else:
                yield file


def _seen(file: SourceFile) -> Seen:
    path = file.name.partition("/")[2] or file.name
    if file.ending not in {*_JSON, *_TABLES}:
        return Seen(path=path)
    with file.open() as stream:
        beginning = stream.read(BEGINNING)
    if file.ending in _TABLES:
        return Seen(path=path, keys=_columns(file, beginning))
    members, keys = _names(_events(beginning.removeprefix(BYTE_ORDER_MARK)))
    return Seen(path=path, members=members, keys=keys)


def _columns(file: SourceFile, beginning: bytes) -> frozenset[str]:
    """Return the columns of a table that begins so."""
    lines = beginning[: beginning.rfind(b"\n") + 1] or beginning
    table = replace(file, path=None, opener=lambda: BytesIO(lines))
    for piece in read_csv(table):
        if isinstance(piece, Rows):
            return frozenset(piece.columns)
    return frozenset()


def _events(beginning: bytes) -> Iterator[Event]:
    """Yield what a parser meets up to where the beginning breaks off."""
    with suppress(*BROKEN, TooLong):
        for events in parsed([beginning]):
            yield from events


def _names(events: Iterable[Event]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the members of the first top-level object, and of the first record.

    As when it is read, an object that begins with a plain value is itself a record.
    """
    members: list[str] = []
    keys: list[str] = []
    depth = tops = record = 0
    is_record: bool | None = None
    for event, value in events:
        if event == "map_key":
            if depth == 1 and tops == 1:
                members.append(str(value))
            if depth == record:
                keys.append(str(value))
            continue
        is_start = event.startswith("start_")
        if depth == 1 and members and is_record is None:
            is_record = not is_start
        if is_start:
            depth += 1
            tops += depth == 1
            if event == "start_map" and depth > 1 and not record:
                record = depth
        elif event.startswith("end_"):
            if depth == record:
                record = -1
            depth -= 1
    return frozenset(members), frozenset(members if is_record else keys)
