"""To which countries personal data may go without a safeguard, and which safeguards count where.

Sources: Data Protection Act 2018, Schedule 21 paragraph 5; SI 2022/1213 (Korea); SI 2023/1028 (United States);
adequacy decisions under Article 45 of the EU GDPR, the latest of them (EU) 2026/179 (Brazil).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

AS_OF = dt.date(2026, 2, 1)
"""The day on which the lists were put together."""

_EEA = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
_EVERYWHERE = frozenset({"AD", "AR", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "KR", "NZ", "UY"})
"""Adequate in the eyes of the United Kingdom and of the European Union."""
# Canada, Japan and the United States are adequate for some recipients only: the safeguard has to say that this is one.


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One law of transfers."""

    label: str
    free: frozenset[str]
    """Countries that need no safeguard: the regime's own and those found adequate."""
    ends: Mapping[str, dt.date]
    """Country to the last day on which it is found adequate, where the decision itself names one."""
    own: re.Pattern[str]
    """Names of safeguards that this law knows."""

    def allows(self, country: str, safeguard: str, day: dt.date) -> bool:
        """Whether data may go to ``country`` on ``day`` with this ``safeguard``, as far as names can tell."""
        if country in self.free and day <= self.ends.get(country, day):
            return True
        return bool(self.own.search(safeguard) or _NO_TRANSFER.search(safeguard))


_NO_TRANSFER = re.compile(r"own device", re.IGNORECASE)
"""The data stays with the school itself, abroad."""
_ANY = r"binding corporate rules|\bBCRs?\b|derogation|article 49|adequacy"
_BRITISH = r"international data transfer agreement|\bIDTA\b|\baddendum\b|uk extension|data bridge"
_EUROPEAN = r"standard contractual clauses|\bSCCs?\b|data privacy framework|\bDPF\b"

UNITED_KINGDOM = Regime(
    label="the UK GDPR",
    free=_EEA | _EVERYWHERE | {"GI"},
    ends={},
    own=re.compile(f"{_BRITISH}|{_ANY}", re.IGNORECASE),
)
EUROPEAN_UNION = Regime(
    label="the EU GDPR",
    free=_EEA | _EVERYWHERE | {"BR"},
    ends={"GB": dt.date(2031, 12, 27)},  # as renewed on 19 December 2025; from a secondary source
    own=re.compile(f"{_EUROPEAN}|{_ANY}", re.IGNORECASE),
)


def regimes(packs: Collection[str]) -> Iterator[Regime]:
    """Yield the law of transfers of each pack."""
    return (regime for pack, regime in (("uk", UNITED_KINGDOM), ("eu", EUROPEAN_UNION)) if pack in packs)
