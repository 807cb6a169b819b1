"""Code of the app that describes its store. It is imported only when an address names it."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compliance.errors import Place, SourceError


@contextmanager
def from_here(address: str) -> Iterator[None]:
    """Let modules of the current folder be imported, and let whatever they raise be one clear error.

    Its text is left out: it may hold settings, and settings hold secrets.
    """
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        yield
    except SourceError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of others raises whatever it likes
        raise SourceError(
            f"The code that it names fails with {type(error).__name__}.",
            hint="Run the command in the folder and the environment in which the app itself runs.",
            place=Place(address),
        ) from None
    finally:
        sys.path.remove(here)


def line_of(model: type, attribute: str) -> Place:
    """Return the line of a class's source at which an attribute is given its value, or that of the class."""
    try:
        lines, first = inspect.getsourcelines(model)
        file = Path(inspect.getsourcefile(model) or "")
    except (OSError, TypeError):
        return Place(f"{model.__module__}.{model.__qualname__}")
    name = file.relative_to(Path.cwd()).as_posix() if file.is_relative_to(Path.cwd()) else file.as_posix()
    own = re.compile(rf"\s+{re.escape(attribute)}\s*[:=]")
    at = next((at for at, text in enumerate(lines) if own.match(text)), 0)
    return Place(name, first + at, len(lines[at]) - len(lines[at].lstrip()) + 1)
