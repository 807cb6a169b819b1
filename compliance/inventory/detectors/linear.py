"""Patterns that are searched in time linear in the text, whatever the text: the one home of RE2.

RE2 is loaded with the first pattern, as the commands that read no data need none of it.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

MEMORY = 2**18
"""Bytes that one pattern out of a declaration may take up when compiled: some thousand characters and repeats."""


def encoded(text: str) -> bytes:
    """Return ``text`` as it is searched. JSON may hold half a surrogate pair, which strict UTF-8 refuses."""
    try:
        return text.encode()  # three times as fast as with an error policy
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def lines_with_any(signs: Sequence[str]) -> Callable[[bytes], Iterator[bytes]]:
    """Return what yields the lines of a block in which at least one of ``signs`` matches."""
    import re2

    options = _options()
    options.never_nl = True  # an edge is never the break between two lines
    matches = re2.compile(f"(?m)^.*(?:{'|'.join(signs)}).*$".encode(), options).finditer
    return lambda block: (match[0] for match in matches(block))


def which_of(signs: Sequence[str]) -> Callable[[bytes], Sequence[int] | None]:
    """Return what says which of ``signs``, by number, match a text; None of none."""
    import re2

    patterns = re2.Set.SearchSet(_options())
    for sign in signs:
        patterns.Add(sign.encode())
    patterns.Compile()
    matching: Callable[[bytes], Sequence[int] | None] = patterns.Match
    return matching


def refusal(pattern: str) -> str | None:
    """Return why RE2 will have none of a pattern, or None."""
    import re2

    try:
        re2.compile(pattern.encode(), _options(MEMORY))
        _edged(pattern)
    except re2.error as error:
        (why,) = error.args
        return why.decode("ascii", "replace") if isinstance(why, bytes) else str(why)
    return None


def is_whole(pattern: str) -> Callable[[str], bool]:
    """Return what says whether a whole text matches ``pattern``."""
    import re2

    matched = re2.compile(pattern.encode(), _options(MEMORY)).fullmatch
    return lambda text: matched(encoded(text)) is not None


@dataclass(frozen=True, slots=True)
class Edged:
    """The shape of an identifier beside which there is no letter and no digit of ASCII. A match has no groups."""

    pattern: str

    def finditer(self, string: str, /) -> Iterator[Stretch]:
        """Yield each place where the pattern stands, from left to right; one edge may part two of them."""
        search, data = _edged(self.pattern).search, b" " + encoded(string) + b" "
        begin, read = 0, 1  # so many characters are as many bytes, but for the blank that stands for the first edge
        while found := search(data, read - 1):
            first, last = found.span(1)
            begin += len(data[read:first].decode("utf-8", "surrogatepass"))
            end = begin + last - first
            yield Stretch(string, begin, end)
            begin, read = end, last


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that was matched, as ``re.Match`` tells of it."""

    string: str
    first: int
    last: int

    def __repr__(self) -> str:
        """Say what it is without the text."""
        return f"<Stretch of {self.last - self.first} characters>"

    def start(self) -> int:
        """Return the index of its first character."""
        return self.first

    def end(self) -> int:
        """Return the index after its last character."""
        return self.last

    def groups(self) -> tuple[()]:
        """Return what groups matched: there are none."""
        return ()

    def __getitem__(self, group: int, /) -> str:
        """Return the text of the match itself, as which it is group 0."""
        return (self.string[self.first : self.last], *self.groups())[group]


@cache
def _edged(pattern: str) -> Any:  # noqa: ANN401 - RE2 has no types
    import re2

    options = _options(MEMORY)
    options.never_capture = False
    return re2.compile(f"[^0-9A-Za-z]({pattern})[^0-9A-Za-z]".encode(), options)


def _options(memory: int = 2**26) -> Any:  # noqa: ANN401 - RE2 has no types
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = memory
    options.never_capture = True
    options.log_errors = False
    return options
