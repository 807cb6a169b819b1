"""E-mail addresses (RULES.md DA14)."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import Detector, Match, Sighting, Verdict

_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
# The look-behind lets a search begin at the start of a run only, which keeps it linear on long runs without an "@".
_SHAPE = re.compile(rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}@(?:{_LABEL}\.)+[^\W\d_]{{2,63}}(?![\w-])")

_RESERVED = re.compile(r"(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$")
"""Domains that nobody can own (RFC 2606 and RFC 6761)."""


def _judge(match: Match) -> Sighting:
    address = match[0].casefold()
    reserved = _RESERVED.search(address.rpartition("@")[2])
    return Sighting(Verdict.RESERVED if reserved else Verdict.MATCH, address)


EMAIL = Detector(id="email", home="email", sign="@", shape=_SHAPE, judge=_judge)
