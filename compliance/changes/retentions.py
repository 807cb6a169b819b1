"""Whether something is kept longer than before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.changes.base import Kind, Sign
from compliance.model.declarations import Retention
from compliance.model.periods import Period, add, expiry

FIRST = dt.date(2023, 9, 1)
DAYS = 1461
"""Every day of four years, 29 February among them: on one of them, a longer retention shows."""

_Told = tuple[Kind, Sign, str]


def retention_changes(before: Retention | None, now: Retention | None) -> Iterator[_Told]:
    """Yield kind, sign and the end of a sentence for each way in which one retention differs from another."""
    if before is None or now is None:
        if before:
            yield Kind.RETENTION_LONGER, Sign.BREAKING, "no longer has a limit"
        elif now:
            yield Kind.RETENTION_SHORTER, Sign.NARROWER, f"now has a limit: {_words(now)}"
        return
    if before.trigger != now.trigger:
        told = f"was kept {_words(before)} and is now kept {_words(now)}: no program can tell which is longer"
        yield Kind.RETENTION_OTHER, Sign.BREAKING, told
    elif before.period is None or now.period is None:
        if before.period != now.period:
            yield Kind.RETENTION_OTHER, Sign.BREAKING, f"was kept {_words(before)} and is now kept {_words(now)}"
        elif before.criteria != now.criteria:
            yield Kind.RETENTION_OTHER, Sign.BREAKING, "is kept by other criteria than before"
    else:
        yield from _lengths(before, now)
    if before.backups != now.backups:
        longer = now.backups is None or (before.backups is not None and _end(now.backups) > _end(before.backups))
        times = [retention.backups or "no stated time" for retention in (before, now)]
        told = f"was kept in backups for {times[0]} and is now kept there for {times[1]}"
        yield (Kind.RETENTION_LONGER, Sign.BREAKING, told) if longer else (Kind.RETENTION_SHORTER, Sign.NARROWER, told)
    if before.action != now.action:
        sign = Sign.NARROWER if now.action == "erase" else Sign.BREAKING
        yield Kind.RETENTION_OTHER, sign, f"was to {before.action or 'end'} and is now to {now.action or 'end'}"


def _lengths(before: Retention, now: Retention) -> Iterator[_Told]:
    timing = (before.period, before.grace, before.round_to), (now.period, now.grace, now.round_to)
    if timing[0] == timing[1]:
        return
    starts = [FIRST + dt.timedelta(days=day) for day in range(DAYS)]
    ends = [(expiry(start, before), expiry(start, now)) for start in starts]
    told = f"was kept {_words(before)} and is now kept {_words(now)}"
    if any(after > was for was, after in ends):
        yield Kind.RETENTION_LONGER, Sign.BREAKING, told
    else:
        is_same = all(after == was for was, after in ends)
        yield Kind.RETENTION_SHORTER, Sign.NEUTRAL if is_same else Sign.NARROWER, told


def _end(period: str) -> dt.date:
    return add(FIRST, Period.parse(period))


def _words(retention: Retention) -> str:
    """Say how long, in the words of the declaration."""
    if retention.period is None:
        return "by criteria"
    grace = f" and {retention.grace}" if retention.grace != "P0D" else ""
    rounded = f", to the {retention.round_to.replace('_', ' ')}" if retention.round_to != "none" else ""
    return f"{retention.period}{grace} from {retention.trigger or 'an unstated event'}{rounded}"
