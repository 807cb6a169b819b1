"""Names that were misspelt: what a documented name was meant to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

ONE_SLIP, TWO_SLIPS = 5, 12
"""Letters and digits from which on a name may be one, or two, slips away from the documented one. Below five, as in
``sex`` and ``sms``, another name is too near."""
_SIGNS = re.compile(r"[\W_]+")


def respelt(names: Sequence[str], documented: Collection[str]) -> Mapping[str, str]:
    """Return the documented name that each misspelt one of ``names`` was meant to be.

    Case, blanks and signs do not count; beyond that a slip is a letter that is missing, too many,
    another, or swapped with the next. Nothing
    is guessed where two documented names are as near, or two names would become one.
    """
    open_names = [name for name in documented if name not in names]
    meant = {name: found for name in names if name not in documented and (found := _nearest(name, open_names))}
    return {name: found for name, found in meant.items() if list(meant.values()).count(found) == 1}


def _nearest(name: str, documented: Collection[str]) -> str | None:
    bare = _bare(name)
    allowed = (len(bare) >= ONE_SLIP) + (len(bare) >= TWO_SLIPS)
    slips = {known: _slips(bare, _bare(known)) for known in documented}
    least = min(slips.values(), default=allowed + 1)
    nearest = [known for known, count in slips.items() if count == least]
    return nearest[0] if least <= allowed and len(nearest) == 1 else None


def _bare(name: str) -> str:
    return _SIGNS.sub("", name).casefold()


def _slips(one: str, other: str) -> int:
    """Return the distance of Damerau and Levenshtein, in which two neighbours that are swapped are one slip."""
    before: list[int] = []
    above: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for number, sign in enumerate(one, start=1):
        before, above, row = above, row, [number]
        for place, against in enumerate(other, start=1):
            least = min(above[place] + 1, row[-1] + 1, above[place - 1] + (sign != against))
            if before and place > 1 and (sign, one[number - 2]) == (other[place - 2], against):
                least = min(least, before[place - 2] + 1)
            row.append(least)
    return row[-1]
