"""How the tests of this folder open a source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.errors import SourceError
from compliance.integrators.registry import INTEGRATORS
from compliance.inventory.batch import Batch, Piece
from compliance.inventory.shapes import Block
from compliance.sources.registry import read_source


def _plain(block: Block) -> Batch:
    """Return a block as the batch that says the same."""
    return Batch(source=block.source, dataset=block.dataset, records=block.records, first_row=block.first_row)


@pytest.fixture(name="read")
def _read() -> Callable[..., list[Piece]]:
    def read(path: Path, integrator: str | None = None, encoding: str | None = None) -> list[Piece]:
        chosen = INTEGRATORS[integrator] if integrator else None
        pieces = read_source(str(path), integrator=chosen, encoding=encoding)
        return [_plain(piece) if isinstance(piece, Block) else piece for piece in pieces]

    return read


@pytest.fixture(name="refusal")
def _refusal(read: Callable[..., list[Piece]]) -> Callable[..., str]:
    """Return the whole text with which a source is refused; its traceback must show no cause."""

    def refusal(path: Path, integrator: str | None = None, encoding: str | None = None) -> str:
        with pytest.raises(SourceError) as caught:
            read(path, integrator, encoding)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        return str(caught.value)

    return refusal
