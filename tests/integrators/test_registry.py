from __future__ import annotations

import pytest

from compliance.errors import UsageError
from compliance.integrators.registry import INTEGRATORS, integrator_named


def test_every_integrator_is_found_by_its_name() -> None:
    assert [integrator_named(name).name for name in INTEGRATORS] == [
        "xporter",
        "wonde",
        "clever",
        "edfi",
        "oneroster",
        "sds",
        "plain",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Xporte", "Did you mean 'xporter'? Known: xporter, wonde, clever, edfi, oneroster, sds, plain."),
        ("zzz", "Known: xporter, wonde, clever, edfi, oneroster, sds, plain."),
    ],
)
def test_an_unknown_integrator_is_answered_with_the_nearest_name(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        integrator_named(name)
    assert str(caught.value) == f"There is no integrator {name!r}. {hint}"
