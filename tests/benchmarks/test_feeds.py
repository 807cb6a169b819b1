from __future__ import annotations

import json

import pytest

from benchmarks.feeds import MAKERS
from compliance.integrators.registry import INTEGRATORS


@pytest.mark.parametrize("name", MAKERS)
def test_an_answer_is_whole_and_about_as_large_as_asked(name: str) -> None:
    text = "".join(MAKERS[name](20_000))
    assert name in INTEGRATORS
    assert json.loads(text)
    assert 20_000 <= len(text) < 22_000
