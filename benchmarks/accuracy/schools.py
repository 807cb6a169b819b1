"""The example school with look-alikes for remarks: clean in every month, and with each fault alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.accuracy.label import Label, Said
from benchmarks.accuracy.planted import FAULTS_OF_DATA, look_alike
from compliance.example.draft import Draft, clean_draft
from compliance.example.faults import FAULTS, RULES_OF_FAULTS
from compliance.example.generate import write_draft
from compliance.pipeline import Request, run_audit
from compliance.rules.base import RuleOptions

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
MONTHS = 12
_SEED = 2026
_KEY = b"k" * 32


def said(folder: Path) -> tuple[tuple[Label, ...], tuple[Said, ...]]:
    """Write every school below ``folder``, audit it, and return labels and findings; the place is the school."""
    found: list[Said] = []
    labels: list[Label] = []
    for name, rules, at, draft in _schools():
        labels.append(Label(place=name, rules=rules))
        written = write_draft(folder / name, draft)
        made = run_audit(
            Request(
                declarations=written.declarations,
                feeds=(str(written.feed),),
                stores=(str(written.store),),
                at=at,
                options=RuleOptions(include_reserved=True),
                key=_KEY,
            )
        )
        found += (Said(rule=finding.rule.id, place=name) for finding in made.findings)
    return tuple(labels), tuple(found)


def _schools() -> Iterator[tuple[str, tuple[str, ...], dt.datetime, Draft]]:
    """Yield each school's name, the rules that must fire in it, its day, and what it is."""
    for fault in FAULTS:
        yield fault.__name__, RULES_OF_FAULTS[fault.__name__], AT, fault(clean_draft(AT.date()))
    draw = Random(_SEED)  # noqa: S311 - not a secret
    for number, planted in enumerate(FAULTS_OF_DATA):
        draft = planted.plant(look_alike(clean_draft(AT.date()), draw), draw)
        yield f"planted_{number}", planted.rules, AT, draft
    for month in range(MONTHS):
        at = AT.replace(year=AT.year + 1, month=month + 1, day=1)
        yield f"clean_{at:%B}", (), at, look_alike(clean_draft(at.date()), draw)
