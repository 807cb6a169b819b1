"""Names from the command line, with the nearest one for those who mistype."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from compliance.errors import UsageError


def choose(name: str, known: Iterable[str], *, what: str) -> str:
    """Return ``name`` as it is known, whatever its case. Raises ``UsageError`` naming the nearest."""
    by_folded = {each.casefold(): each for each in known}
    if name.casefold() in by_folded:
        return by_folded[name.casefold()]
    near = get_close_matches(name.casefold(), by_folded, n=1)
    guess = f"Did you mean {by_folded[near[0]]}? " if near else ""
    raise UsageError(f"There is no {what} {name!r}.", hint=f"{guess}Known: {', '.join(by_folded.values())}.")


def chosen_packs(names: Iterable[str]) -> tuple[str, ...]:
    """Return the packs of rules that were named, each once. Raises ``UsageError``."""
    from compliance.rules.packs import PACKS  # noqa: PLC0415 - imported when a command runs

    return tuple(dict.fromkeys(choose(name, PACKS, what="pack of rules") for name in names))


def named_paths(option: str, texts: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Read each ``NAME=PATH`` that was given to ``option``. Raises ``UsageError``."""
    for given in texts:
        name, _, path = given.partition("=")
        chosen = choose(name, known, what="format")
        if not path:
            raise UsageError(f"{option} {given!r} names no file.", hint=f"Write {option} {chosen}=PATH.")
        yield chosen, Path(path)
