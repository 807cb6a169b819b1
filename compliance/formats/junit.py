"""The JUnit format: a test suite for each family of rules, a test case for each rule.

A rule with an open error or warning fails; one that only notes something passes and says it; one that could not run
is skipped. The elements are those that Jenkins, GitLab and Azure Pipelines read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from compliance.formats.words import NOUNS, counted, finding_id, lapse, needs, visible
from compliance.model.audit import Audit
from compliance.model.findings import Finding, RuleInfo, Severity, Skipped


def render(audit: Audit) -> str:
    """Write the audit as one XML document."""
    root = Element("testsuites", name="compliance")
    cases = sorted(_cases(audit), key=lambda case: (case[0].family, case[0].id))
    for family, group in groupby(cases, key=lambda case: case[0].family):
        _suite(root, family, audit, tuple(case for _, case in group))
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, family: str, audit: Audit, cases: Sequence[Element]) -> None:
    suite = SubElement(
        root,
        "testsuite",
        name=family,
        timestamp=audit.at.replace(tzinfo=None, microsecond=0).isoformat(),
        time="0",
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors="0",
        skipped=str(sum(case.find("skipped") is not None for case in cases)),
    )
    suite.extend(cases)


def _cases(audit: Audit) -> Iterator[tuple[RuleInfo, Element]]:
    for rule in audit.rules_run:
        yield rule, _ran(rule, tuple(finding for finding in audit.findings if finding.rule.id == rule.id))
    for skipped in audit.skipped:
        yield skipped.rule, _skipped(skipped)


def _ran(rule: RuleInfo, findings: tuple[Finding, ...]) -> Element:
    case = _case(rule)
    failing = [f for f in findings if f.is_open and f.severity is not Severity.INFO]
    if failing:
        failure = SubElement(
            case,
            "failure",
            message=visible(f"{counted(len(failing), 'finding')}: {rule.summary}"),
            type=failing[0].severity,
        )
        failure.text = "\n".join(map(_line, failing))
    rest = [finding for finding in findings if finding not in failing]
    if rest:
        SubElement(case, "system-out").text = "\n".join(map(_line, rest))
    return case


def _skipped(skipped: Skipped) -> Element:
    case = _case(skipped.rule)
    SubElement(case, "skipped", message=needs(skipped))
    return case


def _case(rule: RuleInfo) -> Element:
    return Element("testcase", classname=f"compliance.{rule.family}", name=visible(f"{rule.id} {rule.name}"), time="0")


def _line(finding: Finding) -> str:
    hit = finding.hit
    at = f"{hit.place}: " if hit.place else ""
    waived = f" Waived by {finding.waiver.owner}: {finding.waiver.reason}" if finding.waiver else ""
    known = " Known from the baseline." if finding.is_known else ""
    lapsed = f" {lapse(finding)}" if finding.lapsed else ""
    return visible(f"{finding_id(finding)} {NOUNS[finding.severity]}: {at}{hit.message}{waived}{known}{lapsed}")
