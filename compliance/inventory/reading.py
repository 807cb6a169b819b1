"""What is remembered of a text: a digest, and what the detectors and the code sets say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from compliance.inventory.detectors.base import Detector
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.sieve import Sieve
from compliance.inventory.digest import Digester, Digests, keyed, keyed_below
from compliance.inventory.watch import Watch, sightings_of
from compliance.model.paths import FieldPath
from compliance.model.sketch import Digest
from compliance.model.vocabulary import CodeSet

Codes = tuple[tuple[str, Digest], ...]
"""Ids of the code sets that a text is a code of, and the digest of the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reads values with the digests, the detectors and the code sets of one run."""

    digest: Digester
    watch: Callable[[], Watch]
    """Sets the detectors to watch one field."""
    codes: Callable[[Iterable[str]], Mapping[str, Codes]]
    """Says which of different texts are codes; those that are none are left out."""
    digests: Digests
    signs: tuple[str, ...] = ()
    """Of the detectors: a text in which none stands shows them nothing."""
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

    def codes(texts: Iterable[str]) -> Mapping[str, Codes]:
        # No text is shorter for its case being folded.
        return {
            text: tuple((name, digest(code)) for name in names)
            for text in (texts if longest else ())
            if len(bare := text.strip()) <= longest and (names := sets_of.get(code := bare.casefold()))
        }

    return Reader(
        digest=digest,
        watch=partial(Watch, sieve),
        codes=codes,
        digests=keyed_below(key),
        signs=tuple(each.sign for each in sieve.detectors),
        spans=spans,
    )


def names_a_person(text: str) -> str | None:
    """Return the id of the detector that takes ``text`` for an identifier, if one does and words alone do not."""
    return next((name for name in sightings_of(text, _BUILT_IN.suspects(text)) if ":" not in name), None)


_BUILT_IN = Sieve(DETECTORS)


def _sets_of(code_sets: Iterable[CodeSet]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the code sets that each code is in, by its plainest spelling."""
    sets_of: dict[str, tuple[str, ...]] = {}
    for code_set in code_sets:
        for code in {entry.code.strip().casefold() for entry in code_set.codes}:
            sets_of[code] = (*sets_of.get(code, ()), code_set.id)
    return sets_of
