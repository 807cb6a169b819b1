"""How far numbers and days reach, of fields where that may be remembered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from compliance.inventory.values import date_of
from compliance.model.sketch import Span

_DIGITS = 2
"""Significant digits that are kept of a number, so that an end of the span is nobody's own value."""


class GrowingSpans:
    """The spans of one field while its values come in."""

    __slots__ = ("_spans",)

    def __init__(self) -> None:
        self._spans: dict[str, Span] = {}

    def add_texts(self, texts: Iterable[str]) -> None:
        """Take in the years of texts that are days."""
        self._add("year", [float(day.year) for text in texts if (day := date_of(text))])

    def add_numbers(self, kind: str, values: Iterable[Any]) -> None:
        """Take in numbers; booleans are none."""
        if kind in {"integer", "number"}:
            self._add("number", [number for value in values if math.isfinite(number := _number(value))])

    def spans(self) -> Mapping[str, Span]:
        """Return the spans, numbers rounded outwards."""
        return {kind: _rounded(span) if kind == "number" else span for kind, span in sorted(self._spans.items())}

    def _add(self, kind: str, numbers: list[float]) -> None:
        if numbers:
            span = Span(min(numbers), max(numbers))
            self._spans[kind] = span | self._spans.get(kind, span)


def _number(value: Any) -> float:  # noqa: ANN401 - an int, a float or a Decimal
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _rounded(span: Span) -> Span:
    return Span(_outwards(span.low, math.floor), _outwards(span.high, math.ceil))


def _outwards(number: float, to_whole: Any) -> float:  # noqa: ANN401 - math.floor or math.ceil
    if not number:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(abs(number))) - _DIGITS + 1)
    rounded = float(to_whole(number / unit) * unit)
    return rounded if math.isfinite(rounded) else number
