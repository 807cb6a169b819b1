"""How many ten-digit numbers prove that a field holds NHS or learner numbers: one in eleven passes by chance."""

from __future__ import annotations

from compliance.model.inventory import Detection

FEWEST = 5
"""Different numbers that must pass: five by chance happen six times in a million (LAW.md 9.2, trap 4)."""
SHARE = 0.9
"""Of the different ten-digit numbers of a field, how many must pass."""


def proves(detection: Detection) -> bool:
    """Whether a word that names the number stands near, or too many pass for it to be chance."""
    matching, shaped = detection.matching.count, detection.shaped.count
    return detection.in_context > 0 or (matching >= FEWEST and matching >= SHARE * shaped)
