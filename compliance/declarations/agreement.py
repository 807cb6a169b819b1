"""Whether the declarations agree with one another: every name that one part uses is defined in another.

Three tables say it all: what defines names, what must be named only once, and what uses names. A way such as
``scopes[].fields[].path`` leads to the values; ``{}`` leads to the keys of a mapping.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from compliance.declarations.authorisation import read_authorisation
from compliance.declarations.names import meant_or_known, shown
from compliance.declarations.nodes import Node
from compliance.declarations.receipt import receipt_of
from compliance.errors import Problem
from compliance.model.periods import Period, add

Roots = Mapping[str, Node]
"""Kind of declaration to its contents. What is not given, or breaks its schema, is not there."""
Names = Mapping[str, Collection[str]]
"""What is named, such as ``scope``, to the names that there are. What is not there is not checked."""


class Way(NamedTuple):
    """Where names of one sort stand in declarations of one kind."""

    kind: str
    way: str
    what: str


DEFINED: tuple[Way, ...] = (
    Way("permission_set", "purposes[].id", "purpose"),
    Way("stored_fields", "recipients[].id", "recipient"),
    Way("stored_fields", "stores[].id", "store"),
    Way("stored_fields", "retentions[].id", "retention"),
    Way("stored_fields", "datasets[].name", "dataset"),
)

ONCE: tuple[Way, ...] = (
    *DEFINED,
    Way("permission_set", "scopes[].id", "scope"),
    Way("permission_set", "scopes[].fields[].path", "field of this scope"),
    Way("permission_set", "custom_fields[].path", "custom field"),
    Way("stored_fields", "datasets[].fields[].name", "field of this dataset"),
    Way("authorisation", "declined_scopes[].id", "declined scope"),
    Way("authorisation", "declined_fields[].id", "declined field"),
    Way("vocabulary", "groups[].id", "item group"),
    Way("vocabulary", "items[].id", "data item"),
    Way("vocabulary", "code_sets[].id", "code set"),
    Way("vocabulary", "code_sets[].codes[].code", "code of this set"),
    Way("vocabulary", "detectors[].id", "detector"),
    Way("integrator", "scopes[].id", "scope"),
    Way("integrator", "datasets[].name", "dataset"),
    Way("integrator", "datasets[].fields[].name", "field of this dataset"),
)

USED: tuple[Way, ...] = (
    Way("permission_set", "scopes[].id", "scope"),
    Way("permission_set", "scopes[].purposes[]", "purpose"),
    Way("permission_set", "scopes[].fields[].purposes[]", "purpose"),
    Way("permission_set", "scopes[].fields[].art9_conditions{}", "purpose"),
    Way("permission_set", "custom_fields[].item", "data item"),
    Way("stored_fields", "stores[].recipients[]", "recipient"),
    Way("stored_fields", "stores[].retention", "retention"),
    Way("stored_fields", "datasets[].store", "store"),
    Way("stored_fields", "datasets[].retention", "retention"),
    Way("stored_fields", "datasets[].fields[].retention", "retention"),
    Way("stored_fields", "datasets[].fields[].purposes[]", "purpose"),
    Way("stored_fields", "datasets[].fields[].item", "data item"),
    Way("stored_fields", "datasets[].fields[].code_set", "code set"),
    Way("organisation", "contract_schedule.data[]", "data item or item group"),
    Way("organisation", "contract_schedule.retentions{}", "retention"),
    Way("organisation", "notice_data[]", "data item or item group"),
    Way("authorisation", "granted_scopes[]", "scope"),
    Way("authorisation", "declined_scopes[].id", "scope"),
    Way("waivers", "waivers[].rule", "rule"),
    Way("vocabulary", "items[].group", "item group"),
    Way("vocabulary", "items[].code_set", "code set"),
    Way("integrator", "datasets[].fields[].scopes[]", "scope"),
    Way("integrator", "datasets[].fields[].item", "data item"),
    Way("integrator", "datasets[].fields[].option", "option"),
    Way("integrator", "contradictions[].scopes[]", "scope"),
)

_STEP = re.compile(r"\w+|\[\]|\{\}")
_EVERY = "*"
"""Stands for all purposes in ``art9_conditions``."""


def disagreements(roots: Roots, names: Names) -> Iterator[Problem]:
    """Yield a problem for each name that is given twice or not at all, and for what else does not fit together.

    ``names`` holds what is defined elsewhere: scopes, data items, rules.
    """
    known = {**names, **_defined(roots)}
    for way in ONCE:
        yield from _named_twice(way, roots)
    for way in USED:
        if way.what in known:
            yield from _unknown(way, roots, known[way.what])
    yield from _other_integrator(roots)
    yield from _waivers_too_long(roots)
    yield from _detectors_unfit(roots)
    yield from _unconfirmed(roots)
    yield from _receipt_unfit(roots)


def different_apps(roots: Collection[Node]) -> Iterator[Problem]:
    """Yield a problem for each declaration that is of another app than the first."""
    apps = [app for root in roots if (app := root.get("app"))]
    for app in apps[1:]:
        if app.value != apps[0].value:
            yield app.problem(f"the app is {app.value} here and {apps[0].value} at {apps[0].place}.")


def _find(root: Node, way: str) -> Iterable[Node]:
    """Return every value that ``way`` leads to."""
    found = [root]
    for step in _STEP.findall(way):
        found = [further for node in found for further in _next(node, step)]
    return found


def _next(node: Node, step: str) -> Iterator[Node]:
    """Yield the values one step further."""
    if step == "[]":
        return node.elements()
    if step == "{}":
        return node.key_nodes()
    member = node.get(step)
    return iter((member,) if member else ())


def _defined(roots: Roots) -> Names:
    return {
        way.what: {str(node.value) for node in _find(roots[way.kind], way.way)} for way in DEFINED if way.kind in roots
    }


def _named_twice(way: Way, roots: Roots) -> Iterator[Problem]:
    """Compare the names of one list with one another."""
    lists, _, member = way.way.rpartition("[].")
    for named in _find(roots[way.kind], lists) if way.kind in roots else ():
        first: dict[object, Node] = {}
        for node in _find(named, f"[].{member}"):
            if node.value in first:
                yield node.problem(
                    f"a second {way.what} is called {shown(str(node.value))}.",
                    f"The first stands on line {first[node.value].mark[0]}.",
                )
            first.setdefault(node.value, node)


def _unknown(way: Way, roots: Roots, known: Collection[str]) -> Iterator[Problem]:
    for node in _find(roots[way.kind], way.way) if way.kind in roots else ():
        for name in str(node.value).split(" & "):
            if name not in known and name != _EVERY:
                yield node.problem(f"there is no {way.what} called {shown(name)}.", meant_or_known(name, known))


def _other_integrator(roots: Roots) -> Iterator[Problem]:
    """Yield a problem when the catalogue that was given is not that of the permission set's integrator."""
    if {"permission_set", "integrator"} <= roots.keys():
        named, catalogue = roots["permission_set"].child("integrator"), roots["integrator"].child("id")
        if named.value != catalogue.value:
            yield named.problem(f"the integrator is {named.value} here and {catalogue.value} at {catalogue.place}.")


