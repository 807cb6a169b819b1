"""What a feed carries beyond the integrator's documents, or beyond the options that the permission set names.

Fields are added to old scopes without a word: the same permission set, more data (INTEGRATORS.md, 1.5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from compliance.model.catalogue import Catalogue
from compliance.model.declarations import PermissionSet
from compliance.model.inventory import Inventory, Notice

NAMES_IN_A_NOTICE = 8


def drifted(catalogue: Catalogue, permission_set: PermissionSet, feed: Inventory) -> Iterator[Notice]:
    """Yield a notice of each dataset whose fields the catalogue does not know, and of each option that is not named.

    A dataset that the catalogue does not know at all is no drift of a scope: its lines in the ledger say so.
    """
    known = {path.dataset for path in catalogue.fields}
    own = {field.path for field in permission_set.custom_fields}
    needs: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, dataset in feed.datasets.items():
        strangers = set()
        for wire in dataset.leaves:
            path = catalogue.canonical(wire)
            entry = catalogue.fields.get(path)
            if entry is None and path.dataset in known and not own & {path, wire, *wire.parents}:
                strangers.add(str(path))
            elif entry and entry.option and entry.option not in permission_set.options:
                needs[name, entry.option].append(str(wire))
        if strangers:
            yield Notice(
                name,
                f"carries what the catalogue of {catalogue.label} ({catalogue.version}) does not know: "
                f"{_some(strangers)}{'. Which scope hands it over is not known' if catalogue.scopes else ''}",
            )
    for (name, option), fields in needs.items():
        yield Notice(
            name,
            f"carries what comes with the option {option} alone: {_some(fields)}. "
            "The permission set does not list the option",
        )


def _some(names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = len(ordered) - NAMES_IN_A_NOTICE
    return ", ".join(ordered[:NAMES_IN_A_NOTICE]) + (f" and {more} more" if more > 0 else "")
