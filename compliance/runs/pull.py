"""A live pull: ask the integrator, and take the inventory of what comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from compliance.declarations.load import load_declarations
from compliance.errors import UsageError
from compliance.integrators.registry import integrator_named
from compliance.inventory.plan import plan_feed
from compliance.inventory.take import take_inventory
from compliance.live.base import Limits, Pull
from compliance.live.pieces import pull_pieces
from compliance.live.registry import client_named
from compliance.model.inventory import Inventory
from compliance.model.keyed import finished
from compliance.rules.registry import RULE_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """What one live pull is asked to do."""

    declarations: tuple[Path, ...]
    at: dt.datetime
    school: str = ""
    """The number by which the integrator knows it; empty for the school of the authorisation."""
    secret: str = field(repr=False)
    key: bytes = field(repr=False)
    to: str | None = None
    """A server of this machine that stands for the integrator's."""
    limits: Limits | None = None
    save: Callable[[str, bytes], None] | None = None
    """Told the name and the bytes of every answer."""


def run_pull(request: PullRequest) -> Inventory:
    """Ask the permission set's integrator about one school, and take the inventory of what comes in the stream.

    Raises ``DeclarationError``, ``UsageError``, or ``SourceError`` when not all of it came.
    """
    declarations = load_declarations(request.declarations, rule_ids=RULE_IDS)
    asked = declarations.permission_set
    if asked is None:
        raise UsageError("There is no permission set.", hint="Name it with --for: it says what to pull, and from whom.")
    client = client_named(asked.integrator)
    own = declarations.authorisation.school if declarations.authorisation else None
    if own and request.school and request.school not in {own.laestab, *own.also_known_as}:
        raise UsageError("The authorisation is another school's.", hint="Name the school's own authorisation.")
    numbers = (request.school,) if request.school or not own else (own.laestab, *own.also_known_as)
    school = next(filter(client.schools.matches, numbers), "")
    if not school:
        raise UsageError(f"The school is not named by {client.schools.label}.", hint=client.schools.hint)
    pull = Pull(
        school=school,
        relying_party=asked.relying_party,
        fields=frozenset(each.path for _, each in asked.requested_fields),
        options=tuple(asked.options),
        secret=request.secret,
    )
    pieces = pull_pieces(
        client, integrator_named(asked.integrator), pull,
        to=request.to, limits=request.limits or Limits(), save=request.save,
    )  # fmt: skip
    plan = plan_feed(declarations, at=request.at, key=request.key)
    taken = take_inventory(pieces, plan, declarations.vocabulary)
    return finished(replace(taken, taken_at=request.at))
