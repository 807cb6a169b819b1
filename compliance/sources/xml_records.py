"""XML interchange files (Ed-Fi, SIF, the Common Transfer File and their like), read as a stream of records.

How elements become records:

- the elements directly below the root are records, each of the dataset of its name;
- a *wrapper* is none: an element that stands once, has neither text nor attributes, and holds elements of one name
  alone, at least two of them. What it holds is records. ``WRAPPERS`` names those that are wrappers however few they
  hold;
- a root whose elements all hold plain values is itself one record;
- attributes become ``@name``, so that no attribute hides an element of its name; text beside attributes or elements
  becomes ``#text``;
- an element that stands more than once in its parent becomes an array; an element that holds nothing is an empty text,
  and one with ``xsi:nil`` is null;
- namespaces are dropped, and with them the attributes of XML Schema (``xsi:schemaLocation``).

expat, which is part of Python, reads the file: it says line and column, fetches nothing, and hands every declaration of
an entity over before it is used, where reading ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat  # entities end the reading at their declaration, and nothing is fetched

from compliance.errors import SourceError
from compliance.integrators.batches import Row, batches
from compliance.inventory.batch import Batch
from compliance.sources.base import SourceFile

DEEPEST = 100
"""Levels of elements inside one another; the deepest of the interchange formats has about ten."""
LARGEST_RECORD = 64 * 1024 * 1024
"""Characters of one record beyond which a file does not consist of records; a photo in a record has about 1 MB."""
WRAPPERS = frozenset(
    {
        "CTFpupilData",  # Common Transfer File: CTfile/CTFpupilData/Pupil
        "SIF_Response",  # SIF 2: SIF_Message/SIF_Response/SIF_ObjectData/StudentPersonal
        "SIF_ObjectData",
        "SIF_Event",
        "SIF_EventObject",
    }
)
_PIECE = 64 * 1024
_LEVELS = 5
"""Levels down to which wrappers may stand."""
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_SPACE = " "
"""Stands between namespace and name; no name has it."""

Path = tuple[str, ...]
"""Names of elements from the root down."""


def read_xml(file: SourceFile) -> Iterator[Batch]:
    """Read a file twice: once for where its records stand, once for the records.

    Raises ``SourceError`` with line and column when it is no XML, declares entities, or is nested too deep.
    """
    shape = _Shape()
    for _ in _parse(file, shape):
        pass
    yield from batches(file.name, _records(file, shape.containers()))


def _records(file: SourceFile, containers: frozenset[Path]) -> Iterator[Row]:
    builder = _Records(containers)
    for _ in _parse(file, builder):
        yield from builder.finished
        builder.finished.clear()


@dataclass(slots=True)
class _Seen:
    """What was seen of all elements at one path."""

    count: int = 0
    is_plain: bool = True
    """Whether none has attributes or elements."""
    has_own: bool = False
    """Whether one has text or attributes."""
    children: Counter[str] = field(default_factory=Counter)


class _Shape:
    """Remembers which elements stand where, down to the level where wrappers end; no value."""

    def __init__(self) -> None:
        self._seen: dict[Path, _Seen] = {}
        self._path: Path = ()
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        self._depth += 1
        if self._depth > _LEVELS:
            return
        if self._path in self._seen:
            parent = self._seen[self._path]
            parent.children[name] += 1
            parent.is_plain = False
        self._path = (*self._path, name)
        seen = self._seen.setdefault(self._path, _Seen())
        seen.count += 1
        if attributes:
            seen.is_plain, seen.has_own = False, True

    def end(self) -> None:
        """Take the end of an element."""
        if self._depth <= _LEVELS:
            self._path = self._path[:-1]
        self._depth -= 1

    def text(self, text: str) -> None:
        """Take text."""
        if self._depth <= _LEVELS and not text.isspace():
            self._seen[self._path].has_own = True

    def containers(self) -> frozenset[Path]:
        """Return the paths of the elements whose children are records."""
        root = next(iter(self._seen))
        if all(self._seen[(*root, name)].is_plain for name in self._seen[root].children):
            return frozenset({()})
        return frozenset({root, *self._wrappers(root)})

    def _wrappers(self, container: Path) -> Iterator[Path]:
        for name in self._seen[container].children:
            path = (*container, name)
            if len(path) < _LEVELS and self._is_wrapper(path):
                yield path
                yield from self._wrappers(path)

    def _is_wrapper(self, path: Path) -> bool:
        seen = self._seen[path]
        if path[-1] in WRAPPERS:
            return bool(seen.children)
        return seen.count == 1 and not seen.has_own and len(seen.children) == 1 and seen.children.total() > 1


class _Records:
    """Builds one record after the other; what is finished is handed over and forgotten."""

    def __init__(self, containers: frozenset[Path]) -> None:
        self.finished: list[Row] = []
        self._containers = containers
        self._path: Path = ()
        self._open: list[_Element] = []
        self._size = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if self._open or self._path in self._containers:
            path = (*self._path, name)
            if self._open or path not in self._containers:
                self._open.append(_Element(name, attributes))
                return
        self._path = (*self._path, name)

    def end(self) -> None:
        """Take the end of an element."""
        if not self._open:
            self._path = self._path[:-1]
            return
        element = self._open.pop()
        if self._open:
            self._open[-1].add(element.name, element.value())
            return
        value = element.value()
        record = value if isinstance(value, dict) else {"#text": value}
        self.finished.append(Row(element.name, record))
        self._size = 0

    def text(self, text: str) -> None:
        """Take text. Raises ``_TooLarge`` when a record would fill the memory."""
        if self._open:
            self._size += len(text)
            if self._size > LARGEST_RECORD:
                raise _TooLargeError
            self._open[-1].texts.append(text)


class _Element:
    """One element of a record while it is read. It holds personal data."""

    __slots__ = ("is_nil", "members", "name", "repeated", "texts")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.texts: list[str] = []
        self.repeated: set[str] = set()
        self.is_nil = attributes.get("xsi:nil") in {"true", "1"}
        self.members: dict[str, object] = {f"@{key}": value for key, value in attributes.items() if key != "xsi:nil"}

    def __repr__(self) -> str:
        """Say what it is without a value."""
        return f"<element {self.name!r}>"

    def add(self, name: str, value: object) -> None:
        """Add what a child holds; the second of one name makes an array of both."""
        if name not in self.members:
            self.members[name] = value
        elif name in self.repeated:
            held = self.members[name]
            assert isinstance(held, list)  # noqa: S101 - what is repeated is a list
            held.append(value)
        else:
            self.members[name] = [self.members[name], value]
            self.repeated.add(name)

    def value(self) -> object:
        """Return what it holds: an object, or a text, or null."""
        text = "".join(self.texts).strip()
        if not self.members:
            return None if self.is_nil and not text else text
        if text:
            self.members["#text"] = text
        return self.members


class _TooLargeError(Exception):
    """One record would fill the memory."""


class _EntityError(Exception):
    """The file declares an entity."""


class _TooDeepError(Exception):
    """Elements stand too deep inside one another."""


def _parse(file: SourceFile, target: _Shape | _Records) -> Iterator[None]:
    """Hand a file to ``target``, a piece at a time.

    Attributes come without their namespace, but for ``xsi:nil``; other attributes of XML Schema do not come.
    """
    depth = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _TooDeepError
        target.start(_local(name), _own(attributes) if attributes else attributes)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        target.end()

    parser = expat.ParserCreate(file.encoding, namespace_separator=_SPACE)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = target.text
    parser.EntityDeclHandler = _refuse_entity
    with file.open() as stream:
        while True:
            piece = stream.read(_PIECE)
            try:
                parser.Parse(piece, not piece)
            except (expat.ExpatError, _TooLargeError, _EntityError, _TooDeepError, LookupError, ValueError) as error:
                raise _refusal(file, parser, error, is_end=not piece) from None
            yield
            if not piece:
                return


def _refuse_entity(*_: object) -> None:
    raise _EntityError


def _local(name: str) -> str:
    return name.rpartition(_SPACE)[2]


def _own(attributes: Mapping[str, str]) -> Mapping[str, str]:
    named: dict[str, str] = {}
    for name, value in attributes.items():
        space, _, local = name.rpartition(_SPACE)
        if space != _SCHEMA:
            named[local] = value
        elif local == "nil":
            named["xsi:nil"] = value
    return named


_REASONS: Mapping[type[Exception], Callable[[], tuple[str, str]]] = {
    _TooLargeError: lambda: (
        f"A record has more than {LARGEST_RECORD:,} characters.",
        "Export it again with one element for each record.",
    ),
    _EntityError: lambda: (
        "It declares an entity, which can be used to attack whoever reads it.",
        "Export it again without a DTD.",
    ),
    _TooDeepError: lambda: (f"Its elements are nested more than {DEEPEST} levels deep.", "Give a flatter export."),
}


def _refusal(file: SourceFile, parser: expat.XMLParserType, error: Exception, *, is_end: bool) -> SourceError:
    line, column = max(parser.CurrentLineNumber, 1), parser.CurrentColumnNumber + 1
    if reason := _REASONS.get(type(error)):
        message, hint = reason()
    elif is_end:
        message, hint = "It ends before its root element does: it was cut off.", "Fetch or export it again."
    elif isinstance(error, expat.ExpatError):
        line, column = error.lineno, error.offset + 1
        message, hint = "From here on it is no XML.", "Export it again, as XML in UTF-8."
    else:
        message, hint = "It names an encoding that is not known here.", "Export it again, as XML in UTF-8."
    return file.error(message, hint=hint, line=line, column=column)
