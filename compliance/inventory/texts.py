"""The texts of one field: lengths, different ones, what the detectors met, and which codes they are.

A text is read once, when it is new, and counted from then on. What is remembered of a field is bounded: once it has
met ``REMEMBERED`` different texts, it reads every text of every batch anew, as in a column of identifiers hardly one
comes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from compliance.inventory.columns import BLANK, decoded
from compliance.inventory.growing import GrowingCodes, GrowingDetection, GrowingDistinct
from compliance.inventory.reading import Found, Reader
from compliance.model.sketch import Digest

REMEMBERED = 2**13
_FEW = 2
"""Different texts up to which it is faster to count each on its own."""
_SPACES = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)))) + (
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All that ``str.isspace`` takes for space."""
_NOT_PLAIN = frozenset({"", "{", "[", *BLANK, *_SPACES})
"""First characters of texts that may be blank or JSON; a text that begins otherwise is neither."""
_TEN_DIGITS = range(10**9, 10**10)

Sought = dict[str, set[str]]
"""Detectors to the texts of a batch in which they met something, where their first row is still to be found."""


class _Remark(NamedTuple):
    """What has to be counted each time a text comes again."""

    found: tuple[Found, ...] = ()
    codes: tuple[tuple[str, Digest], ...] = ()
    is_blank: bool = False


class Texts:
    """The texts of one field while they are counted."""

    __slots__ = (
        "_codes", "_detections", "_is_wide", "_known", "_numbers", "_reader", "_remarks", "_sketch", "empty",
        "longest", "shortest",
    )  # fmt: skip

    def __init__(self, reader: Reader, sketch: GrowingDistinct) -> None:
        self._reader = reader
        self._sketch = sketch
        self._known: set[str] = set()
        self._numbers: set[int] = set()
        self._is_wide = False
        self._remarks: dict[str, _Remark] = {}
        self._detections: dict[str, GrowingDetection] = {}
        self._codes: dict[str, GrowingCodes] = {}
        self.empty = 0
        self.shortest: int | None = None
        self.longest: int | None = None

    def new_among(self, different: set[str]) -> set[str]:
        """Return the texts that have to be read."""
        return different if self._is_wide else different - self._known

    def add(self, values: Sequence[str], different: set[str], new: set[str], first_row: int) -> Sought:
        """Count the texts of a batch that begins at ``first_row``: all, the different ones, and those to be read."""
        remarks = self._read(new) if new else {}
        if self._remarks:
            remarks.update((text, self._remarks[text]) for text in different & self._remarks.keys())
        sought = self._count(remarks, _counted(values, remarks, len(different)), first_row) if remarks else {}
        if new and not self._is_wide:
            self._remember(new, remarks)
        return sought

    def add_integers(self, values: Sequence[int], first_row: int) -> Sought:
        """Count whole numbers. One of ten digits is shown to the detectors: it may have lost its quotes."""
        new = set(values) - self._numbers
        if not new:
            return {}
        self.add_others(map(str, new))
        if len(self._numbers) < REMEMBERED:
            self._numbers.update(value for value in new if value not in _TEN_DIGITS)
        if max(new) < _TEN_DIGITS.start:
            return {}
        counts = Counter(str(value) for value in values if value in _TEN_DIGITS)
        remarks = {text: _Remark(found) for text, found in self._reader.sighted(counts.keys()).items()}
        return self._count(remarks, counts, first_row)

    def add_numbers(self, values: Iterable[float | Decimal]) -> None:
        """Take in numbers that are not whole, or not sure to be."""
        self.add_others(set(map(str, values)))  # not the other way round: 0.0 and -0.0 are equal

    def add_others(self, texts: Iterable[str]) -> None:
        """Take in how values that are no texts are written: they differ, and nothing else is said of them."""
        self._sketch.update(self._reader.digests(texts, self._sketch.below))

    def met_in(self, detector: str, row: int | None) -> None:
        """Say in which row a detector that was sought met its first text."""
        self._detections[detector].met_in(row)

    def detections(self) -> Mapping[str, GrowingDetection]:
        """Return what each detector met."""
        return self._detections

    def codes(self) -> Mapping[str, GrowingCodes]:
        """Return what fits each code set."""
        return self._codes

    def _read(self, new: set[str]) -> dict[str, _Remark]:
        """Take the new texts in, and return those that have to be counted."""
        blank = {text for text in new if text[:1] in _NOT_PLAIN and not text.strip()}
        filled = new - blank if blank else new
        if not filled:
            return dict.fromkeys(blank, _Remark(is_blank=True))
        lengths = set(map(len, filled))
        self.shortest = min(lengths) if self.shortest is None else min(self.shortest, *lengths)
        self.longest = max(lengths) if self.longest is None else max(self.longest, *lengths)
        self._sketch.update(self._reader.digests(filled, self._sketch.below))
        found, codes = self._reader.sighted(filled), self._reader.codes(filled)
        remarks = {text: _Remark(found.get(text, ()), codes.get(text, ())) for text in found.keys() | codes.keys()}
        return remarks | dict.fromkeys(blank, _Remark(is_blank=True))

    def _remember(self, new: set[str], remarks: Mapping[str, _Remark]) -> None:
        if len(self._known) + len(new) > REMEMBERED:
            self._is_wide = True
            self._known.clear()
            self._remarks.clear()
        else:
            self._known |= new
            self._remarks.update(remarks)

    def _count(self, remarks: Mapping[str, _Remark], counts: Mapping[str, int], first_row: int) -> Sought:
        sought: Sought = {}
        for text, (found, codes, is_blank) in remarks.items():
            count = counts[text]
            if is_blank:
                self.empty += count
            for each in found:
                detection = self._detections.get(each.detector)
                if detection is None:
                    detection = self._detections[each.detector] = GrowingDetection()
                detection.add(each, count)
                if detection.first_row is None or detection.first_row > first_row:
                    sought.setdefault(each.detector, set()).add(text)
            for name, code in codes:
                self._codes.setdefault(name, GrowingCodes()).add(code, count)
        return sought


class Held(NamedTuple):
    """What texts hold that are JSON."""

    by_text: Mapping[str, dict[str, Any] | list[Any]]
    is_cut: bool
    """Whether one is nested so deeply that it was left a text."""


def json_among(texts: Iterable[str]) -> Held:
    """Return the texts that are JSON objects or arrays, and what they hold."""
    by_text: dict[str, dict[str, Any] | list[Any]] = {}
    is_cut = False
    for text in texts:
        if text[:1] in _NOT_PLAIN and text.lstrip(BLANK)[:1] in {"{", "["}:
            try:
                held = decoded(text)
            except RecursionError:
                is_cut = True
            else:
                if held is not None:
                    by_text[text] = held
    return Held(by_text, is_cut)


def _counted(values: Sequence[str], wanted: Collection[str], different: int) -> Mapping[str, int]:
    """Count the wanted ones among some values. Where all values differ, each stands there once."""
    if different == len(values):
        return dict.fromkeys(wanted, 1)
    return {text: values.count(text) for text in wanted} if len(wanted) <= _FEW else Counter(values)
