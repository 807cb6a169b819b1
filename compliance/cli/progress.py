"""What a person sees while something takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from compliance.formats.words import visible

PATIENCE = 2.0
"""Seconds after which a person wants to know that something is going on."""


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[str, int], None] | None]:
    """Yield what to tell about each source and its rows so far; None when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.text import Text  # noqa: PLC0415 - likewise

    status = Console(stderr=True).status("")
    begun = monotonic()

    def tell(source: str, rows: int) -> None:
        if monotonic() - begun > PATIENCE:
            status.start()
            status.update(Text(f"{visible(source)}: {rows:,} rows"))

    try:
        yield tell
    finally:
        status.stop()
