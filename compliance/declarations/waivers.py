"""The waivers: from their file to their values."""

from __future__ import annotations

import datetime as dt

from compliance.declarations.nodes import Node
from compliance.model.declarations import Waiver


def read_waivers(root: Node) -> tuple[Waiver, ...]:
    """Return the values of a file that keeps to its schema."""
    return tuple(_waiver(node) for node in root.each("waivers"))


def _waiver(node: Node) -> Waiver:
    return Waiver(
        rule=node.text("rule"),
        path=node.text("path"),
        reason=node.text("reason"),
        owner=node.text("owner"),
        expires=dt.date.fromisoformat(node.text("expires")),
        place=node.place,
    )
