"""Which law a rule belongs to, and from which day: rules come in packs by jurisdiction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

PACKS: Mapping[str, str] = {"uk": "the United Kingdom", "eu": "the European Union"}
"""Every pack, and whose law it is."""


def packs_of(jurisdictions: Collection[str]) -> Iterator[str]:
    """Yield the packs that bind an app in these jurisdictions (``uk``, or codes of EU states)."""
    if "uk" in jurisdictions:
        yield "uk"
    if any(jurisdiction != "uk" for jurisdiction in jurisdictions):
        yield "eu"
