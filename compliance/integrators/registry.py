"""Every integrator that the program understands."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from compliance.errors import UsageError
from compliance.integrators.base import Integrator
from compliance.integrators.clever import Clever
from compliance.integrators.edfi import EdFi
from compliance.integrators.oneroster import OneRoster
from compliance.integrators.plain import Plain
from compliance.integrators.sds import SchoolDataSync
from compliance.integrators.wonde import Wonde
from compliance.integrators.xporter import Xporter

_ALL: tuple[Integrator, ...] = (
    Xporter(),
    Wonde(),
    Clever(),
    EdFi(),
    OneRoster(),
    SchoolDataSync(),
    Plain(),
)

INTEGRATORS: Mapping[str, Integrator] = MappingProxyType({integrator.name: integrator for integrator in _ALL})


def integrator_named(name: str) -> Integrator:
    """Return the integrator that permission sets call ``name``.

    Raises ``UsageError`` when there is none, with the nearest name.
    """
    if name in INTEGRATORS:
        return INTEGRATORS[name]
    near = get_close_matches(name.casefold(), INTEGRATORS, n=1)
    guess = f"Did you mean {near[0]!r}? " if near else ""
    raise UsageError(f"There is no integrator {name!r}.", hint=f"{guess}Known: {', '.join(INTEGRATORS)}.")
