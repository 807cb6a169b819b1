"""How much of what is planted is found, and how much of what is found was planted.

    python -m benchmarks.accuracy [TEXTS [SCHOOLS]]

Prints precision and recall of every detector over labelled texts, then of every rule over invented schools. Each
school is clean but for what is planted in it, and its remarks are look-alikes. The seed is fixed, so two runs of one
version print the same.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.labelled import LOOK_ALIKES, values
from benchmarks.planted import FAULTS_OF_DATA, look_alike
from compliance.example.draft import Draft, clean_draft
from compliance.example.generate import write_draft
from compliance.inventory.detectors.base import Verdict
from compliance.inventory.detectors.group_name import GROUP_NAME
from compliance.inventory.detectors.registry import DETECTORS
from compliance.pipeline import Request, run_audit
from compliance.rules.base import RuleOptions

SEED, TEXTS, SCHOOLS = 2026, 500, 3
SAME_WORDS = {"group_name", "special_terms"}
"""Detectors that share words: what is said of a class's name is said of a remark as well."""
AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """What was right and wrong, by the name of a detector or of a rule."""

    found: Counter[str] = field(default_factory=Counter)
    """Planted and found."""
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    """Found and not planted."""

    def precision(self, name: str) -> float:
        """Return which share of what was found was planted; 1 where nothing was found."""
        return _share(self.found[name], self.false[name])

    def recall(self, name: str) -> float:
        """Return which share of what was planted was found; 1 where nothing was planted."""
        return _share(self.found[name], self.missed[name])

    @property
    def names(self) -> list[str]:
        """Everything that was planted or found."""
        return sorted({*self.found, *self.missed, *self.false})


def of_detectors(texts: int = TEXTS) -> Accuracy:
    """Let every detector read labelled texts. What lies in reserved ranges counts: all that is invented does."""
    told = Accuracy()
    for text, label, is_remark in values(SEED, texts):
        for detector in DETECTORS:
            if {label, detector.id} == SAME_WORDS or (is_remark and detector is GROUP_NAME):
                continue
            is_seen = any(sighting.verdict is not Verdict.NEAR for sighting in detector.find(text))
            if is_seen or label == detector.id:
                counted = told.missed if not is_seen else told.found if label == detector.id else told.false
                counted[detector.id] += 1
    return told


def of_rules(schools: int = SCHOOLS) -> Accuracy:
    """Let the rules judge invented schools: clean ones, and one for each fault."""
    told = Accuracy()
    for school in range(schools):
        draw = random.Random(SEED + school)  # noqa: S311 - not a secret
        clean = look_alike(clean_draft(AT.date()), draw)
        count(told, (), _judged(clean))
        for fault in FAULTS_OF_DATA:
            count(told, fault.labels, _judged(fault.plant(clean, draw)))
    return told


def count(told: Accuracy, planted: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]]) -> None:
    """Compare what was planted with what was found, both as rules and paths."""
    labels, seen = set(planted), set(found)
    told.found.update(rule for rule, _ in labels & seen)
    told.missed.update(rule for rule, _ in labels - seen)
    told.false.update(rule for rule, _ in seen - labels)


def _judged(draft: Draft) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        paths = write_draft(Path(folder), draft)
        audit = run_audit(
            Request(
                declarations=paths.declarations,
                feeds=(str(paths.feed),),
                stores=(str(paths.store),),
                at=AT,
                options=RuleOptions(include_reserved=True),
            )
        )
    return ((finding.rule.id, str(finding.hit.path or "")) for finding in audit.findings)


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def _table(title: str, told: Accuracy) -> Iterator[str]:
    yield f"{title:<16}{'planted':>9}{'found':>9}{'false':>9}{'precision':>11}{'recall':>9}"
    for name in told.names:
        planted = told.found[name] + told.missed[name]
        yield (
            f"{name:<16}{planted:>9}{told.found[name]:>9}{told.false[name]:>9}"
            f"{told.precision(name):>11.3f}{told.recall(name):>9.3f}"
        )


def main(arguments: list[str]) -> None:
    """Print both tables."""
    texts = int(arguments[0]) if arguments else TEXTS
    schools = int(arguments[1]) if arguments[1:] else SCHOOLS
    lines = [*_table("detector", of_detectors(texts)), f"{texts * len(LOOK_ALIKES)} look-alikes", ""]
    lines += _table("rule", of_rules(schools))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
