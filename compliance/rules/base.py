"""What every rule is made of.

A rule is a generator function that takes a ``Case`` and yields ``Hit``s. Its docstring is its documentation
everywhere: the first paragraph says what fires it, then come these sections, each a line of its own followed by
indented text::

    Why:            why it matters, for a person
    Example:        what fires, in a few words or lines
    Instead:        what to do
    Silent when:    a list, one "- " item for each case in which it must not fire
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from compliance.errors import Place
from compliance.model.declarations import Authorisation, Declarations
from compliance.model.findings import Hit, Input, RuleInfo, Severity
from compliance.model.inventory import Inventory
from compliance.model.ledger import Ledger
from compliance.model.paths import FieldPath
from compliance.rules.packs import packs_of

T = TypeVar("T")

HOME = ("uk",)
"""Where the schools are when no permission set says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOptions:
    """What the person who runs the rules may choose."""

    include_reserved: bool = False
    """Treat published example values and reserved ranges as real ones. For tests and the shipped example."""
    without: frozenset[str] = frozenset()
    """Ids of rules, and names of inputs, that are left out on purpose: see ``rules.gaps.LEAVABLE``."""
    packs: tuple[str, ...] = ()
    """The laws to judge by; empty for those of the permission set's jurisdictions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that a rule may look at."""

    declarations: Declarations
    ledger: Ledger
    feed: Inventory | None = None
    store: Inventory | None = None
    places: Mapping[FieldPath, Place] = field(default_factory=dict)
    """Where the columns of a store stand in the files that describe it, as far as they are known."""
    at: dt.datetime
    options: RuleOptions = field(default_factory=RuleOptions)
    report_text: str | None = None
    """The words of a document that is about to be published."""
    other_schools: tuple[Authorisation, ...] = ()
    """The authorisations of all other schools that the document speaks of."""

    @property
    def today(self) -> dt.date:
        """The day of the audit."""
        return self.at.date()

    @property
    def packs(self) -> tuple[str, ...]:
        """The laws to judge by."""
        permission_set = self.declarations.permission_set
        return self.options.packs or tuple(packs_of(permission_set.jurisdictions if permission_set else HOME))

    @property
    def inputs(self) -> frozenset[Input]:
        """What there is to look at."""
        given = self.declarations
        present = {
            Input.PERMISSION_SET: given.permission_set,
            Input.CATALOGUE: given.catalogue,
            Input.STORED_FIELDS: given.stored_fields,
            Input.AUTHORISATION: given.authorisation,
            Input.ORGANISATION: given.organisation,
            Input.OLD_PERMISSION_SET: given.previous,
            Input.OLD_STORED_FIELDS: given.previous_stored_fields,
            Input.OLD_ORGANISATION: given.previous_organisation,
            Input.FEED: self.feed,
            Input.GRANT: (self.feed.grants or None) if self.feed else None,
            Input.STORE: self.store,
            Input.DATA: self.feed if self.store is None else self.store,
            Input.REPORT: self.report_text,
        }
        return frozenset(name for name, value in present.items() if value is not None)


def given(value: T | None) -> T:
    """Return an input that the rule named among its needs.

    Raises ``LookupError`` when it did not: without the need, nobody makes sure that the input is there.
    """
    if value is None:
        raise LookupError("a rule reads an input that it does not name among its needs")
    return value


Check = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it says of itself, and its check."""

    info: RuleInfo
    check: Check

    def is_in_force(self, case: Case) -> bool:
        """Whether the law that the rule is about is one to judge by, and was in force on the day."""
        since = self.info.since
        return not set(self.info.packs).isdisjoint(case.packs) and (since is None or since <= case.today)

    def missing(self, case: Case) -> tuple[Input, ...]:
        """Return the inputs that the rule needs and the case lacks."""
        return tuple(need for need in self.info.needs if need not in case.inputs)


_SECTION = re.compile(r"^(Why|Example|Instead|Silent when):[ \t]*\n?", re.MULTILINE)


def rule(  # noqa: PLR0913 - a rule says all of itself in one place
    id: str,  # noqa: A002 - the field's word for it
    name: str,
    severity: Severity,
    *,
    needs: tuple[Input, ...],
    law: tuple[str, ...],
    waiver_needs_end: bool = False,
    packs: tuple[str, ...] = ("uk", "eu"),
    since: dt.date | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a check; the rest of its ``RuleInfo`` is read from the docstring.

    Raises ``ValueError`` when the docstring lacks a section: a rule that cannot explain itself is none.
    """

    def made(check: Check) -> Rule:
        summary, sections = _read(id, inspect.getdoc(check) or "")
        info = RuleInfo(
            id=id,
            name=name,
            family=id.rstrip("0123456789"),
            severity=severity,
            needs=needs,
            law=law,
            summary=summary,
            why=sections["Why"],
            example=sections["Example"],
            instead=sections["Instead"],
            silent_when=tuple(
                " ".join(item.split())
                for item in re.split(r"^- ", sections["Silent when"], flags=re.MULTILINE)
                if item.strip()
            ),
            waiver_needs_end=waiver_needs_end,
            packs=packs,
            since=since,
        )
        return Rule(info, check)

    return made


def _read(rule_id: str, doc: str) -> tuple[str, dict[str, str]]:
    """Split a rule's docstring into its summary and its sections."""
    summary, *rest = _SECTION.split(doc)
    sections = {name: inspect.cleandoc(text).strip() for name, text in zip(rest[::2], rest[1::2], strict=True)}
    lacking = [name for name in ("Why", "Example", "Instead", "Silent when") if not sections.get(name)]
    if lacking or not summary.strip():
        message = f"the docstring of {rule_id} lacks: {', '.join(lacking) or 'its first sentence'}"
        raise ValueError(message)
    return " ".join(summary.split()), sections