def _waivers_too_long(roots: Roots) -> Iterator[Problem]:
    """Hold each waiver to twelve months (RULES.md, waiver form)."""
    for waiver in roots["waivers"].each("waivers") if "waivers" in roots else ():
        granted, expires = (dt.date.fromisoformat(waiver.text(name)) for name in ("granted_on", "expires"))
        latest = add(granted, Period(years=1))
        if expires < granted:
            yield waiver.child("expires").problem("the waiver ends before it was granted.")
        elif expires > latest:
            hint = f"End it by {latest.isoformat()} at the latest."
            yield waiver.child("expires").problem("the waiver lasts longer than twelve months.", hint)


def _unconfirmed(roots: Roots) -> Iterator[Problem]:
    """Yield a problem for each guess of ``compliance draft`` that nobody has confirmed."""
    for field in _find(roots["stored_fields"], "datasets[].fields[]") if "stored_fields" in roots else ():
        if guess := field.get("guessed"):
            item = field.text("item")
            what = f"the data item {shown(item)} was guessed" if item else "no data item could be guessed"
            hint = "Put the item right, or say why it is not personal, and take the line guessed away."
            yield guess.problem(f"{what}, and nobody has confirmed it.", hint)


def _detectors_unfit(roots: Roots) -> Iterator[Problem]:
    """Yield a problem for each detector that cannot be: its name is taken, or one of its patterns is of no use."""
    detectors = tuple(roots["vocabulary"].each("detectors")) if "vocabulary" in roots else ()
    if not detectors:
        return
    # Few vocabularies have any, and every other run would wait for the patterns of all detectors to be compiled.
    from compliance.inventory.detectors.own import flaw_of  # noqa: PLC0415
    from compliance.inventory.detectors.registry import DETECTORS  # noqa: PLC0415

    for detector in detectors:
        if detector.text("id") in {built_in.id for built_in in DETECTORS}:
            yield detector.child("id").problem("the program has a detector of this name.", "Choose another name.")
        for name in ("pattern", "reserved"):
            pattern = detector.get(name)
            if pattern and (flaw := flaw_of(str(pattern.value))):
                yield pattern.problem(*flaw)


def _receipt_unfit(roots: Roots) -> Iterator[Problem]:
    """Yield a problem when a decision was changed after its receipt was given."""
    receipt = roots["authorisation"].get("receipt") if "authorisation" in roots else None
    if receipt and receipt.value != receipt_of(read_authorisation(roots["authorisation"])):
        hint = "Undo the change, or let the school decide again with `compliance authorise`."
        yield receipt.problem("the receipt is of another decision than the one that stands here.", hint)
