"""Rules are run by the law that binds the app, on the day that the audit speaks of."""

from __future__ import annotations

import datetime as dt

import pytest

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
