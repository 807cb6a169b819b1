"""What was seen of one school: a column without a row shows that the app can hold something, and not that it does."""

from __future__ import annotations

from dataclasses import replace

from compliance.model.audit import Audit
from compliance.model.ledger import Cell, Ledger, State


def as_seen(audit: Audit) -> Audit:
    """Return the audit in which nothing is held of a school of which no values were seen."""
    lines = tuple(replace(line, held=_seen(line.held)) for line in audit.ledger)
    return replace(audit, ledger=Ledger(lines=lines))


def _seen(held: Cell) -> Cell:
    if held.yes and held.profile and not held.profile.filled:
        return replace(held, state=State.CANNOT_TELL)
    return held
