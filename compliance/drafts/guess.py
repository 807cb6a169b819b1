"""Guesses which data item a stored field holds: by its values first, then by its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compliance.model.catalogue import Catalogue
from compliance.model.inventory import FieldProfile, Inventory
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataItem, Subject, Vocabulary

MOST = 0.9
"""So much of a column must look like an identifier before it is taken for one."""
MANY = 3
"""So many different codes of a set must be there: fewer fit too many sets."""
SUBJECTS: Mapping[Subject, frozenset[str]] = {
    Subject.STAFF: frozenset({"staff", "teacher", "teachers", "employee", "employees", "tutor"}),
    Subject.CONTACT: frozenset({"contact", "contacts", "parent", "parents", "guardian", "carer"}),
    Subject.GROUP: frozenset({"group", "groups", "class", "classes"}),
    Subject.SCHOOL: frozenset({"school", "schools", "schoolinfo"}),
    Subject.PUPIL: frozenset({"pupil", "pupils", "student", "students", "learner", "learners"}),
}
"""Words in the name of a dataset or a column that tell whom it is about."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a field may hold."""

    path: FieldPath
    item: str | None
    """Id of a data item; None when nothing is known."""
    why: str
    """What the guess rests on; it quotes no value."""


def guesses(inventory: Inventory, vocabulary: Vocabulary, catalogues: Iterable[Catalogue] = ()) -> tuple[Guess, ...]:
    """Return a guess for every field of ``inventory`` that holds no others, by path.

    What integrators call an item is known from their ``catalogues``.
    """
    names = [*_names(vocabulary), *_wire_names(catalogues, vocabulary)]
    fields = {path: profile for dataset in inventory.datasets.values() for path, profile in dataset.fields.items()}
    parents = {parent for path in fields for parent in path.parents}
    return tuple(
        _by_values(path, fields[path], vocabulary) or _by_name(path, names)
        for path in sorted(fields)
        if path not in parents
    )


def _by_values(path: FieldPath, profile: FieldProfile, vocabulary: Vocabulary) -> Guess | None:
    """Guess by what detectors and code sets met."""
    subject = _subject(path)
    for detector, met in sorted(profile.detections.items()):
        count = met.matches + met.reserved
        if profile.filled and count >= MOST * profile.filled:
            fitting = [item for item in vocabulary.items.values() if item.format == detector]
            if near := _of_subject(fitting, subject, path):
                return Guess(path, near.id, f"its values look like {near.label}")
    for code_set, hits in sorted(profile.code_sets.items()):
        if hits.rows == profile.filled and len(hits.codes) >= MANY:
            fitting = [item for item in vocabulary.items.values() if item.code_set == code_set]
            if len(fitting) == 1:
                return Guess(path, fitting[0].id, f"its values are codes of {vocabulary.code_sets[code_set].label}")
    return None


def _by_name(path: FieldPath, names: Sequence[tuple[Words, DataItem]]) -> Guess:
    """Guess by the name: the longest known name whose words stand in it, of the field's own subject before others."""
    subject = _subject(path)
    nearest = _nearest(path, [each for each in names if each[1].subject is subject]) or _nearest(path, names)
    if nearest is None:
        return Guess(path, None, "nothing is known of it: name its data item, or say why it is not personal")
    return Guess(path, nearest.id, f"its name looks like {nearest.label}")


def _nearest(path: FieldPath, names: Iterable[tuple[Words, DataItem]]) -> DataItem | None:
    words, dataset = _words(path.leaf), _words(path.dataset)
    own = {*words} - {word for known in SUBJECTS.values() for word in known}
    weighed: defaultdict[int, list[DataItem]] = defaultdict(list)
    for known, item in names:
        is_whole = known == words
        if is_whole or (own and own <= {*known} <= {*words, *dataset}) or _within(known, words):
            weighed[len(known) + is_whole].append(item)
    return _of_subject(weighed[max(weighed)], _subject(path), path) if weighed else None


def _within(known: Words, words: Words) -> bool:
    """Whether a name of several words stands in another, in order and together."""
    return len(known) > 1 and any(words[at : at + len(known)] == known for at in range(len(words)))


def _of_subject(items: list[DataItem], subject: Subject | None, path: FieldPath) -> DataItem | None:
    """Choose among items: one about the field's subject, about pupils before others; of several, the nearest name."""
    order = (subject, Subject.PUPIL, None)
    words = {*_words(path.leaf), *_words(path.dataset)}

    def rank(item: DataItem) -> tuple[int, int, int, str]:
        place = order.index(item.subject) if item.subject in order else len(order)
        of_item = _words(item.id)
        return place, -len(words.intersection(of_item)), len(of_item), item.id

    return min(items, key=rank, default=None)


def _subject(path: FieldPath) -> Subject | None:
    words = {*_words(path.leaf), *_words(path.dataset)}
    return next((subject for subject, known in SUBJECTS.items() if words & known), None)


def _names(vocabulary: Vocabulary) -> Iterator[tuple[Words, DataItem]]:
    for item in vocabulary.items.values():
        for name in (item.id, re.sub(r"\(.*?\)", "", item.label), *item.aliases):
            yield _words(name), item


def _wire_names(catalogues: Iterable[Catalogue], vocabulary: Vocabulary) -> Iterator[tuple[Words, DataItem]]:
    for catalogue in catalogues:
        for field in catalogue.fields.values():
            if item := vocabulary.items.get(field.item or ""):
                yield _words(field.path.leaf), item


def _words(name: str) -> Words:
    return tuple(word.casefold() for word in _WORD.findall(name))
