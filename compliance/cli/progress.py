"""What a person sees while something takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
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


@contextmanager
def batch_progress(whole: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Yield what to tell how many of ``whole`` schools are done; whoever watches sees how long the rest may take."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

    status = Console(stderr=True).status(left_of(whole, 0, 0.0))
    begun = monotonic()
    status.start()
    try:
        yield lambda done: status.update(left_of(whole, done, monotonic() - begun))
    finally:
        status.stop()


def left_of(whole: int, done: int, seconds: float) -> str:
    """Say how much of a batch is done, and how long the rest takes at the rate so far."""
    if not done:
        return f"0 of {whole:,} schools"
    minutes, rest = divmod(ceil(seconds / done * (whole - done)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{done:,} of {whole:,} schools, about {hours}:{minutes:02}:{rest:02} left"
