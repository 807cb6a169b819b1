"""What goes to standard output: text for machines, and lines that a terminal may colour."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

from compliance.formats.text import Line

STYLES: Mapping[str, str] = {
    "title": "bold",
    "quiet": "dim",
    "error": "bold red",
    "warning": "yellow",
    "info": "cyan",
}


def put(text: str) -> None:
    """Write ``text`` to standard output; a reader that leaves early, such as ``head``, changes nothing else."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put_lines(lines: Iterable[Line], *, no_color: bool) -> None:
    """Write lines, in colour on a terminal unless that is declined (``--no-color``, or NO_COLOR: no-color.org)."""
    if no_color or os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        put("".join(f"{line.text}\n" for line in lines))
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=STYLES.get(line.tone, "")))
