"""JSON and JSON Lines as a stream: memory stays flat however large the file is.

A file is a sequence of JSON values with nothing but blanks between them; one document is a sequence of one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain, islice

from compliance.errors import SourceError
from compliance.integrators.base import Page
from compliance.inventory.batch import Piece
from compliance.sources.base import SourceFile
from compliance.sources.json_blocks import BEGINNING, Rest, array_blocks, line_blocks
from compliance.sources.json_faults import (
    BROKEN,
    LONGEST,
    PIECE,
    Event,
    TooLong,
    fault,
    is_overflow,
    open_json,
    parsed,
)

LINES = (".jsonl", ".ndjson")
"""Endings of files that hold one record after the other."""
DEEPEST = 100
"""Levels of arrays and objects inside one another; school data needs about six."""

OBJECTS = 20
"""Members that are objects, beyond which an object holds one record under each key, and not one dataset."""
LOOKED_AT = 100_000
"""What the parser meets in the beginning of a file from which this is told: some megabytes."""

Events = Generator[tuple[str, object], None, None]


class NotLines(Exception):  # noqa: N818 - no error: the file is read in another way then
    """A part of a file does not hold one object a line."""


def read_json(file: SourceFile) -> Iterator[Piece | Page]:
    """Read a file whose first bytes say whether it holds an array, an envelope or records.

    Raises ``SourceError`` with line and column when it is not JSON.
    """
    yield from file.integrator.read(JsonDocument(file=file, shape=_shape(file)))


def read_json_lines(file: SourceFile, part: tuple[Rest, int] | None = None) -> Iterator[Piece | Page]:
    """Read a file whose ending says that it holds one record after the other, or a part of it.

    Raises ``SourceError`` with line and column when it is not JSON, and ``NotLines`` when a part holds anything but
    one object a line: then only the file as a whole can be read.
    """
    rest, end = part or (BEGINNING, None)
    yield from file.integrator.read(JsonDocument(file=file, shape="lines", rest=rest, end=end))


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonDocument:
    """The ``Document`` of a JSON file; every question reads the file anew."""

    file: SourceFile
    shape: str
    """``lines`` when the ending of its name says that each line is a record; else as its first bytes promise."""
    rest: Rest = BEGINNING
    """Where to begin."""
    end: int | None = None
    """The byte before which to end, of a part of a file of lines."""

    @property
    def first_row(self) -> int:
        """Row of the first record, from 1."""
        return self.rest.row

    def blocks(self) -> Generator[Piece, None, JsonDocument | None]:
        """Yield records as long as they come plainly, one object after the other; return what is left."""
        match self.shape:
            case "lines":
                rest = yield from line_blocks(self.file, self.rest, self.end)
            case "array":
                rest = yield from array_blocks(self.file)
            case _:
                return self
        if rest and self.end is not None:
            raise NotLines
        return replace(self, rest=rest, shape="rest") if rest else None

    @property
    def source(self) -> str:
        """Display name of the file."""
        return self.file.name

    @property
    def stem(self) -> str:
        """File name without folder and ending."""
        return self.file.stem

    def members(self) -> Iterator[tuple[str, object]]:
        """Yield name and value of each member of every top-level object; of an array, each element in turn."""
        with closing(_events(self.file, self.rest)) as events:
            for start, _ in events:
                if start != "start_map":
                    raise self.file.error(
                        "Beside objects it holds other values at its top level.",
                        hint="Give a file that is either one array, or objects only.",
                    )
                yield from self._members(events)

    def values(self) -> Iterator[object]:
        """Yield each element of every top-level array, and each other top-level value."""
        with closing(_events(self.file, self.rest)) as events:
            for event, value in events:
                if event == "start_array":
                    yield from self._elements(events)
                else:
                    yield self._value(event, value, events)

    def _members(self, events: Events) -> Iterator[tuple[str, object]]:
        for name in _names(events):
            event, value = next(events)
            if event != "start_array":
                yield name, self._value(event, value, events)
                continue
            is_empty = True
            for element in self._elements(events):
                is_empty = False
                yield name, element
            if is_empty:
                yield name, []

    def _elements(self, events: Events, depth: int = 1) -> Iterator[object]:
        for event, value in events:
            if event == "end_array":
                return
            yield self._value(event, value, events, depth)

    def _value(self, event: str, value: object, events: Events, depth: int = 1) -> object:
        """Return the value that this event begins, and take its other events."""
        if depth > DEEPEST:
            raise self.file.error(
                f"Its values are nested more than {DEEPEST} levels deep.", hint="Give a flatter export."
            )
        if event == "start_map":
            return self._object(events, depth)
        if event == "start_array":
            return list(self._elements(events, depth + 1))
        return value

    def _object(self, events: Events, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        for name in _names(events):
            if name in found:
                raise self.file.error(
                    "An object in it has two members of one name, so that one would be lost.",
                    hint="Export it again with every name once.",
                )
            found[name] = self._value(*next(events), events, depth + 1)
        return found


def _events(file: SourceFile, rest: Rest = BEGINNING) -> Events:
    """Yield what the parser meets: starts and ends, names, and plain values.

    A file with a whole number of more than 64 bits is read once more, in the way that takes these.
    """
    given = 0
    try:
        for events in parsed(_pieces(file, rest)):
            yield from events
            given += len(events)
    except TooLong:
        raise _too_long(file) from None
    except BROKEN as error:
        if not is_overflow(error):
            raise fault(file) from None
    else:
        return
    try:
        yield from islice(chain.from_iterable(parsed(_pieces(file, rest), is_long=True)), given, None)
    except TooLong:
        raise _too_long(file) from None
    except BROKEN:
        raise fault(file, is_long=True) from None


def _pieces(file: SourceFile, rest: Rest) -> Iterator[bytes]:
    with open_json(file) as stream:
        if rest.offset:
            stream.seek(rest.offset)
        if rest.opening:
            yield rest.opening
        while piece := stream.read(PIECE):
            yield piece


def _too_long(file: SourceFile) -> SourceError:
    return file.error(
        f"A single value in it is longer than {LONGEST // 2**20} MB.",
        hint="Give a file without it: what is so large is no field of a record.",
    )


def _names(events: Events) -> Iterator[str]:
    """Yield the names of an object whose start was taken; the caller takes each value."""
    for event, name in events:
        if event == "end_map":
            return
        yield str(name)


def _shape(file: SourceFile) -> str:
    with closing(_events(file)) as events:
        match [event for event, _ in islice(events, 3)]:
            case ["start_array", *_]:
                return "array"
            case ["start_map", "map_key", "start_array"]:
                return "members"
            case ["start_map", "map_key", "start_map"]:
                return "map" if _is_map(islice(events, LOOKED_AT)) else "members"
            case _:
                return "records"


def _is_map(events: Iterator[Event]) -> bool:
    """Whether more than ``OBJECTS`` members of an object are objects; its first one is, and its start was taken."""
    objects, depth = 1, 2
    for event, _ in events:
        match event:
            case "start_map" | "start_array":
                objects += event == "start_map" and depth == 1
                depth += 1
            case "end_map" | "end_array":
                depth -= 1
        if objects > OBJECTS or not depth:
            break
    return objects > OBJECTS
