"""Every article of a rule can be read somewhere."""

from __future__ import annotations

import pytest

from compliance.rules.law import address_of, linked
from compliance.rules.registry import RULES

NOWHERE = {"DfE, Unique pupil numbers guide", "EDPB, Coordinated action on erasure (2026)"}
"""Documents of which no address was found that could be read."""

UK, DPA = "https://www.legislation.gov.uk/eur/2016/679", "https://www.legislation.gov.uk/ukpga/2018/12"


@pytest.mark.parametrize(
    ("law", "address"),
    [
        ("UK GDPR 5(1)(c)", f"{UK}/article/5"),
        ("UK GDPR 22A-22D", f"{UK}/article/22A"),
        ("UK GDPR recital 26", UK),
        ("DPA 2018 section 10", f"{DPA}/section/10"),
        ("DPA 2018 sections 10 and 11", f"{DPA}/section/10"),
        ("DPA 2018 Schedule 1 paragraph 8(3)", f"{DPA}/schedule/1"),
        ("Protection of Freedoms Act 2012 section 26", "https://www.legislation.gov.uk/ukpga/2012/9/section/26"),
        ("EU GDPR 6(1)", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
        ("A law of nobody 7", ""),
    ],
)
def test_the_address(law: str, address: str) -> None:
    assert address_of(law) == address


def test_what_has_no_address_is_named_alone() -> None:
    assert linked("A law of nobody 7") == "A law of nobody 7"
    assert linked("EU GDPR 6(1)") == "[EU GDPR 6(1)](https://eur-lex.europa.eu/eli/reg/2016/679/oj)"


def test_every_rule_names_law_that_can_be_read() -> None:
    assert {law for rule in RULES for law in rule.info.law if not address_of(law)} == NOWHERE
