"""Objects that are maps from people or things to something, rather than records with fields.

Such keys are data themselves, so they never stand in a field path. Which object is a map follows from the set of its
keys alone: so it does not matter in which order, or in how many parts, they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self, TypeVar

from compliance.model.paths import EACH, FieldPath, join, steps_of

KEYED = "<key>"
"""The step that stands for every key of a map."""
MANY_KEYS = 1000
"""Different keys of one object beyond which it is a map. The widest table of PostgreSQL has 1,600 columns and of
school data some 300; an object that is a record has fewer."""


class _Adds(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


Part = TypeVar("Part", bound=_Adds)


def with_maps(fields: Mapping[FieldPath, Part]) -> Mapping[FieldPath, Part]:
    """Let one step stand for all keys of every map; profiles that come to stand on one path are added."""
    if len(fields) <= MANY_KEYS and not any(KEYED in path.field for path in fields):
        return fields
    dataset = next(iter(fields)).dataset
    below = {steps_of(path.field): part for path, part in fields.items()}
    return dict(sorted((FieldPath(dataset, field), part) for field, part in _mapped("", below)))


def _mapped(field: str, below: Mapping[tuple[str, ...], Part]) -> list[tuple[str, Part]]:
    """Return the fields below ``field``, given by their further steps; the empty steps are the field itself."""
    by_step: dict[str, dict[tuple[str, ...], Part]] = {}
    for steps, part in below.items():
        if steps:
            by_step.setdefault(steps[0], {})[steps[1:]] = part
    keys = by_step.keys() - {EACH}
    if len(keys) > MANY_KEYS or KEYED in keys:
        merged: dict[tuple[str, ...], Part] = {}
        for key in sorted(keys):
            for rest, part in by_step.pop(key).items():
                merged[rest] = merged[rest] + part if rest in merged else part
        by_step[KEYED] = merged
    own = [(field, below[()])] if () in below else []
    return own + [each for step, rest in by_step.items() for each in _mapped(join(field, step), rest)]
