"""What is remembered of a text: a digest, and what the detectors and the code sets say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from compliance.inventory.detectors.base import Detector, Sighting, Verdict
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.sieve import Sieve
from compliance.inventory.digest import Digester, keyed, keyed_below
from compliance.model.paths import FieldPath
from compliance.model.sketch import Digest
from compliance.model.vocabulary import CodeSet

LONGEST_REMEMBERED = 200
REMEMBERED = 2**14
"""Texts up to that length, and how many of them, whose reading is kept for when they come again."""


class Found(NamedTuple):
    """What one detector found in one text. A text counts once, by the strongest of its sightings."""

    detector: str
    verdict: Verdict
    in_context: bool
    """Whether a match has a word beside it that names it."""
    matching: frozenset[Digest]
    shaped: frozenset[Digest]


Codes = tuple[tuple[str, Digest], ...]
"""Ids of the code sets that a text is a code of, and the digest of the code."""


class Reading(NamedTuple):
    """One text, without the text."""

    digest: Digest
    found: tuple[Found, ...]
    codes: Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reads values with the digests, the detectors and the code sets of one run."""

    digest: Digester
    read: Callable[[str], Reading]
    sighted: Callable[[Iterable[str]], Mapping[str, tuple[Found, ...]]]
    """Says what the detectors find in different texts; those in which nothing is found are left out."""
    codes: Callable[[Iterable[str]], Mapping[str, Codes]]
    """Says which of different texts are codes; those that are none are left out."""
    digests: Callable[[Iterable[str], Digest], set[Digest]]
    """Makes the digests of texts, and keeps those below a bound."""
    spans: frozenset[FieldPath] = frozenset()
    """Fields of which it may be remembered how far their numbers and days reach."""


def reader(
    key: bytes,
    code_sets: Iterable[CodeSet] = (),
    detectors: Iterable[Detector] = DETECTORS,
    spans: frozenset[FieldPath] = frozenset(),
) -> Reader:
    """Make the reader of one run, whose digests are made with ``key``.

    A text is a code whatever its case and the blanks around it.
    """
    digest = keyed(key)
    sieve = Sieve(tuple(detectors))
    sets_of = _sets_of(code_sets)
    longest = max(map(len, sets_of), default=0)

    def look(text: str, suspects: tuple[Detector, ...]) -> tuple[Found, ...]:
        return tuple(_found(name, sightings, digest) for name, sightings in _sightings(text, suspects).items())

    remembered = lru_cache(REMEMBERED)(look)

    def sighted(texts: Iterable[str]) -> Mapping[str, tuple[Found, ...]]:
        if not sieve.detectors:
            return {}
        met = sieve.candidates(texts).items()
        return {
            text: found
            for text, suspects in met
            if (found := (remembered if len(text) <= LONGEST_REMEMBERED else look)(text, suspects))
        }

    def codes(texts: Iterable[str]) -> Mapping[str, Codes]:
        # No text is shorter for its case being folded.
        return {
            text: tuple((name, digest(code)) for name in names)
            for text in (texts if longest else ())
            if len(bare := text.strip()) <= longest and (names := sets_of.get(code := bare.casefold()))
        }

    def read(text: str) -> Reading:
        return Reading(digest(text), sighted((text,)).get(text, ()), codes((text,)).get(text, ()))

    return Reader(digest=digest, read=read, sighted=sighted, codes=codes, digests=keyed_below(key), spans=spans)


def names_a_person(text: str) -> str | None:
    """Return the id of the detector that takes ``text`` for an identifier, if one does and words alone do not."""
    return next((name for name in _sightings(text, _BUILT_IN.suspects(text)) if ":" not in name), None)


_BUILT_IN = Sieve(DETECTORS)
_STRONGEST_FIRST = tuple(Verdict)


def _sets_of(code_sets: Iterable[CodeSet]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the code sets that each code is in, by its plainest spelling."""
    sets_of: dict[str, tuple[str, ...]] = {}
    for code_set in code_sets:
        for code in {entry.code.strip().casefold() for entry in code_set.codes}:
            sets_of[code] = (*sets_of.get(code, ()), code_set.id)
    return sets_of


def _sightings(text: str, suspects: Iterable[Detector]) -> Mapping[str, list[Sighting]]:
    """Return what each of ``suspects`` finds in ``text``, by the id under which it is counted."""
    sightings: dict[str, list[Sighting]] = {}
    for detector in suspects:
        for sighting in detector.find(text):
            name = f"{detector.id}:{sighting.token}" if sighting.token else detector.id
            sightings.setdefault(name, []).append(sighting)
    return sightings


def _found(detector: str, sightings: Sequence[Sighting], digest: Digester) -> Found:
    if len(sightings) == 1:  # as a rule: most columns that hold identifiers hold one in each row
        ((verdict, value, in_context, _),) = sightings
        shaped = frozenset((digest(value),))
        is_match = verdict is Verdict.MATCH
        return Found(detector, verdict, is_match and in_context, shaped if is_match else frozenset(), shaped)
    matches = [sighting for sighting in sightings if sighting.verdict is Verdict.MATCH]
    # Of the values, not of the sightings: the value of a word is the whole text that it stands in.
    digests = {value: digest(value) for value in {sighting.value for sighting in sightings}}
    return Found(
        detector=detector,
        verdict=min((sighting.verdict for sighting in sightings), key=_STRONGEST_FIRST.index),
        in_context=any(sighting.in_context for sighting in matches),
        matching=frozenset(digests[sighting.value] for sighting in matches),
        shaped=frozenset(digests.values()),
    )
