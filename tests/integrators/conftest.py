"""A document that stands in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from compliance.integrators.base import Document
from compliance.inventory.shapes import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A document with these top-level values."""

    tops: list[Any]
    shape: str
    source: str = "feed/students.json"
    stem: str = "students"

    first_row: int = 1

    def blocks(self) -> Generator[Block, None, Told]:
        yield from ()
        return self

    def members(self) -> Iterator[tuple[str, object]]:
        for top in self.tops:
            for name, value in top.items():
                if isinstance(value, list) and value:
                    yield from ((name, element) for element in value)
                else:
                    yield name, value

    def values(self) -> Iterator[object]:
        for top in self.tops:
            yield from top if isinstance(top, list) else [top]


@pytest.fixture(name="told")
def _told() -> Callable[..., Document]:
    def told(*texts: str) -> Document:
        tops = [json.loads(text) for text in texts]
        match tops[0]:
            case list():
                shape = "array"
            case dict() if isinstance(next(iter(tops[0].values()), None), dict | list):
                shape = "members"
            case _:
                shape = "records"
        return Told(tops=tops, shape=shape)

    return told
