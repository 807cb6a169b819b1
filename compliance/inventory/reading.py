"""What is remembered of one text: a digest, and what the detectors and the code sets say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from compliance.inventory.detectors.base import Sighting, Verdict
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.digest import Digester
from compliance.model.inventory import Digest
from compliance.model.paths import FieldPath
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


class Reading(NamedTuple):
    """One text, without the text."""

    digest: Digest
    found: tuple[Found, ...]
    codes: tuple[tuple[str, Digest], ...]
    """Ids of the code sets that the text is a code of, and the digest of the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reads values with the digests and the code sets of one run."""

    digest: Digester
    read: Callable[[str], Reading]
    spans: frozenset[FieldPath] = frozenset()
    """Fields of which it may be remembered how far their numbers and days reach."""

    def digests(self, texts: Iterable[str], below: Digest) -> Iterable[Digest]:
        """Return the digests of these texts that are below ``below``."""
        return [digest for text in texts if (digest := self.digest(text)) < below]

    def sighted(self, texts: Iterable[str]) -> dict[str, tuple[Found, ...]]:
        """Return what the detectors found, of the texts in which they found something."""
        return {text: found for text in texts if (found := self.read(text).found)}

    def codes(self, texts: Iterable[str]) -> dict[str, tuple[tuple[str, Digest], ...]]:
        """Return the code sets that each text is a code of, of the texts that are one."""
        return {text: codes for text in texts if (codes := self.read(text).codes)}


def reader(digest: Digester, code_sets: Iterable[CodeSet], spans: frozenset[FieldPath] = frozenset()) -> Reader:
    """Make the reader of one run. A text is a code whatever its case and the blanks around it."""
    sets_of: dict[str, tuple[str, ...]] = {}
    for code_set in code_sets:
        for code in {_code(entry.code) for entry in code_set.codes}:
            sets_of[code] = (*sets_of.get(code, ()), code_set.id)

    def read(text: str) -> Reading:
        code = _code(text)
        return Reading(
            digest=digest(text),
            found=tuple(_found(name, sightings, digest) for name, sightings in _sightings(text).items()),
            codes=tuple((name, digest(code)) for name in sets_of.get(code, ())),
        )

    remembered = lru_cache(REMEMBERED)(read)
    return Reader(
        digest=digest,
        read=lambda text: remembered(text) if len(text) <= LONGEST_REMEMBERED else read(text),
        spans=spans,
    )


def names_a_person(text: str) -> str | None:
    """Return the id of the detector that takes ``text`` for an identifier, if one does and words alone do not."""
    return next((name for name in _sightings(text) if ":" not in name), None)


def _code(text: str) -> str:
    return text.strip().casefold()


def _sightings(text: str) -> Mapping[str, list[Sighting]]:
    """Return what every detector finds in ``text``, by the id under which it is counted."""
    sightings: dict[str, list[Sighting]] = {}
    for detector in DETECTORS:
        for match in detector.shape.finditer(text):
            if sighting := detector.judge(match):
                name = f"{detector.id}:{sighting.token}" if sighting.token else detector.id
                sightings.setdefault(name, []).append(sighting)
    return sightings


_STRONGEST_FIRST = tuple(Verdict)


def _found(detector: str, sightings: Sequence[Sighting], digest: Digester) -> Found:
    matches = [sighting for sighting in sightings if sighting.verdict is Verdict.MATCH]
    return Found(
        detector=detector,
        verdict=min((sighting.verdict for sighting in sightings), key=_STRONGEST_FIRST.index),
        in_context=any(sighting.in_context for sighting in matches),
        matching=frozenset(digest(sighting.value) for sighting in matches),
        shaped=frozenset(digest(sighting.value) for sighting in sightings),
    )
