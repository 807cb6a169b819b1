"""Which encoding a text file has: its byte-order mark says it, or somebody, or its bytes."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple, TextIO

from compliance.errors import SourceError
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile

WESTERN = "cp1252"
"""What Windows in Western Europe writes when it does not write UTF-8; browsers take the same guess (WHATWG, Encoding
Standard). Whoever exported in another one names it: wrong letters change no count of fields."""
LONGEST_LINE = 16 * 1024 * 1024
"""Characters of one line beyond which it comes in parts; about ten thousand times a pupil's row. The parts have fewer
cells than the header, so that it is refused."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_PIECE = 256 * 1024


class Encoding(NamedTuple):
    """The encoding of a file, and what must be said about how it was found."""

    name: str
    notice: Notice | None = None


def encoding_of(file: SourceFile) -> Encoding:
    """Return the encoding that the byte-order mark names, or the one that was given, or UTF-8, or ``WESTERN``.

    A file without a mark is read once to the end for this. Raises ``SourceError`` when it is no text.
    """
    with file.open() as stream:
        head = stream.read(_HEAD)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return Encoding(encoding)
        named = file.encoding or "utf-8"
        if b"\0" in head and _keeps_line_ends(named):
            raise file.error("It holds zero bytes: it is no text.", hint="Export it again as CSV in UTF-8.", line=1)
    if file.encoding or _is_in(file, "utf-8") or not _is_in(file, WESTERN):
        return Encoding(named)
    what = f"is not UTF-8 and was read as {WESTERN}; name another encoding with `--encoding` if that is not right"
    return Encoding(WESTERN, Notice(file.name, what))


def open_text(file: SourceFile, encoding: str) -> TextIO:
    """Open a text file whose line ends are kept."""
    return io.TextIOWrapper(file.open(), encoding=encoding, newline="")


def lines_of(text: TextIO) -> Iterator[str]:
    """Yield every line, one that would fill the memory in parts."""
    return iter(partial(text.readline, LONGEST_LINE), "")


def undecodable(file: SourceFile, encoding: str) -> SourceError:
    """Find the first character that is not in ``encoding``."""
    message = f"It holds bytes that are not {encoding}."
    hint = "Name its encoding, such as `--encoding cp1252`, or export it again in UTF-8."
    if _keeps_line_ends(encoding):
        with file.open() as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    line.decode(encoding)
                except UnicodeDecodeError as error:
                    column = len(line[: error.start].decode(encoding)) + 1
                    return file.error(message, hint=hint, line=number, column=column)
    return file.error(message, hint=hint)


def _is_in(file: SourceFile, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with file.open() as stream:
        try:
            while piece := stream.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _keeps_line_ends(encoding: str) -> bool:
    """Whether lines can be told apart before they are decoded, as they cannot in UTF-16."""
    return b"\n".decode(encoding, errors="ignore") == "\n"
