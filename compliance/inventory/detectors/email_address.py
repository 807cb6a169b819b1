"""E-mail addresses (RULES.md DA14)."""

from __future__ import annotations

import re
from functools import lru_cache

from compliance.inventory.detectors.base import MATCH, RESERVED, Detector, Match, Sighting, Verdict, one_by_one

_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
# The look-behind lets a search begin at the start of a run only, which keeps it linear on long runs without an "@".
_DOMAIN = rf"(?:{_LABEL}\.)+[^\W\d_]{{2,63}}"
_SHAPE = re.compile(rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}@{_DOMAIN}(?![\w-])")
_WHOLE_LOCAL = re.compile(rf"{_LOCAL}{{1,64}}")
_WHOLE_DOMAIN = re.compile(_DOMAIN)
_REMEMBERED = 2**10
"""Domains: most addresses of a column have few."""

_RESERVED = re.compile(r"(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$")
"""Domains that nobody can own (RFC 2606 and RFC 6761)."""


def _judge(match: Match) -> Sighting:
    address = match[0].casefold()
    return Sighting(_verdict(address.rpartition("@")[2]), address)


def _whole(text: str) -> tuple[Verdict, str] | None:
    local, _, domain = text.partition("@")
    verdict = _of_domain(domain)
    return (verdict, text.casefold()) if verdict and _WHOLE_LOCAL.fullmatch(local) else None


@lru_cache(_REMEMBERED)
def _of_domain(text: str) -> Verdict | None:
    """Return what an address in a domain proves, if it is a domain and nothing else."""
    return _verdict(text.casefold()) if _WHOLE_DOMAIN.fullmatch(text) else None


def _verdict(domain: str) -> Verdict:
    return RESERVED if _RESERVED.search(domain) else MATCH


EMAIL = Detector(id="email", home="email", sign="@", shape=_SHAPE, judge=_judge, whole=one_by_one(_whole))
