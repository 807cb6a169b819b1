"""Which of many combinations every run tries, and which only the wide one (``make test-wide``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest


def ones(names: Iterable[str], *always: str) -> list[Any]:
    """Return every name; those that are not ``always`` tried are marked ``wide``."""
    return [pytest.param(name, marks=() if name in always else pytest.mark.wide) for name in names]


def pairs(first: Iterable[str], second: Iterable[Any], always: Callable[[Any, Any], bool]) -> list[Any]:
    """Return every pair; those for which ``always`` does not hold are marked ``wide``."""
    return [
        pytest.param(*pair, marks=() if always(*pair) else pytest.mark.wide)
        for pair in product(tuple(first), tuple(second))
    ]
