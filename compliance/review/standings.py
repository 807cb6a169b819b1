"""What a sync would make of every record: one standing each, from pairs that were decided before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compliance.model.held import Standing
from compliance.review.pairs import Pairs, Why
from compliance.review.person import Person


@dataclass(frozen=True, slots=True)
class Standings:
    """Of every record held and of every incoming person, in the order of the people."""

    held: tuple[Standing, ...]
    incoming: tuple[Standing, ...]
    partner: Mapping[int, int]
    """Of a record held that is matched, its incoming one."""
    beside: Mapping[int, int]
    """Of a record held that may match, the first incoming one that it may be."""


def standings(held: Sequence[Person], incoming: Sequence[Person], pairs: Pairs) -> Standings:
    """Give every record its standing.

    First come identifiers, then UPNs and names with dates of birth where no identifier speaks against it: two records
    that have only each other are matched, and where there is a choice all of them may match. What is left may match
    whatever it resembles that is not matched yet.
    """
    ours: dict[int, Standing] = {}
    theirs: dict[int, Standing] = {}
    partner: dict[int, int] = {}
    beside: dict[int, int] = {}
    for tier in _tiers(held, incoming, pairs):
        open_pairs = [(one, other) for one, other in tier.pairs if one not in ours and other not in theirs]
        left, right = Counter(one for one, _ in open_pairs), Counter(other for _, other in open_pairs)
        for one, other in open_pairs:
            if tier.is_sure and left[one] == right[other] == 1:
                ours[one] = theirs[other] = Standing.MATCHED
                partner[one] = other
            else:
                ours[one] = theirs[other] = Standing.MAY_MATCH
                beside[one] = min(beside.get(one, other), other)
    return Standings(
        held=tuple(ours.get(number) or _alone(person) for number, person in enumerate(held)),
        incoming=tuple(theirs.get(number, Standing.NEW) for number in range(len(incoming))),
        partner=partner,
        beside=beside,
    )


@dataclass(frozen=True, slots=True)
class _Tier:
    """Pairs of equal weight."""

    pairs: tuple[tuple[int, int], ...]
    is_sure: bool


def _tiers(held: Sequence[Person], incoming: Sequence[Person], pairs: Pairs) -> Iterable[_Tier]:
    by_key, by_person, others = [], [], []
    for (one, other), why in sorted(pairs.why.items()):
        have_keys = held[one].key and incoming[other].key
        if why is Why.IDENTIFIER:
            by_key.append((one, other))
        elif why in {Why.UPN, Why.NAME_AND_BIRTH} and not have_keys:
            by_person.append((one, other))
        else:
            others.append((one, other))
    return (_Tier(tuple(by_key), True), _Tier(tuple(by_person), True), _Tier(tuple(others), False))  # noqa: FBT003 - named by the class


def _alone(person: Person) -> Standing:
    return Standing.WOULD_BE_DESYNCED if person.key else Standing.NOT_MATCHED
