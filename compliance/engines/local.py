"""The local engine: parts of a feed are folded by as many processes as there are cores, and added up.

Nothing but inventories comes back from a process. At most two parts a process wait, so that memory stays flat however
many parts there are. A finished part can be kept as a saved inventory: a run that was stopped goes on from there.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from compliance.engines.kept import Keeper, keeper_of
from compliance.engines.work import How, Progress, Work
from compliance.integrators.base import Page
from compliance.inventory.batch import Batch, Piece, Rows
from compliance.inventory.shapes import Block
from compliance.inventory.tables.piece import StoredTable
from compliance.inventory.take import take_inventory
from compliance.model.inventory import Inventory, Notice, total_of
from compliance.sources.feed import joined
from compliance.sources.json_documents import NotLines
from compliance.sources.parts import Part, parts_of, read_part, whole_files
from compliance.sources.registry import check_encoding, display_name

WAITING = 2
"""Parts for each process that wait to be folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one part."""

    inventory: Inventory
    pages: tuple[Page, ...] = ()
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
        [page for each in taken for page in each.pages],
        display_name(address),
        is_read=any(each.is_read for each in taken),
    )
    return replace(inventory, taken_at=work.plan.at)


def _all(parts: Sequence[Part], work: Work, how: How) -> Iterator[Taken]:
    """Yield what becomes of each part, in order."""
    keeper = keeper_of(how.keep, work) if how.keep else None
    fold = partial(_kept, work=work, keeper=keeper)
    jobs, progress = how.jobs, how.progress
    if jobs == 1 or len(parts) == 1:
        for part in parts:
            yield fold(part, progress=progress)
        return
    rows = 0
    with ProcessPoolExecutor(
        min(jobs, len(parts)), mp_context=multiprocessing.get_context("spawn"), initializer=gc.disable
    ) as pool:
        left = iter(parts)
        waiting: deque[Future[Taken]] = deque(pool.submit(fold, part) for part in islice(left, jobs * WAITING))
        try:
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(fold, part) for part in islice(left, 1))
                rows += done.inventory.rows
                if progress:
                    progress(display_name(parts[0].address), rows)
                yield done
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _kept(part: Part, *, work: Work, keeper: Keeper | None, progress: Progress | None = None) -> Taken:
    """Fold a part, unless an earlier run kept it."""
    kept = keeper.load(part) if keeper else None
    if kept is not None:
        return Taken(inventory=kept, is_read=True)
    taken = fold_part(part, work, progress)
    if keeper and taken.is_read and not taken.pages:
        keeper.save(part, taken.inventory)
    return taken


def fold_part(part: Part, work: Work, progress: Progress | None = None) -> Taken:
    """Fold one part."""
    pages: list[Page] = []
    is_read = False

    def pieces() -> Iterator[Piece]:
        nonlocal is_read
        rows = 0
        for piece in read_part(part, work.integrator, work.encoding):
            if isinstance(piece, Page):
                pages.append(piece)
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
    return Taken(inventory=inventory, pages=tuple(pages), is_read=is_read)
