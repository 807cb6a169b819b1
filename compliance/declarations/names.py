"""How a name stands in a problem, and which name was perhaps meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

_PLAIN = re.compile(r"[\w*.:/\[\] -]{1,80}")
_SHOWN = 40
"""So much is shown of a name that is no plain one."""
_FEW = 12
"""So many names are listed when none is near; more would bury the sentence."""


def shown(name: str) -> str:
    """Return a name as it can stand in one line, whatever somebody wrote."""
    return name if _PLAIN.fullmatch(name) else repr(name[:_SHOWN])


def meant(name: str, known: Collection[str]) -> str:
    """Return ``Did you mean …?`` when one of the ``known`` names is near; else nothing."""
    folded = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1)
    return f"Did you mean {shown(folded[near[0]])}?" if near else ""


def meant_or_known(name: str, known: Collection[str]) -> str:
    """Return the near name, or all names when they are few."""
    if hint := meant(name, known):
        return hint
    return f"Known: {', '.join(map(shown, sorted(known)))}." if 0 < len(known) <= _FEW else ""
