"""What was not looked at. Silence is never a pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GapKind(StrEnum):
    """Why something was not looked at."""

    NO_SOURCE = "no_source"
    """Neither a feed nor a store was given."""
    EMPTY_FEED = "empty_feed"
    EMPTY_STORE = "empty_store"
    """It has columns and no row: no values were seen."""
    DATASET_MISSING = "dataset_missing"
    """A declared or requested dataset is not there."""
    ROWS_MISSING = "rows_missing"
    """Rows of a dataset are known to be missing."""
    FEED_TOO_OLD = "feed_too_old"
    RULE_WITHOUT_INPUT = "rule_without_input"
    """Rules whose findings are errors lacked an input."""
    NO_RULE = "no_rule"
    """No rule ran at all."""


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """One thing that was not looked at, though nobody left it out on purpose."""

    kind: GapKind
    subject: str
    """The dataset, input or source; empty where it is about the whole."""
    what: str
    """One plain sentence."""
