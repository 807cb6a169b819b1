"""What the detectors see in the texts of one field, many texts at a time.

In most fields hardly a text has a sighting, and the sieve finds those that may. In a field of identifiers nearly every
text has one, of the detectors that saw something in the texts before: these are then asked straight away, most texts
being whole identifiers, and the block is searched for the signs of all others only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from compliance.inventory.detectors.base import MATCH, Detector, Sighting, Verdict
from compliance.inventory.detectors.sieve import FEW, Sieve, blocks

_USUAL = FEW / 2
"""Share of the texts of a dense block from which on a detector that has its sign in them is asked without a search."""

_FEW_LEFT = 4
"""Texts up to which it is faster to ask a detector of each than to look for its sign in all."""


class Kind(NamedTuple):
    """What a detector says of a text. The text counts once, by the strongest of the sightings."""

    detector: str
    verdict: Verdict
    in_context: bool
    """Whether a match has a word beside it that names it."""


@dataclass(slots=True)
class Seen:
    """Texts of which a detector says the same, and the values that it saw in them."""

    texts: list[str] = field(default_factory=list)
    matching: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Values that are of the shape, and do not match."""

    def __repr__(self) -> str:
        """Say how much it is without a value."""
        return f"<Seen in {len(self.texts)} texts>"


class Watch:
    """All detectors of one run, watching one field."""

    __slots__ = ("_others", "_sieve", "_usual")

    def __init__(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._usual: tuple[Detector, ...] = ()
        self._others = sieve.detectors

    def sighted(self, texts: Collection[str]) -> Mapping[Kind, Seen]:
        """Return what is seen in different texts."""
        seen: defaultdict[Kind, Seen] = defaultdict(Seen)
        for block in blocks(texts) if self._sieve.detectors else ():
            unusual = self._sieve.having(self._others, block) if self._usual else None
            if unusual is None:
                self._search(block, seen)
                continue
            for text in unusual:
                _see(text, self._sieve.suspects(text), seen)
            self._ask(list(set(block).difference(unusual)) if unusual else block, seen)
        return seen

    def _search(self, block: Sequence[str], seen: Mapping[Kind, Seen]) -> None:
        candidates = self._sieve.candidates(block)
        for text, suspects in candidates.items():
            _see(text, suspects, seen)
        if len(candidates) > FEW * len(block):
            often = Counter(suspect.id for suspects in candidates.values() for suspect in suspects)
            self._usual = tuple(each for each in self._sieve.detectors if often[each.id] > _USUAL * len(block))
            self._others = tuple(each for each in self._sieve.detectors if each not in self._usual)

    def _ask(self, texts: Sequence[str], seen: Mapping[Kind, Seen]) -> None:
        """Ask the usual detectors, and no longer once they see little."""
        most = 0
        for detector in self._usual:
            rest = _see_whole(texts, detector, seen)
            holding = len(texts) - len(rest)
            found = self._sieve.having((detector,), rest) if len(rest) > _FEW_LEFT else rest
            for text in rest if found is None else found:
                holding += _see(text, (detector,), seen)
            most = max(most, holding)
        if most <= FEW * len(texts):
            self._usual = ()


def sightings_of(text: str, suspects: Iterable[Detector]) -> Mapping[str, list[Sighting]]:
    """Return what each of ``suspects`` finds in ``text``, by the id under which it is counted."""
    sightings: dict[str, list[Sighting]] = {}
    for detector in suspects:
        for sighting in detector.find(text):
            name = f"{detector.id}:{sighting.token}" if sighting.token else detector.id
            sightings.setdefault(name, []).append(sighting)
    return sightings


_STRONGEST_FIRST = tuple(Verdict)


def _see(text: str, suspects: Iterable[Detector], seen: Mapping[Kind, Seen]) -> bool:
    """Take in what a text holds, and say whether it holds something."""
    found = sightings_of(text, suspects)
    for name, sightings in found.items():
        if len(sightings) == 1:  # as a rule
            ((verdict, value, in_context, _),) = sightings
            is_match = verdict is MATCH
            met = seen[Kind(name, verdict, is_match and in_context)]
            met.texts.append(text)
            (met.matching if is_match else met.others).append(value)
            continue
        verdict = min((sighting.verdict for sighting in sightings), key=_STRONGEST_FIRST.index)
        matches = [sighting for sighting in sightings if sighting.verdict is MATCH]
        met = seen[Kind(name, verdict, any(match.in_context for match in matches))]
        met.texts.append(text)
        met.matching.extend({match.value for match in matches})
        met.others.extend({sighting.value for sighting in sightings if sighting.verdict is not MATCH})
    return bool(found)


def _see_whole(texts: Sequence[str], detector: Detector, seen: Mapping[Kind, Seen]) -> Sequence[str]:
    """Take in the texts that are whole identifiers, and return the others."""
    rest: Collection[str] = texts
    for verdict, whole, values in detector.whole(texts):
        met = seen[Kind(detector.id, verdict, in_context=False)]
        met.texts += whole
        if verdict is MATCH:
            met.matching += values
        else:
            met.others += values
        rest = set(rest).difference(whole) if len(whole) < len(rest) else ()
    return list(rest)
