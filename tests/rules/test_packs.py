"""Rules are run by the law that binds the app, on the day that the audit speaks of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from compliance import resources
from compliance.ledger import build_ledger
from compliance.model.declarations import Declarations, PermissionSet
from compliance.model.vocabulary import EMPTY_VOCABULARY
from compliance.rules.base import Case, RuleOptions
from compliance.rules.packs import packs_of
from compliance.rules.registry import RULES, rule_named
from compliance.rules.run import not_in_force, run_rules


def case(*jurisdictions: str, on: str = "2026-11-23", packs: tuple[str, ...] = ()) -> Case:
    asked = PermissionSet(app="a", label="A", version="1", integrator="plain", jurisdictions=jurisdictions)
    declarations = Declarations(vocabulary=EMPTY_VOCABULARY, permission_set=asked if jurisdictions else None)
    return Case(
        declarations=declarations,
        ledger=build_ledger(declarations, None, None),
        at=dt.datetime.combine(dt.date.fromisoformat(on), dt.time(12), dt.UTC),
        options=RuleOptions(packs=packs),
    )


@pytest.mark.parametrize(
    ("jurisdictions", "packs"),
    [(("uk",), ["uk"]), (("ie", "mt"), ["eu"]), (("uk", "ie"), ["uk", "eu"])],
)
def test_which_law_binds(jurisdictions: tuple[str, ...], packs: list[str]) -> None:
    assert list(packs_of(jurisdictions)) == packs


@pytest.mark.parametrize(
    ("judged", "left_out"),
    [
        (case(), ["PS11"]),
        (case("uk"), ["PS11"]),
        (case("ie"), ["PS06", "PS07", "PS08", "SF19"]),
        (case("uk", "ie"), []),
        (case("uk", on="2026-02-04"), ["PS11", "SF19"]),
        (case("uk", on="2026-02-05"), ["PS11"]),
        (case("uk", packs=("eu",)), ["PS06", "PS07", "PS08", "SF19"]),
    ],
)
def test_which_rules_are_left_out(judged: Case, left_out: list[str]) -> None:
    assert [info.id for info in not_in_force(RULES, judged)] == left_out


def test_a_rule_that_is_not_in_force_neither_runs_nor_is_skipped() -> None:
    assert run_rules((rule_named("PS11"),), case("uk")) == ((), (), ())
    assert run_rules((rule_named("PS11"),), case("ie"))[1] == (rule_named("PS11").info,)


def test_a_pack_is_chosen_by_name(cli: Callable[..., Any]) -> None:
    chosen = cli("check", resources.example_app(), "--pack", "eu", "--pack", "EU")
    assert "law    the European Union, on 2026-11-23; left out: PS06, PS07, PS08 and SF19\n" in chosen.out
    both = cli("check", resources.example_app(), "--pack", "eu", "--pack", "uk")
    assert "law    the European Union and the United Kingdom, on 2026-11-23\n" in both.out
    assert cli("check", resources.example_app(), "--pack", "us").err == (
        "compliance: error: There is no pack of rules 'us'. Known: uk, eu.\n"
    )


def test_what_was_not_yet_law_is_not_asked_for(cli: Callable[..., Any]) -> None:
    earlier = cli("check", resources.example_app(), "--at", "2026-02-04")
    assert "law    the United Kingdom, on 2026-02-04; left out: PS11 and SF19\n" in earlier.out
