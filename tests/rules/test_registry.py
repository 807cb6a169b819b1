"""The registry is whole, and every rule explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import compliance.rules
from compliance.errors import UsageError
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, Rule, given, rule
from compliance.rules.registry import RULES, rule_named

PACKAGE = Path(compliance.rules.__file__).parent

ABOUT_CONSENT = {"PS10": {"consent"}, "PS22": {"consent"}, "RC07": {"consent"}}
"""Rules that speak of what the law calls so, and not of what a school authorises."""


def test_every_module_of_a_rule_is_listed() -> None:
    modules = sorted(path.stem.partition("_")[0].upper() for path in PACKAGE.glob("[a-z][a-z][0-9][0-9]_*.py"))
    assert modules == [rule.info.id for rule in RULES]


def test_ids_and_names_are_unique() -> None:
    assert len({rule.info.id for rule in RULES}) == len(RULES)
    assert len({rule.info.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)
def test_a_rule_says_what_it_needs_and_why(rule: Rule) -> None:
    info = rule.info
    assert info.needs
    assert info.law
    assert all((info.summary, info.why, info.example, info.instead, info.silent_when))
    assert info.summary.endswith(".")
    assert all(item.endswith(".") for item in info.silent_when)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)
def test_no_rule_passes_judgement(rule: Rule) -> None:
    words = repr(rule.info).casefold()
    banned = {"compliant", "certified", "unlawful"} | ({"consent"} - ABOUT_CONSENT.get(rule.info.id, set()))
    assert not any(word in words for word in banned)


def test_rules_whose_waiver_must_end() -> None:
    assert {rule.info.id for rule in RULES if rule.info.waiver_needs_end} == {"DA32", "PS19", "RC08", "VC02"}


def test_a_rule_is_found_in_any_case() -> None:
    assert rule_named(" da01").info.name == "undeclared-column"


def test_an_unknown_rule_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"There is no rule 'DA99'\. Did you mean DA[0-9]{2}\?"):
        rule_named("DA99")
    with pytest.raises(UsageError, match="There are: DA01, DA02"):
        rule_named("undeclared")


def test_a_rule_that_cannot_explain_itself_is_none() -> None:
    def check(_case: Case) -> Iterator[Hit]:
        """Say nothing.

        Why:
            For no reason.
        """
        return iter(())

    with pytest.raises(ValueError, match="the docstring of XX01 lacks: Example, Instead, Silent when"):
        rule("XX01", "nothing", Severity.INFO, needs=(Input.STORE,), law=("none",))(check)


def test_an_input_that_is_not_given_is_not_read() -> None:
    with pytest.raises(LookupError, match="among its needs"):
        given(None)
