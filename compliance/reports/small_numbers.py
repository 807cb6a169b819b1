"""Counts so small that they could point at a child are not printed (RULES.md, RC09).

Where the parts of a known whole stand together, hiding one of them hides nothing: the reader takes the others from
the whole. Then a second part is hidden as well (complementary suppression).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from compliance.model.vocabulary import DataClass

SMALLEST_SHOWN = 5
FEWER = f"fewer than {SMALLEST_SHOWN}"
HIDDEN = "not shown"

_PLURALS = {"row": "rows", "record": "records", "pupil": "pupils", "person": "people", "contact": "contacts",
            "value": "values", "name": "names", "group": "groups", "member of staff": "members of staff",
            "parent or carer": "parents and carers"}  # fmt: skip
_NOUNS = "|".join([*_PLURALS.values(), *_PLURALS, "staff", "children"])
_COUNT = re.compile(
    rf"(?<![\d.,:/-])(?:[1-4]|one|two|three|four)( (?:of (?:the )?[\d,]+ )?)({_NOUNS})\b", re.IGNORECASE
)


def is_guarded(data_class: DataClass | None) -> bool:
    """Whether small counts of data of this class are hidden. What nobody classed is guarded too."""
    return data_class is None or data_class.rank >= DataClass.SENSITIVE.rank


def shown(count: int, data_class: DataClass | None) -> str:
    """Return a count on its own as readers may see it."""
    return FEWER if is_guarded(data_class) and _is_small(count) else f"{count:,}"


def shown_of(count: int, whole: int, data_class: DataClass | None) -> str:
    """Return a count and the whole that it is part of; the rest of the whole is guarded as well."""
    if is_guarded(data_class) and _is_small(whole - count) and not _is_small(count):
        return f"all but {FEWER} of {whole:,}"
    return f"{shown(count, data_class)} of {whole:,}"


def shown_with_total(counts: Sequence[int], data_class: DataClass | None) -> tuple[tuple[str, ...], str]:
    """Return counts that stand beside their total, and the total.

    When exactly one of them is too small to print, the next smallest is hidden too. When the total would still give
    a small count away, it is hidden as well. 0 hides nothing and is printed.
    """
    texts = [shown(count, data_class) for count in counts]
    if texts.count(FEWER) == 1:
        others = [number for number, count in enumerate(counts) if count >= SMALLEST_SHOWN]
        if others:
            texts[min(others, key=lambda number: counts[number])] = HIDDEN
    unseen = sum(count for count, text in zip(counts, texts, strict=True) if text in {FEWER, HIDDEN})
    given_away = _is_given_away(unseen, small=texts.count(FEWER), large=texts.count(HIDDEN))
    return tuple(texts), HIDDEN if given_away else f"{sum(counts):,}"


def in_sentence(text: str, data_class: DataClass | None) -> str:
    """Return a sentence without small counts of rows or people in it."""
    if not is_guarded(data_class):
        return text
    return _COUNT.sub(lambda match: f"{FEWER}{match[1]}{_PLURALS.get(match[2], match[2])}", text)


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN


def _is_given_away(unseen: int, *, small: int, large: int) -> bool:
    """Whether a reader who knows the sum of what is hidden can work out a small count.

    ``small`` counts lie between 1 and 4 and ``large`` ones at 5 or above, so that each small one lies between what
    is left when the others are as large, and as small, as they can be.
    """
    if not small:
        return False
    most = SMALLEST_SHOWN - 1
    least_possible = 1 if large else max(1, unseen - most * (small - 1))
    most_possible = min(most, unseen - (small - 1) - SMALLEST_SHOWN * large)
    return least_possible == most_possible
