"""``compliance simulate``, which would wait until somebody ends it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from compliance.example.simulated import SITES, Simulated


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no server wait."""
    monkeypatch.setattr(Simulated, "wait", lambda _: None)


@pytest.mark.parametrize(
    ("name", "school"),
    [
        ("xporter", "1234567, relying_party wellbeing.example"),
        ("oneroster", "1234567, relying_party wellbeing.example"),
        ("wonde", "A1234567890"),
    ],
)
def test_it_says_where_it_is_and_how_to_ask_it(cli: Any, name: str, school: str) -> None:
    done = cli("simulate", name, "--port", "0", "--at", "2026-10-01")
    said = (
        rf"http://127\.0\.0\.1:\d+\nThe school is invented: {school}, COMPLIANCE_SECRET=invented\. Ctrl-C ends it\.\n"
    )
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(said, done.out)


def test_every_site_has_a_name_on_the_command_line(cli: Any) -> None:
    offered = cli("simulate", "--help").out
    assert all(name in offered for name in SITES)


def test_a_fault_that_is_none_is_answered_with_the_nearest(cli: Any) -> None:
    done = cli("simulate", "wonde", "--fault", "delection")
    assert done.code == 2
    assert "deletion" in done.err
