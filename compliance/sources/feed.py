"""What only the whole of a feed or a store can tell: repeated grants, what is missing, and that nothing was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from compliance.errors import Place, SourceError
from compliance.integrators.base import Beside, Claim, Page
from compliance.inventory.batch import Piece
from compliance.model.inventory import Grant, Inventory, Notice

PAGES_IN_A_NOTICE = 5


def as_whole(pieces: Iterable[Piece | Claim], name: str) -> Iterator[Piece]:
    """Pass on the pieces of everything at one address, whose display name is ``name``.

    A grant is passed on once, however many documents repeat it. Claims become notices where they do not hold.
    Raises ``SourceError`` when nothing came but notices: an empty answer must not look like a clean one.
    """
    grants: set[Grant] = set()
    notices: list[Notice] = []
    claims: list[Claim] = []
    sources: set[str] = set()
    is_read = False
    for piece in pieces:
        if isinstance(piece, Claim):
            claims.append(piece)
            continue
        sources.add(piece.source)
        if isinstance(piece, Grant):
            if (grant := replace(piece, source="")) in grants:
                continue
            grants.add(grant)
        if isinstance(piece, Notice):
            notices.append(piece)
        else:
            is_read = True
        yield piece
    if not is_read:
        raise _nothing_read(notices, name)
    yield from _unfulfilled(claims, sources)


def joined(inventory: Inventory, claims: Sequence[Claim], name: str, *, is_read: bool) -> Inventory:
    """Return the inventory of everything at one address whose parts were taken by themselves.

    Raises ``SourceError`` when nothing was read but notices.
    """
    if not is_read:
        raise _nothing_read([*inventory.notices], name)
    grants = {replace(grant, source=""): grant for grant in reversed(inventory.grants)}
    notices = {*inventory.notices, *_unfulfilled(claims, inventory.sources)}
    sources = {*inventory.sources, *(notice.source for notice in notices)}
    return replace(
        inventory,
        sources=tuple(sorted(sources)),
        grants=tuple(sorted(grants.values())),
        notices=tuple(sorted(notices)),
    )


def _nothing_read(notices: list[Notice], name: str) -> SourceError:
    hint = "Give a file or a folder with records in it, and pull or export it again if there should be some."
    match notices:
        case []:
            return SourceError("It holds no records that could be read.", hint=hint, place=Place(name))
        case [Notice(source=source, what=what)]:
            return SourceError(f"It {what}.", hint=hint, place=Place(source))
        case _:
            first = notices[0]
            message = f"It holds no records that could be read. The first of {len(notices)} reasons: {first.source}"
            return SourceError(f"{message} {first.what}.", hint=hint, place=Place(name))


def _unfulfilled(claims: Sequence[Claim], sources: Iterable[str]) -> Iterator[Notice]:
    """Say what did not come; ``sources`` are the display names of all that did."""
    yield from _missing_pages(claim for claim in claims if isinstance(claim, Page))
    come = {_plainest(name) for name in (*sources, *(claim.source for claim in claims))}
    for claim in claims:
        if isinstance(claim, Beside) and (_plainest(claim.file) in come) is not claim.is_there:
            yield claim.otherwise


def _plainest(name: str) -> tuple[str, str]:
    """Return the folder of a file, and what it is called there without case and endings."""
    path = PurePosixPath(name)
    return path.parent.as_posix(), path.name.partition(".")[0].casefold()


def _missing_pages(pages: Iterable[Page]) -> Iterator[Notice]:
    """Say of each dataset how many pages did not come. Pages of one pull agree on how many there are."""
    pulls: defaultdict[tuple[str, int, int], list[Page]] = defaultdict(list)
    uncounted: defaultdict[tuple[str, PurePosixPath], list[Page]] = defaultdict(list)
    for page in pages:
        if page.count is None:
            uncounted[page.dataset, PurePosixPath(page.source).parent].append(page)
        else:
            pulls[page.dataset, page.count, page.all_rows].append(page)
    for (dataset, count, all_rows), come in pulls.items():
        numbers = {page.number for page in come}
        if len(numbers) < count:
            missing = max(all_rows - sum(page.rows for page in come), 0)
            yield Notice(
                come[0].source,
                f"holds page {', '.join(map(str, sorted(numbers)))} of {count} of {dataset!r}: "
                f"{missing} of {all_rows} rows did not come and were not looked at",
                dataset,
            )
    for (dataset, _), come in uncounted.items():
        if gaps := _gaps(come):
            yield Notice(come[0].source, f"holds pages of {dataset!r}: {gaps} and could not be looked at", dataset)


def _gaps(come: list[Page]) -> str:
    """Say what is missing among pages of one folder that do not know how many they are; nothing when all came."""
    numbers = {page.number for page in come}
    last = max(numbers)
    before = (f"page {number}" for number in range(1, last) if number not in numbers)
    lacking = [*islice(before, PAGES_IN_A_NOTICE)]
    if any(page.more for page in come if page.number == last):
        lacking.append(f"what follows page {last}")
    return f"{', '.join(lacking)} did not come" if lacking else ""
