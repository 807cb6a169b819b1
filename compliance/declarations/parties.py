"""A party: from its node to its value."""

from __future__ import annotations

from compliance.declarations.nodes import Node
from compliance.model.declarations import Party


def read_party_or_none(root: Node, name: str) -> Party | None:
    """Return the party ``name`` of a declaration, or None when it is not there."""
    node = root.get(name)
    return read_party(node) if node else None


def read_party(node: Node) -> Party:
    """Return the value of a party."""
    return Party(
        name=node.text("name"),
        role=node.text("role"),
        address=node.text("address"),
        email=node.text("email"),
        telephone=node.text("telephone"),
        registration=node.text("registration"),
    )
