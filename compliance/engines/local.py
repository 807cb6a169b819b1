"""The local engine: parts of a feed are folded by as many processes as there are cores, and added up.

A finished part can be kept as a saved inventory: a run that was stopped goes on from there.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from compliance.engines.kept import Keeper, keeper_of
from compliance.engines.processes import in_processes
from compliance.engines.work import How, Progress, Work
from compliance.integrators.base import Claim
from compliance.inventory.batch import Batch, Piece, Rows
from compliance.inventory.shapes import Block
from compliance.inventory.tables.piece import StoredTable
from compliance.inventory.take import take_inventory
from compliance.model.inventory import Inventory, Notice, total_of
from compliance.model.keyed import finished
from compliance.sources.feed import joined
from compliance.sources.json_documents import NotLines
from compliance.sources.parts import Part, parts_of, read_part, whole_files
from compliance.sources.registry import check_encoding, display_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one part."""

    inventory: Inventory
    claims: tuple[Claim, ...] = ()
    is_read: bool = False
    """Whether anything came but notices."""


def take_locally(address: str, work: Work, how: How) -> Inventory:
    """Take the inventory of everything at ``address``.

    Raises ``SourceError`` when it cannot be read, and ``UsageError`` for an unknown encoding.
    """
    check_encoding(work.encoding)
    parts = list(parts_of(address, work.integrator))
    try:
        taken = list(_all(parts, work, how))
    except NotLines:
        taken = list(_all(list(whole_files(parts)), work, how))
    inventory = joined(
        total_of(each.inventory for each in taken),
        [claim for each in taken for claim in each.claims],
        display_name(address),
        is_read=any(each.is_read for each in taken),
    )
    return replace(finished(inventory), taken_at=work.plan.at)


def _all(parts: Sequence[Part], work: Work, how: How) -> Iterator[Taken]:
    """Yield what becomes of each part, in order."""
    keeper = keeper_of(how.keep, work) if how.keep else None
    fold = partial(_kept, work=work, keeper=keeper)
    jobs, progress = how.jobs, how.progress
    if jobs == 1 or len(parts) <= 1:
        for part in parts:
            yield fold(part, progress=progress)
        return
    rows = 0
    name = display_name(parts[0].address)
    with closing(in_processes(fold, parts, min(jobs, len(parts)), name)) as taken:
        for each in taken:
            rows += each.inventory.rows
            if progress:
                progress(name, rows)
            yield each


def _kept(part: Part, *, work: Work, keeper: Keeper | None, progress: Progress | None = None) -> Taken:
    """Fold a part, unless an earlier run kept it."""
    kept = keeper.load(part) if keeper else None
    if kept is not None:
        return Taken(inventory=kept, is_read=True)
    taken = fold_part(part, work, progress)
    if keeper and taken.is_read and not taken.claims:
        taken = replace(taken, inventory=finished(taken.inventory))
        keeper.save(part, taken.inventory)
    return taken


def fold_part(part: Part, work: Work, progress: Progress | None = None) -> Taken:
    """Fold one part."""
    claims: list[Claim] = []
    is_read = False

    def pieces() -> Iterator[Piece]:
        nonlocal is_read
        rows = 0
        for piece in read_part(part, work.integrator, work.encoding):
            if isinstance(piece, Claim):
                claims.append(piece)
                continue
            is_read = is_read or not isinstance(piece, Notice)
            yield piece
            if progress and isinstance(piece, Batch | Rows | Block | StoredTable):
                rows += piece.rows if isinstance(piece, StoredTable) else len(piece)
                progress(piece.source, rows)

    # Nothing here refers to itself, so looking for what does would only cost time: half as much again.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        inventory = take_inventory(pieces(), work.plan, work.vocabulary)
    finally:
        if was_collecting:
            gc.enable()
    return Taken(inventory=inventory, claims=tuple(claims), is_read=is_read)
