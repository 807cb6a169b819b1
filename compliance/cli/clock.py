"""The only place where the clock is read."""

from __future__ import annotations

import datetime as dt
import os

from compliance.errors import UsageError


def moment(text: str | None) -> dt.datetime:
    """Return the moment that an audit speaks of, in UTC.

    ``text`` is an ISO 8601 date or date and time, taken as UTC unless it says otherwise. Without it
    ``SOURCE_DATE_EPOCH`` decides (reproducible-builds.org), without that the clock. Raises ``UsageError``.
    """
    if text is not None:
        return _read(text)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return _since_1970(epoch)
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _read(text: str) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text)
        return at.astimezone(dt.UTC) if at.tzinfo else at.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"--at {text!r} is neither a date nor a date and time.",
            hint="Write 2026-09-01 or 2026-09-01T09:30:00+01:00.",
        ) from None


def _since_1970(seconds: str) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH {seconds!r} is not a number of seconds since 1970.", hint="Put it right or unset it."
        ) from None
