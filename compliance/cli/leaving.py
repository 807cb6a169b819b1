"""What somebody leaves out on purpose, and how old a feed may be."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.cli.choosing import choose
from compliance.errors import UsageError
from compliance.model.periods import Period
from compliance.rules.gaps import LEAVABLE
from compliance.rules.registry import RULES


def leaving_out(names: Iterable[str]) -> frozenset[str]:
    """Return the rules and inputs that are left out. Raises ``UsageError`` naming the nearest."""
    known = (*LEAVABLE, *(rule.info.id for rule in RULES))
    return frozenset(choose(name, known, what="input or rule") for name in names)


def period(text: str | None) -> str | None:
    """Return ``text`` when it is a period, or is not given. Raises ``UsageError``."""
    try:
        return str(Period.parse(text)) if text is not None else None
    except ValueError:
        raise UsageError(f"--max-age {text!r} is no period.", hint="Write it as P7D, P2W, P6M or P1Y.") from None
