"""The counts of a review of the people held, as ``compliance review-held --counts`` wrote them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from compliance.errors import Place, SourceError
from compliance.model.held import HeldReview

LARGEST = 1024 * 1024
"""Bytes; the counts of a school take a few thousand."""
_HINT = "`compliance review-held --counts FILE` makes one."


class _File(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    kind: Literal["review-held"]
    version: Literal[1]
    review: HeldReview


def read_counts(path: Path) -> HeldReview:
    """Read the counts at ``path``. Raises ``SourceError`` when it holds none, or none that this program wrote."""
    name = str(path)
    try:
        with path.open("rb") as stream:
            text = stream.read(LARGEST + 1)
        review = msgspec.json.decode(text, type=_File).review
    except OSError as error:
        raise SourceError(
            f"It cannot be read: {error.strerror or 'the system refused'}.",
            hint="Check its spelling and that you may read it.",
            place=Place(name),
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SourceError("It holds no counts of a review.", hint=_HINT, place=Place(name)) from None
    if review.at.tzinfo is None or any(count < 0 for count in _counts(review)):
        raise SourceError("It holds no counts of a review.", hint=_HINT, place=Place(name))
    return review


def _counts(review: HeldReview) -> list[int]:
    return [
        count
        for each in review.datasets
        for count in (
            each.held,
            each.elsewhere,
            each.incoming or 0,
            *each.of_held.values(),
            *each.of_incoming.values(),
            *(found.count or 0 for found in each.untidy.values()),
        )
    ]
