"""Where data may go without a safeguard, and which safeguards count."""

from __future__ import annotations

import pytest

from compliance.rules.adequacy import EUROPEAN_UNION, UNITED_KINGDOM, Regime, regimes


@pytest.mark.parametrize(
    ("country", "safeguard", "allowed_by"),
    [
        ("GB", "", (UNITED_KINGDOM, EUROPEAN_UNION)),
        ("FR", "", (UNITED_KINGDOM, EUROPEAN_UNION)),
        ("BR", "", (EUROPEAN_UNION,)),
        ("GI", "", (UNITED_KINGDOM,)),
        ("US", "", ()),
        ("US", "UK Extension to the EU-US Data Privacy Framework", (UNITED_KINGDOM, EUROPEAN_UNION)),
        ("US", "EU-US Data Privacy Framework", (EUROPEAN_UNION,)),
        ("US", "TBC", ()),
        ("US", "none", ()),
        ("US", "Kept on the school's own device", (UNITED_KINGDOM, EUROPEAN_UNION)),
        ("IN", "SCCs of 2021", (EUROPEAN_UNION,)),
        ("IN", "IDTA of 1 May 2026", (UNITED_KINGDOM,)),
        ("IN", "EU SCCs with the UK Addendum", (UNITED_KINGDOM, EUROPEAN_UNION)),
        ("IN", "Binding corporate rules", (UNITED_KINGDOM, EUROPEAN_UNION)),
    ],
)
def test_what_is_allowed(country: str, safeguard: str, allowed_by: tuple[Regime, ...]) -> None:
    both = (UNITED_KINGDOM, EUROPEAN_UNION)
    assert tuple(regime for regime in both if regime.allows(country, safeguard)) == allowed_by


def test_which_law_binds() -> None:
    assert list(regimes(("uk",))) == [UNITED_KINGDOM]
    assert list(regimes(("ie", "mt"))) == [EUROPEAN_UNION]
    assert list(regimes(("uk", "ie"))) == [UNITED_KINGDOM, EUROPEAN_UNION]
