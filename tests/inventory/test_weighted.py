"""Weighted sums of many identifiers at once are those of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.inventory.detectors.weighted import remainders

VALUES = {char: at for at, char in enumerate("0123456789ABC")}


@given(st.data(), st.lists(st.integers(0, 30), min_size=1, max_size=14), st.integers(1, 127))
def test_each_has_the_remainder_of_its_own_sum(data: st.DataObject, weights: list[int], modulus: int) -> None:
    identifier = st.text(st.sampled_from(list(VALUES)), min_size=len(weights), max_size=len(weights))
    identifiers = data.draw(st.lists(identifier, max_size=20))
    sums = [sum(weight * VALUES[char] for weight, char in zip(weights, each, strict=True)) for each in identifiers]
    assert list(remainders(VALUES, weights, modulus)("".join(identifiers).encode())) == [
        each % modulus for each in sums
    ]
