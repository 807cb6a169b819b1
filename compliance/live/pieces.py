"""A live pull as pieces, by the same way that files take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

from compliance.integrators.base import Claim, Integrator
from compliance.inventory.batch import Piece
from compliance.live.base import Answer, Client, Limits, Pull, Unasked, Unsent
from compliance.live.connection import connect
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile
from compliance.sources.feed import as_whole
from compliance.sources.registry import read_file

Save = Callable[[str, bytes], None]
"""Told the name and the bytes of every answer."""


def pull_pieces(
    client: Client, integrator: Integrator, pull: Pull, *, to: str | None, limits: Limits, save: Save | None
) -> Iterator[Piece]:
    """Yield the pieces of everything that one pull brings.

    Raises ``SourceError`` when not all of it came: what was yielded until then must not be used.
    """
    yield from as_whole(_each(client, integrator, pull, to=to, limits=limits, save=save), f"{integrator.name} (live)")


def _each(
    client: Client, integrator: Integrator, pull: Pull, *, to: str | None, limits: Limits, save: Save | None
) -> Iterator[Piece | Claim]:
    with connect(client.hosts, to, limits) as connection:
        for answer in client.answers(connection, pull):
            match answer:
                case Unasked(dataset=dataset):
                    yield Notice(
                        f"{integrator.name} (live)",
                        f"was not asked for {dataset!r}: which address sends it is not known",
                        dataset,
                    )
                case Unsent(option=option):
                    yield Notice(
                        f"{integrator.name} (live)",
                        f"was not sent the option {option!r}: which endpoint takes it is not known",
                    )
                case Answer(name=name, body=body):
                    if save:
                        save(name, body)
                    opener = partial(BytesIO, body)
                    yield from read_file(SourceFile(name=name, integrator=integrator, opener=opener))
