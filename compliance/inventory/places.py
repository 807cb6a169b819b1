"""In which row of a batch something stands: asked seldom, so it is looked up rather than carried along."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from compliance.inventory.batch import Batch, Rows
from compliance.inventory.columns import decoded, text_or_bytes
from compliance.inventory.keys import step_of
from compliance.inventory.shapes import Block
from compliance.model.maps import KEYED
from compliance.model.paths import EACH

Steps = tuple[str, ...]
"""Steps of a field path below its dataset, as they are written there."""


def first_row(batch: Batch | Rows | Block, steps: Steps) -> int | None:
    """Return the first row in which a value stands at these steps; None when there is none."""
    return next((row for row, _ in _values(batch, steps)), None)


def first_row_among(batch: Batch | Rows | Block, steps: Steps, texts: Collection[str]) -> int | None:
    """Return the first row in which one of these texts stands at these steps; None when there is none."""
    return next((row for row, value in _values(batch, steps) if _text(value) in texts), None)


def _values(batch: Batch | Rows | Block, steps: Steps) -> Iterator[tuple[int, Any]]:
    for row, record in enumerate(batch.records, batch.first_row):
        yield from ((row, value) for value in _values_at(record, steps))


def _values_at(value: Any, steps: Steps) -> Iterator[Any]:  # noqa: ANN401 - whatever a record holds
    if not steps:
        yield value
        return
    inside = _seen_through(value)
    step, rest = steps[0], steps[1:]
    if step == EACH:
        for element in inside if isinstance(inside, Sequence) and not isinstance(inside, str | bytes) else ():
            yield from _values_at(element, rest)
    elif isinstance(inside, Mapping):
        for key, member in inside.items():
            if step == KEYED or step_of(str(key)) == step:
                yield from _values_at(member, rest)


def _seen_through(value: Any) -> Any:  # noqa: ANN401 - likewise
    """Return what a text that is JSON holds; anything else as it is."""
    if isinstance(value, bytes | bytearray | memoryview):
        value = text_or_bytes(value)
    if not isinstance(value, str):
        return value
    try:
        held = decoded(value)
    except RecursionError:
        return value
    return value if held is None else held


def _text(value: Any) -> str:  # noqa: ANN401 - likewise
    """Return a single value as the text that detectors are shown."""
    seen = text_or_bytes(value) if isinstance(value, bytes | bytearray | memoryview) else value
    return seen.hex() if isinstance(seen, bytes) else str(seen)
