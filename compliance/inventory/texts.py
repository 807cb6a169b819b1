"""The texts of one field: lengths, different ones, what the detectors met, and which codes they are.

A text is read once, when it is new, and counted from then on. What is remembered of a field is bounded: once it has
met ``REMEMBERED`` different texts, it reads every text of every batch anew, as in a column of identifiers hardly one
comes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from compliance.inventory.columns import BLANK, decoded
from compliance.inventory.digest import Digests, Made
from compliance.inventory.growing import GrowingCodes, GrowingDetection, GrowingDistinct
from compliance.inventory.reading import Codes, Reader
from compliance.inventory.watch import Kind

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


@dataclass(slots=True)
class _Remarks:
    """What has to be counted of some texts each time they come."""

    seen: dict[Kind, set[str]] = field(default_factory=dict)
    codes: dict[str, Codes] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Whether there is anything to be counted."""
        return bool(self.seen or self.codes or self.blank)

    def of(self, texts: set[str]) -> _Remarks:
        """Return what has to be counted of these texts."""
        return _Remarks(
            seen={kind: some for kind, all_texts in self.seen.items() if (some := all_texts & texts)},
            codes={text: self.codes[text] for text in self.codes.keys() & texts},
            blank=self.blank & texts,
        )

    def take_in(self, other: _Remarks) -> None:
        """Add what is to be counted of other texts."""
        for kind, texts in other.seen.items():
            self.seen.setdefault(kind, set()).update(texts)
        self.codes |= other.codes
        self.blank |= other.blank


class _Counts:
    """How often each of the texts of a batch stands there."""

    __slots__ = ("_asked", "_counter", "_differ", "_values")

    def __init__(self, values: Sequence[str], different: int) -> None:
        self._values = values
        self._differ = different == len(values)
        self._asked = 0
        self._counter: Counter[str] | None = None

    def of(self, texts: Collection[str]) -> int:
        """Return how often these different texts stand there, all together."""
        if self._differ:
            return len(texts)
        self._asked += len(texts)
        if self._counter is None and self._asked > _FEW:
            self._counter = Counter(self._values)
        return sum(map(self._counter.__getitem__ if self._counter else self._values.count, texts))


class Texts:
    """The texts of one field while they are counted."""

    __slots__ = (
        "_codes", "_detections", "_is_wide", "_known", "_numbers", "_reader", "_remarks", "_sketch", "_watch",
        "empty", "longest", "shortest",
    )  # fmt: skip

    def __init__(self, reader: Reader, sketch: GrowingDistinct) -> None:
        self._reader = reader
        self._sketch = sketch
        self._watch = reader.watch()
        self._known: set[str] = set()
        self._numbers: set[int] = set()
        self._is_wide = False
        self._remarks: _Remarks | None = None
        self._detections: dict[str, GrowingDetection] = {}
        self._codes: dict[str, GrowingCodes] = {}
        self.empty = 0
        self.shortest: int | None = None
        self.longest: int | None = None

    def are_familiar(self, values: Sequence[str]) -> bool:
        """Whether all these texts were read before, and there is nothing about them to be counted."""
        return not self._remarks and self._known.issuperset(values)

    def new_among(self, different: set[str]) -> set[str]:
        """Return the texts that have to be read."""
        return different if self._is_wide else different - self._known

    def add(self, values: Sequence[str], different: set[str], new: set[str], first_row: int) -> Sought:
        """Count the texts of a batch that begins at ``first_row``: all, the different ones, and those to be read."""
        counts = _Counts(values, len(different))
        sought = self._count(self._remarks.of(different), counts, first_row) if self._remarks else {}
        if new:
            remarks = self._read(new)
            for detector, texts in self._count(remarks, counts, first_row).items():
                sought.setdefault(detector, set()).update(texts)
            if not self._is_wide:
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
        texts = [str(value) for value in values if value in _TEN_DIGITS]
        different = set(texts)
        return self._count(
            _Remarks(seen=self._see(different, self._reader.digests)), _Counts(texts, len(different)), first_row
        )

    def add_numbers(self, values: Iterable[float | Decimal]) -> None:
        """Take in numbers that are not whole, or not sure to be."""
        self.add_others(set(map(str, values)))  # not the other way round: 0.0 and -0.0 are equal

    def add_others(self, texts: Iterable[str]) -> None:
        """Take in how values that are no texts are written: they differ, and nothing else is said of them."""
        self._sketch.update(self._reader.digests(texts, self._sketch.below).values())

    def met_in(self, detector: str, row: int | None) -> None:
        """Say in which row a detector that was sought met its first text."""
        self._detections[detector].met_in(row)

    def detections(self) -> Mapping[str, GrowingDetection]:
        """Return what each detector met."""
        return self._detections

    def codes(self) -> Mapping[str, GrowingCodes]:
        """Return what fits each code set."""
        return self._codes

    def _read(self, new: set[str]) -> _Remarks:
        """Take the new texts in, and return those that have to be counted."""
        blank = {text for text in new if text[:1] in _NOT_PLAIN and not text.strip()}
        filled = new - blank if blank else new
        if not filled:
            return _Remarks(blank=blank)
        lengths = set(map(len, filled))
        self.shortest = min(lengths) if self.shortest is None else min(self.shortest, *lengths)
        self.longest = max(lengths) if self.longest is None else max(self.longest, *lengths)
        below = self._sketch.below
        made = Made(self._reader.digests, filled, below, self._reader.digests(filled, below))
        self._sketch.update(made.kept.values())
        return _Remarks(self._see(filled, made.digests), dict(self._reader.codes(filled)), blank)

    def _see(self, texts: set[str], digests: Digests) -> dict[Kind, set[str]]:
        """Take in the values that the detectors see in texts, and return those texts."""
        sighted = self._watch.sighted(texts)
        for kind, seen in sighted.items():
            if kind.detector not in self._detections:
                self._detections[kind.detector] = GrowingDetection()
            self._detections[kind.detector].take_in(seen, digests)
        return {kind: set(seen.texts) for kind, seen in sighted.items()}

    def _remember(self, new: set[str], remarks: _Remarks) -> None:
        if len(self._known) + len(new) > REMEMBERED:
            self._is_wide = True
            self._known.clear()
            self._remarks = None
        else:
            self._known |= new
            if self._remarks is None:
                self._remarks = _Remarks()
            self._remarks.take_in(remarks)

    def _count(self, remarks: _Remarks, counts: _Counts, first_row: int) -> Sought:
        sought: Sought = {}
        if remarks.blank:
            self.empty += counts.of(remarks.blank)
        for kind, texts in remarks.seen.items():
            detection = self._detections[kind.detector]
            detection.count(kind, counts.of(texts))
            if detection.first_row is None or detection.first_row > first_row:
                sought.setdefault(kind.detector, set()).update(texts)
        for text, codes in remarks.codes.items():
            count = counts.of((text,))
            for name, code in codes:
                self._codes.setdefault(name, GrowingCodes()).add(code, count)
        return sought


def json_among(texts: Iterable[str]) -> dict[str, dict[str, object] | list[object]]:
    """Return the texts that are JSON objects or arrays, and what they hold."""
    candidates = (text for text in texts if text[:1] in _NOT_PLAIN and text.lstrip(BLANK)[:1] in {"{", "["})
    return {text: held for text in candidates if (held := decoded(text)) is not None}
