"""Which records may be of one person, and why: decided once for each pair, before anything is made of it.

Only records that share an identifier, a UPN, a day of birth or, where one has no day of birth, a name are compared:
what is compared grows with the records, not with their square. Who comes first does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise, product

from compliance.review.likeness import are_alike
from compliance.review.person import Person

MOST = 40_000
"""Comparisons within one block. Of more, such as of a thousand people with one made-up day of birth, names are only
compared as they stand."""


class Why(StrEnum):
    """What two records have in common."""

    IDENTIFIER = "the same identifier"
    UPN = "the same UPN"
    NAME_AND_BIRTH = "the same name and date of birth"
    OTHER_UPN = "the same name and date of birth, with another UPN"
    SPELLING = "the same date of birth, and the name in another spelling"
    DAY_AND_MONTH = "the same name, and the day and month of birth swapped"
    NAME = "the same name, with no date of birth to compare"
    DOUBTFUL = "the same identifier, with another name and date of birth"


Block = str | tuple[str, ...]
"""What records have in common that are compared with each other; empty when a record has none of it."""

SURE = frozenset({Why.IDENTIFIER, Why.UPN, Why.NAME_AND_BIRTH})


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of positions in two lists of people."""

    why: Mapping[tuple[int, int], Why]
    crowded: bool = False
    """Whether a block was too large for spellings to be compared."""


def judge(one: Person, other: Person) -> Why | None:
    """Say what makes two records one person's; None when nothing does."""
    is_named_alike = bool(one.bag) and one.bag == other.bag
    if one.key and one.key == other.key:
        return Why.DOUBTFUL if _contradict(one, other) else Why.IDENTIFIER
    if one.upn and one.upn == other.upn:
        return Why.UPN
    if not (one.born and other.born):
        return Why.NAME if is_named_alike else None
    has_other_upn = bool(one.upn and other.upn)
    if one.born == other.born:
        if is_named_alike:
            return Why.OTHER_UPN if has_other_upn else Why.NAME_AND_BIRTH
        return Why.SPELLING if not has_other_upn and are_alike(one.words, other.words) else None
    return Why.DAY_AND_MONTH if is_named_alike and _block(one) == _block(other) else None


def pairs_between(held: Sequence[Person], incoming: Sequence[Person]) -> Pairs:
    """Return every pair of one held and one incoming record."""
    found: dict[tuple[int, int], Why] = {}
    crowded = False
    for key in (_key, _upn, _block, _name):
        left, right = _blocks(held, key), _blocks(incoming, key)
        for block in left.keys() & right.keys():
            ours, theirs = left[block], right[block]
            if len(ours) * len(theirs) > MOST:
                crowded = crowded or key is _block
                chosen: Iterable[tuple[int, int]] = _few(held, ours, incoming, theirs)
            else:
                chosen = product(ours, theirs)
            for pair in chosen:
                why = None if pair in found else judge(held[pair[0]], incoming[pair[1]])
                if why:
                    found[pair] = why
    return Pairs(found, crowded)


def pairs_within(people: Sequence[Person]) -> Pairs:
    """Return every pair of two records of one list, the earlier one first."""
    found: dict[tuple[int, int], Why] = {}
    crowded = False
    for key in (_key, _upn, _block, _name):
        for members in _blocks(people, key).values():
            if len(members) ** 2 > MOST:
                crowded = crowded or key is _block
                chosen: Iterable[tuple[int, int]] = _chains(people, members)
            else:
                chosen = combinations(members, 2)
            for pair in chosen:
                why = None if pair in found else judge(people[pair[0]], people[pair[1]])
                if why:
                    found[pair] = why
    return Pairs(found, crowded)


def _contradict(one: Person, other: Person) -> bool:
    is_known = one.born and other.born and one.words and other.words
    return bool(is_known) and one.born != other.born and not are_alike(one.words, other.words)


def _key(person: Person) -> Block:
    return person.key


def _upn(person: Person) -> Block:
    return person.upn


def _block(person: Person) -> Block:
    """Return the day of birth, whichever of day and month was written first."""
    year, month, day = person.born.split("-") if person.born else ("", "", "")
    return (year, *sorted((month, day))) if year else ""


def _name(person: Person) -> Block:
    return person.bag


def _blocks(people: Sequence[Person], key: Callable[[Person], Block]) -> Mapping[Block, list[int]]:
    blocks: defaultdict[Block, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        if block := key(person):
            blocks[block].append(number)
    return blocks


def _few(
    held: Sequence[Person], ours: Sequence[int], incoming: Sequence[Person], theirs: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield so many pairs of those with one name that each record is in one, and each crowd shows that it is one."""
    left, right = _by_name(held, ours), _by_name(incoming, theirs)
    for name in left.keys() & right.keys():
        yield from product(left[name][:1], right[name])
        yield from product(left[name], right[name][:1])


def _chains(people: Sequence[Person], members: Sequence[int]) -> Iterator[tuple[int, int]]:
    for alike in _by_name(people, members).values():
        yield from pairwise(alike)


def _by_name(people: Sequence[Person], members: Iterable[int]) -> Mapping[Block, list[int]]:
    names: defaultdict[Block, list[int]] = defaultdict(list)
    for number in members:
        names[_name(people[number])].append(number)
    return names
