"""Reads YAML: bytes in, plain values out that know where they stand. The only place that imports yaml.

YAML 1.1 makes a boolean of ``NO``, a number of ``1:30`` and a date of ``2026-09-01``. Here a plain scalar is
``true``, ``false``, ``null`` (or ``~``, or nothing), a number as JSON writes it, or else the text that it is.
What would let a small file grow, or mean something else to another reader, is refused: tags, anchors, aliases,
merge keys, repeated keys, several documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn, TypeAlias, cast

import yaml

from compliance.declarations.names import shown
from compliance.errors import DeclarationError, Place, Problem

MAX_BYTES = 2_000_000
"""Twenty times a declaration of a thousand fields."""
MAX_DEPTH = 40
"""Five times what a declaration needs."""

Mark: TypeAlias = tuple[int, int]
"""Line and column, from 1."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?P<decimal>(?:\.[0-9]{1,18})?(?:[eE][+-]?[0-9]{1,2})?)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")


class BareDate(str):
    """Text that YAML 1.1 takes for a date, because nobody put it in quotes."""

    __slots__ = ()


class YamlMapping(dict[str, object]):
    """A mapping that knows where each key and each value stands."""

    __slots__ = ("key_marks", "value_marks")

    def __init__(self) -> None:
        super().__init__()
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}


class YamlList(list[object]):
    """A list that knows where each element stands."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []


def parse_yaml(data: bytes, file: str) -> YamlMapping:
    """Read the one mapping that a declaration is.

    ``file`` is the display name that problems carry. Raises ``DeclarationError`` with every problem found.
    """
    text = _decode(data, file)
    reader = _Reader(text, file)
    try:
        root = reader.document()
    except yaml.YAMLError as error:
        reader.refuse_syntax(error)
    if reader.problems:
        raise DeclarationError(tuple(reader.problems))
    return root


def _decode(data: bytes, file: str) -> str:
    """Return the text of a file that is small enough, UTF-8 and free of control characters."""
    if len(data) > MAX_BYTES:
        _refuse(Place(file), "the file is larger than 2 MB.", "Split it, or look for what swelled it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(
            _place_after(data[: error.start].decode("utf-8-sig"), file), "the file is not UTF-8.", "Save it as UTF-8."
        )
    if control := _CONTROL.search(text):
        message = f"the control character U+{ord(control[0]):04X} stands here."
        _refuse(_place_after(text[: control.start()], file), message, "Delete it.")
    return text


def _place_after(text: str, file: str) -> Place:
    lines = _LINE_BREAK.split(text)
    return Place(file, len(lines), len(lines[-1]) + 1)


def _refuse(place: Place, message: str, hint: str) -> NoReturn:
    raise DeclarationError((Problem(place=place, where="", message=message, hint=hint),)) from None


class _Reader:
    """Turns the parser's events into values, and notes what it will not read."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self._events = cast("Iterator[yaml.NodeEvent]", yaml.parse(text, Loader=_LOADER))

    def document(self) -> YamlMapping:
        """Return the top-level mapping of the only document."""
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            self._stop((1, 1), "the file is empty.", "Begin it with its kind, such as kind: permission_set.")
        event = next(self._events)
        root = self._value(event, depth=1)
        next(self._events)  # the document ends
        if not isinstance(after := next(self._events), yaml.StreamEndEvent):
            self._complain(_mark(after), "a second document begins here.", "Give it a file of its own.")
        if not isinstance(root, YamlMapping):
            self._stop(_mark(event), "the file is not a mapping of keys and values.", "Begin it with its kind.")
        return root

    def refuse_syntax(self, error: yaml.YAMLError) -> NoReturn:
        """Say where the text stops being YAML."""
        spot = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (spot.line + 1, spot.column + 1) if spot else (0, 0)
        rest = _LINE_BREAK.split(self.text)[line - 1 : line] if spot else []
        if any(text[column - 1 :].startswith("\t") for text in rest):
            self._stop((line, column), "a tab stands where YAML allows only spaces.", "Indent with spaces.")
        why = getattr(error, "problem", None) or "it cannot be read"
        hint = "Look at this line and the one before it: indentation, quotes, brackets, a colon without its space."
        self._stop((line, column), f"this is not YAML: {why}.", hint)

    def _value(self, event: yaml.NodeEvent, *, depth: int) -> object:
        """Read the value that begins with ``event``."""
        if depth > MAX_DEPTH:
            self._stop(_mark(event), f"the file is more than {MAX_DEPTH} levels deep.", "")
        if isinstance(event, yaml.AliasEvent):
            self._complain(_mark(event), "an alias (*) is not read.", "Write the value out.")
            return None
        self._refuse_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else _resolve(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(depth)
        return self._mapping(depth)

    def _list(self, depth: int) -> YamlList:
        series = YamlList()
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            series.marks.append(_mark(event))
            series.append(self._value(event, depth=depth + 1))
        return series

    def _mapping(self, depth: int) -> YamlMapping:
        mapping = YamlMapping()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, key_mark = self._key(event), _mark(event)
            event = next(self._events)
            mark = _mark(event)
            value = self._value(event, depth=depth + 1)
            if key in mapping:
                first = mapping.key_marks[key][0]
                self._complain(
                    key_mark, f"the key {shown(key)} stands here a second time.", f"It first stands on line {first}."
                )
                continue
            mapping[key] = value
            mapping.key_marks[key], mapping.value_marks[key] = key_mark, mark
        return mapping

    def _key(self, event: yaml.NodeEvent) -> str:
        """Return the text of a key, whatever YAML would make of it."""
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(_mark(event), "a key must be a text.", "A text with braces or brackets needs quotes.")
        self._refuse_properties(event)
        if event.value == "<<" and not event.style:
            self._complain(_mark(event), "a merge key (<<) is not read.", "Write the keys out.")
        return str(event.value)

    def _refuse_properties(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            hint = "Leave it out; a text that begins with & needs quotes."
            self._complain(_mark(event), "an anchor (&) is not read.", hint)
        if getattr(event, "tag", None):
            hint = "Leave it out; a text that begins with ! needs quotes."
            self._complain(_mark(event), "a tag (!) is not read.", hint)

    def _complain(self, mark: Mark, message: str, hint: str) -> None:
        self.problems.append(Problem(place=Place(self.file, *mark), where="", message=message, hint=hint))

    def _stop(self, mark: Mark, message: str, hint: str) -> NoReturn:
        self._complain(mark, message, hint)
        raise DeclarationError(tuple(self.problems)) from None


def _mark(event: yaml.NodeEvent) -> Mark:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _resolve(text: str) -> object:
    """Return what a plain scalar stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if number := _NUMBER.fullmatch(text):
        return float(text) if number["decimal"] else int(text)
    return BareDate(text) if _DATE.fullmatch(text) else text
