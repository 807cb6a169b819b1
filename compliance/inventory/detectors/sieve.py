"""Tells in one pass over many texts in which of them a detector may see something: few of them, as a rule.

Joined by line breaks, thousands of short texts are searched by one call for all signs at once, which costs tens of
nanoseconds a text (benchmarks/detectors.py); only a text that matches is then asked which detectors are meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from compliance.inventory.detectors.base import Detector
from compliance.inventory.detectors.linear import encoded, lines_with_any, which_of

BLOCK = 2**12
"""Texts that are searched by one call."""


@dataclass(frozen=True)
class Sieve:
    """All detectors of one run."""

    detectors: tuple[Detector, ...]

    def suspects(self, text: str) -> tuple[Detector, ...]:
        """Return the detectors whose sign stands in ``text``, in their order."""
        return tuple(self.detectors[number] for number in sorted(self._which(encoded(text)) or ()))

    def candidates(self, texts: Iterable[str]) -> Mapping[str, tuple[Detector, ...]]:
        """Return the texts in which a sign stands, each with the detectors whose sign it is."""
        each = list(texts)
        # Both searches say the same, unless the second ran out of memory: then every detector looks for itself.
        blocks = (each[first : first + BLOCK] for first in range(0, len(each), BLOCK))
        return {text: self.suspects(text) or self.detectors for block in blocks for text in self._marked(block)}

    def _marked(self, texts: Sequence[str]) -> Iterator[str]:
        """Yield the texts in which any sign stands."""
        block = "\n".join(texts)
        if block.count("\n") < len(texts):
            yield from self._marked_lines(block)
            return
        # A line break of a text's own can only be an edge of a sign, and so can the character that takes its place.
        texts_of = defaultdict(list)
        for text in texts:
            texts_of[text.replace("\n", "\r")].append(text)
        for line in self._marked_lines("\n".join(texts_of)):
            yield from texts_of[line]

    def _marked_lines(self, block: str) -> Iterator[str]:
        return (line.decode("utf-8", "surrogatepass") for line in self._lines(encoded(block)))

    @cached_property
    def _lines(self) -> Callable[[bytes], list[bytes]]:
        return lines_with_any([detector.sign for detector in self.detectors])

    @cached_property
    def _which(self) -> Callable[[bytes], Sequence[int] | None]:
        return which_of([detector.sign for detector in self.detectors])
