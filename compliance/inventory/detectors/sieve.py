"""Tells in which of many texts a detector may see something: in few of them, as a rule.

Joined by line breaks, thousands of texts are searched by one call for all signs at once, which costs tens of
nanoseconds a text (benchmarks/detectors.py). Only a text in which one stands is then asked which detectors are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from compliance.inventory.detectors.base import Detector
from compliance.inventory.detectors.linear import encoded, lines_with_any, which_of

BLOCK = 2**12
"""Texts that are searched by one call."""
FEW = 1 / 8
"""Share of the texts up to which it pays to find them in the block; above it each is better searched by itself."""


@dataclass(frozen=True)
class Sieve:
    """All detectors of one run."""

    detectors: tuple[Detector, ...]

    def suspects(self, text: str) -> tuple[Detector, ...]:
        """Return the detectors whose sign stands in ``text``, in their order."""
        numbers = self._which(encoded(text))
        return self._numbered(tuple(numbers)) if numbers else ()

    def candidates(self, texts: Iterable[str]) -> Mapping[str, tuple[Detector, ...]]:
        """Return the texts in which a sign stands, each with the detectors whose sign it is."""
        return {
            text: suspects
            for block in blocks(texts)
            for text in self._marked(block)
            if (suspects := self.suspects(text))
        }

    def having(self, sought: Sequence[Detector], texts: Sequence[str]) -> Collection[str] | None:
        """Return the texts in which one of some detectors has its sign; None when they are more than a few."""
        return _marked(texts, self._lines_of(tuple(detector.sign for detector in sought))) if sought else ()

    def _marked(self, texts: Sequence[str]) -> Collection[str]:
        """Return the texts in which a sign stands, or all when that is more than a few of them."""
        few = _marked(texts, self._lines)
        return texts if few is None else few

    @cached_property
    def _numbered(self) -> Callable[[tuple[int, ...]], tuple[Detector, ...]]:
        """Turn numbers into detectors; few combinations come, each often."""
        return cache(lambda numbers: tuple(self.detectors[number] for number in sorted(numbers)))

    @cached_property
    def _lines(self) -> Callable[[bytes], Iterator[bytes]]:
        return lines_with_any([detector.sign for detector in self.detectors])

    @cached_property
    def _lines_of(self) -> Callable[[tuple[str, ...]], Callable[[bytes], Iterator[bytes]]]:
        """Turn signs into what finds lines; few combinations come, each often."""
        return cache(lines_with_any)

    @cached_property
    def _which(self) -> Callable[[bytes], Sequence[int] | None]:
        return which_of([detector.sign for detector in self.detectors])


def blocks(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield texts in blocks that are searched by one call each."""
    each = list(texts)
    return (each[first : first + BLOCK] for first in range(0, len(each), BLOCK))


def _marked(texts: Sequence[str], lines_of: Callable[[bytes], Iterator[bytes]]) -> Collection[str] | None:
    """Return the texts in which a sign stands; None when that is more than a few of them."""
    block = "\n".join(texts)
    texts_of: dict[str, list[str]] = {}
    if block.count("\n") >= len(texts):
        # A line break of a text's own can only be an edge of a sign, and so can the character in its place.
        for text in texts:
            texts_of.setdefault(text.replace("\n", "\r"), []).append(text)
        block = "\n".join(texts_of)
    limit = int(len(texts) * FEW) + 1
    lines = [found.decode("utf-8", "surrogatepass") for found in islice(lines_of(encoded(block)), limit)]
    if len(lines) == limit:
        return None
    return [text for line in lines for text in texts_of[line]] if texts_of else lines
