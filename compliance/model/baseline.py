"""What was already there when a project began to use the gate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from compliance.model.findings import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFinding:
    """Findings of one fingerprint that were there."""

    rule: str
    severity: Severity
    """The worst of them."""
    count: int
    about: str
    """The field or the file, for people who read the baseline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """All findings that were there on one day."""

    file: str
    written_on: dt.date
    findings: Mapping[str, KnownFinding]
    """Fingerprint to what was known under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineUse:
    """What a baseline meant for one audit."""

    file: str
    written_on: dt.date
    gone: tuple[str, ...] = ()
    """Sentences about known findings that are no longer there: the baseline can be written again without them."""
