"""The page of a rule is made of what the rule says of itself."""

from __future__ import annotations

import pytest

from compliance.model.findings import Input
from compliance.rules.base import Rule
from compliance.rules.documentation import INPUTS, rule_page
from compliance.rules.registry import RULES, rule_named

PAGE = """\
# SF12 recipient-missing

A store does not say who sees what is in it.

Severity: error. Needs: the stored-field declarations. Law: \
[UK GDPR 30(1)(d)](https://www.legislation.gov.uk/eur/2016/679/article/30); \
[UK GDPR 28(2)](https://www.legislation.gov.uk/eur/2016/679/article/28); \
[UK GDPR 28(4)](https://www.legislation.gov.uk/eur/2016/679/article/28).

## Why

A school has to record the categories of recipients of its pupils' data: inside the vendor, outside it,
and the companies that work for it. An empty list may mean that nobody sees the data, or that nobody has
asked.

## Example

The store "backups" has no "recipients".

## What to do instead

List them, or confirm that there are none.

## When it is silent

- Somebody confirmed that there are none (none_confirmed).
"""


def test_a_page_is_whole() -> None:
    assert rule_page(rule_named("SF12").info) == PAGE


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)
def test_every_rule_has_a_page(rule: Rule) -> None:
    page = rule_page(rule.info)
    assert page.startswith(f"# {rule.info.id} ")
    assert page.endswith("\n")
    assert ("A waiver has to name an end." in page) == rule.info.waiver_needs_end


def test_every_input_has_a_name_for_people() -> None:
    assert set(INPUTS) == set(Input)
