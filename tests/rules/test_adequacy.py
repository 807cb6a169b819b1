"""Where data may go without a safeguard, and which safeguards count."""

from __future__ import annotations

import datetime as dt

import pytest

from compliance.rules.adequacy import AS_OF, EUROPEAN_UNION, UNITED_KINGDOM, Regime, regimes


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
    assert tuple(regime for regime in both if regime.allows(country, safeguard, AS_OF)) == allowed_by


def test_a_decision_that_names_its_end_ends() -> None:
    last = dt.date(2031, 12, 27)
    assert EUROPEAN_UNION.allows("GB", "", last)
    assert not EUROPEAN_UNION.allows("GB", "", last + dt.timedelta(days=1))
    assert UNITED_KINGDOM.allows("GB", "", last + dt.timedelta(days=1))


def test_which_law_binds() -> None:
    assert list(regimes(("uk",))) == [UNITED_KINGDOM]
    assert list(regimes(("eu",))) == [EUROPEAN_UNION]
    assert list(regimes(("uk", "eu"))) == [UNITED_KINGDOM, EUROPEAN_UNION]
