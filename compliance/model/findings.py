"""What a rule says of itself, what it yields, and what becomes of that."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from compliance.errors import Place
from compliance.model.declarations import Waiver
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem


class Severity(StrEnum):
    """How bad a finding is, least first."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Position on the scale, from 0."""
        return list(Severity).index(self)


class Input(StrEnum):
    """What a rule needs before it can run."""

    PERMISSION_SET = "permission_set"
    CATALOGUE = "catalogue"
    STORED_FIELDS = "stored_fields"
    AUTHORISATION = "authorisation"
    ORGANISATION = "organisation"
    FEED = "feed"
    GRANT = "grant"
    """What the integrator itself says that the school granted: it comes with the feed."""
    STORE = "store"
    DATA = "data"
    """A feed or a store, whichever there is."""
    OLD_PERMISSION_SET = "old_permission_set"
    OLD_STORED_FIELDS = "old_stored_fields"
    OLD_ORGANISATION = "old_organisation"
    REPORT = "report"


class Strength(StrEnum):
    """How much the evidence of one hit carries."""

    FIRM = "firm"
    """The finding gets the rule's own severity."""
    WEAK = "weak"
    """At most a warning: the shape fits and the proof does not."""
    NOTE = "note"
    """Only worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """What a rule says of itself. The texts come from its docstring."""

    id: str
    name: str
    family: str
    severity: Severity
    needs: tuple[Input, ...]
    law: tuple[str, ...]
    """Articles and sections, such as ``UK GDPR 5(1)(c)``."""
    summary: str
    """One sentence: what fires it."""
    why: str
    example: str
    instead: str
    silent_when: tuple[str, ...]
    waiver_needs_end: bool = False
    """Whether a waiver must name an end (PS19, DA32, VC02, RC08)."""
    packs: tuple[str, ...] = ("uk", "eu")
    """The jurisdictions whose law it is about."""
    since: dt.date | None = None
    """The first day on which that law was in force, when it is younger than the GDPR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a rule yields: a place where its sentence is true. No value from any data."""

    message: str
    """One plain sentence about this very place."""
    path: FieldPath | None = None
    place: Place | None = None
    """Where the declaration stands that should change."""
    item: DataItem | None = None
    data_class: DataClass | None = None
    strength: Strength = Strength.FIRM
    evidence: Mapping[str, int | str] = field(default_factory=dict)
    """Counts and names that back it: rows, first row, dataset, scope. Names tell two hits at one place apart."""
    fix: str = ""
    """What puts this very place right, when the rule's general advice can be said more exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A hit stamped with its rule, its severity and the waiver that covers it."""

    rule: RuleInfo
    severity: Severity
    hit: Hit
    waiver: Waiver | None = None
    lapsed: Waiver | None = None
    """A waiver that covered it and has ended: since then it fires again."""
    is_known: bool = False
    """Whether it was there when the baseline was written; never of a waived one."""

    @property
    def is_open(self) -> bool:
        """Whether nobody waived it and no baseline knows it."""
        return self.waiver is None and not self.is_known

    @property
    def subject(self) -> str:
        """What it is about: its field, or else the name of its file, wherever that stands and from where it is read."""
        if self.hit.path:
            return str(self.hit.path)
        return PurePosixPath(self.hit.place.file).name if self.hit.place else ""

    @property
    def fingerprint(self) -> str:
        """A stable name for the finding: the same rule at the same field gives the same one on every run.

        Lines do not count, and what an evidence counts does not either.
        """
        names = [f"{key}={name}" for key, name in sorted(self.hit.evidence.items()) if isinstance(name, str)]
        return hashlib.sha256(
            "\0".join([self.rule.id, self.subject, *names]).encode("utf-8", "backslashreplace")
        ).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A rule that could not run, and the inputs it lacked."""

    rule: RuleInfo
    missing: tuple[Input, ...]
