"""The files that describe a store."""

from __future__ import annotations

from pathlib import Path

from compliance.errors import Place, SourceError

MAX_BYTES = 64_000_000
"""Far more than any schema takes; a dump with rows in it may be larger, and is none."""


def text_at(path: Path) -> str:
    """Return the text of a file, without a byte-order mark. Raises ``SourceError``, which never quotes it."""
    name = path.as_posix()
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SourceError(
                f"It is larger than {MAX_BYTES // 1_000_000} MB.",
                hint="Export the schema without rows.",
                place=Place(name),
            )
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError("It is not UTF-8.", hint="Save it as UTF-8.", place=Place(name)) from None
    except OSError as error:
        why = error.strerror or "the system refused"
        raise SourceError(f"It cannot be read: {why}.", hint="Check its spelling.", place=Place(name)) from None


def nothing_in(address: str, what: str) -> SourceError:
    """Return the error for a description of nothing: it must not look like a store without a fault."""
    return SourceError(f"It describes no {what}.", hint="Give the files that create it.", place=Place(address))
