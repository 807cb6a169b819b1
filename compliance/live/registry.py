"""Every integrator that can be asked live."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from compliance.errors import UsageError
from compliance.live.base import Client
from compliance.live.oneroster import OneRosterClient
from compliance.live.wonde import WondeClient
from compliance.live.xporter import XporterClient

CLIENTS: Mapping[str, Client] = MappingProxyType(
    {"xporter": XporterClient(), "oneroster": OneRosterClient(), "wonde": WondeClient()}
)
"""Name of the integrator in permission sets to how it is asked."""


def client_named(name: str) -> Client:
    """Return how the integrator ``name`` is asked. Raises ``UsageError`` when it cannot be."""
    if name in CLIENTS:
        return CLIENTS[name]
    raise UsageError(
        f"The integrator {name!r} cannot be asked live.",
        hint=f"Export its answers and take an inventory of the files. Live: {', '.join(CLIENTS)}.",
    )
