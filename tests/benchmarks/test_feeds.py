from __future__ import annotations

import csv
import json

import pytest

from benchmarks.feeds import MAKERS
from compliance.integrators.registry import INTEGRATORS


@pytest.mark.parametrize("name", MAKERS)
def test_an_answer_is_whole_and_about_as_large_as_asked(name: str) -> None:
    maker = MAKERS[name]
    text = "".join(maker.text(20_000))
    assert maker.integrator in INTEGRATORS
    if maker.file.endswith(".csv"):
        assert len({*map(len, csv.reader(text.splitlines()))}) == 1
    else:
        assert json.loads(text)
    assert 20_000 <= len(text) < 22_000


def test_every_integrator_has_an_answer() -> None:
    assert {maker.integrator for maker in MAKERS.values()} == INTEGRATORS.keys() - {"plain"}
