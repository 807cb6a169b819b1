"""Risks to the child, not to the firm: what could happen, what was seen, and what the supplier says it does.

Likelihood and severity are left to the school: it knows its pupils.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.parts.levels import LEVEL_OF, Level, Tag, worst
from compliance.reports.parts.parties import security
from compliance.reports.parts.retention import retention_lines
from compliance.reports.parts.rule_words import Check, words_of
from compliance.reports.words import counted, listed, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One thing that could go wrong for a child."""

    what: str
    harm: str
    seen: str
    tag: Tag
    measures: str


_RISKS = (
    ("Data is kept after a child has left", "It can still leak, or be used, when nobody expects it to be there.",
     (Check.KEPT, Check.SWITCHED_OFF)),
    ("Somebody sees data that needs care", "A child is bullied, treated differently, or found by somebody dangerous.",
     (Check.SENSITIVE,)),
    ("More is taken than is needed", "A child is known better than the app has any reason to know it.",
     (Check.NEEDED, Check.AUTHORISED)),
    ("Data is wrong or mixed up", "A child is judged by what is not true, or by another child's answers.",
     (Check.TIDY,)),
    ("Data goes where nobody expects it", "Parents cannot object to what they do not know of.",
     (Check.COMPANIES,)),
)  # fmt: skip


def risks(audit: Audit) -> tuple[Risk, ...]:
    """Return the risks with what this audit knows of each."""
    return tuple(_risk(audit, what, harm, checks) for what, harm, checks in _RISKS)


def _risk(audit: Audit, what: str, harm: str, checks: Iterable[Check]) -> Risk:
    found = [finding for finding in audit.open_findings if words_of(finding.rule).check in set(checks)]
    titles = dict.fromkeys(f"{words_of(finding.rule).title} ({finding.rule.id})" for finding in found)
    looked = audit.store is not None
    level = worst(LEVEL_OF[finding.severity] for finding in found)
    quiet = "No rule speaks against it." if looked else "Nobody looked at the data kept."
    return Risk(
        what=what,
        harm=harm,
        seen=f"{counted(len(found), 'finding')}: {listed(titles)}." if found else quiet,
        tag=level.tag if found and level is not Level.OK else Tag("ok", "Nothing found") if looked
        else Level.UNSEEN.tag,
        measures=_measures(audit, what),
    )  # fmt: skip


def _measures(audit: Audit, what: str) -> str:
    """Return the measures that the supplier declares: time limits for what is kept, security for all else."""
    if "kept" in what:
        limits = [f"{line.what}: {line.rule}" for line in retention_lines(audit)]
        return sentence("; ".join(limits)) or "No time limit is declared."
    return " ".join(map(sentence, security(audit))) or "No measure is declared."
