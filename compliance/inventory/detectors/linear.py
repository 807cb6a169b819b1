"""Patterns that are searched in time linear in the text, whatever the text: the one home of RE2.

RE2 is loaded with the first pattern, as the commands that read no data need none of it.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

MEMORY = 2**18
"""Bytes that one pattern out of a declaration may take up when compiled: some thousand characters and repeats."""


def encoded(text: str) -> bytes:
    """Return ``text`` as it is searched. JSON may hold half a surrogate pair, which strict UTF-8 refuses."""
    try:
        return text.encode()  # three times as fast as with an error policy
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def lines_with_any(signs: Sequence[str]) -> Callable[[bytes], list[bytes]]:
    """Return what finds the lines of a block in which at least one of ``signs`` matches."""
    import re2

    # Bytes are searched, not characters: the signs are ASCII, and whatever is not may stand as an edge.
    options = _options()
    options.never_nl = True  # an edge is never the break between two lines
    found: Callable[[bytes], list[bytes]] = re2.compile(f"(?m)^.*(?:{'|'.join(signs)}).*$".encode(), options).findall
    return found


def which_of(signs: Sequence[str]) -> Callable[[bytes], Sequence[int] | None]:
    """Return what says which of ``signs``, by number, match a text; None of none."""
    import re2

    patterns = re2.Set.SearchSet(_options())
    for sign in signs:
        patterns.Add(sign.encode())
    patterns.Compile()
    matching: Callable[[bytes], Sequence[int] | None] = patterns.Match
    return matching


def _options() -> Any:  # noqa: ANN401 - RE2 has no types
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    return options
