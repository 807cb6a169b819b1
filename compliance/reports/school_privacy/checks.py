"""The eight checks of page one. What nobody looked at is never good."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Declarations
from compliance.reports.parts.companies import NOT_STATED, companies
from compliance.reports.parts.findings import FindingGroup
from compliance.reports.parts.items import ItemLines
from compliance.reports.parts.levels import Level, Tag, worst
from compliance.reports.parts.provenance import stores_not_read
from compliance.reports.parts.retention import NOT_TESTED, retention_lines
from compliance.reports.parts.rule_words import Check
from compliance.reports.parts.switched_off import switched_off
from compliance.reports.words import counted, inside, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the checks look at."""

    audit: Audit
    items: tuple[ItemLines, ...]
    groups: tuple[FindingGroup, ...]

    @property
    def given(self) -> Declarations:
        """The declarations."""
        return self.audit.declarations


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check as the reader sees it."""

    name: str
    level: Level
    tag: Tag
    sentence: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a check has to say besides the findings."""

    level: Level
    sentence: str


Remarks = Callable[[Case], Iterator[Remark]]


def check_lines(case: Case) -> tuple[CheckLine, ...]:
    """Return the eight checks, each with the worst that it has to say."""
    return tuple(_line(check, case) for check in Check)


def not_looked_at(audit: Audit) -> tuple[str, ...]:
    """Name the inputs that were missing."""
    given = audit.declarations
    inputs = {
        "what the app asks for": given.permission_set,
        "what it says it keeps": given.stored_fields,
        "what you authorised": given.authorisation,
        "who the supplier is": given.organisation,
        "what it receives": audit.feed,
        "what it really keeps": audit.store,
    }
    return tuple(words for words, value in inputs.items() if value is None)


def _line(check: Check, case: Case) -> CheckLine:
    found = [Remark(group.level, f"{group.headline}.") for group in case.groups if group.check is check]
    remarks = [*_REMARKS[check](case), *found]
    level = worst(remark.level for remark in remarks)
    loudest = [remark.sentence for remark in remarks if remark.level is level]
    sentence = loudest[0] if loudest and level is not Level.OK else _ALL_WELL[check]
    return CheckLine(name=check.value, level=level, tag=level.tag, sentence=sentence)


def _needed(case: Case) -> Iterator[Remark]:
    if case.given.permission_set is None:
        yield Remark(Level.UNSEEN, "Nobody gave us what the app asks for.")
        return
    if case.given.catalogue is None:
        yield Remark(Level.UNSEEN, "Nobody knows what else its scopes unlock.")
    spare = [entry for entry in case.items if entry.is_spare]
    if spare:
        arrived = sum(entry.arrives for entry in spare)
        came = f"; {arrived} came" if arrived else ""
        yield Remark(Level.CAUTION, f"{counted(len(spare), 'item')} not asked for{came}.")


def _authorised(case: Case) -> Iterator[Remark]:
    if case.given.authorisation is None:
        yield Remark(Level.UNSEEN, "We were not given what you authorised.")
    if case.audit.feed is None:
        yield Remark(Level.UNSEEN, "Nobody looked at what the app receives.")
    beyond = [entry for entry in case.items if any(line.granted.no and line.received.yes for line in entry.lines)]
    if beyond:
        yield Remark(Level.STOP, f"{counted(len(beyond), 'item')} came that you did not authorise.")


def _switched_off(case: Case) -> Iterator[Remark]:
    authorisation = case.given.authorisation
    if authorisation is None:
        yield Remark(Level.UNSEEN, "We were not given what you switched off.")
    elif case.audit.store is None and (
        authorisation.declined_scopes or authorisation.declined_fields or any(authorisation.excluded_people.values())
    ):
        yield Remark(Level.UNSEEN, "Nobody looked at what the app still keeps.")
    elif any(off.proof.style == Level.UNSEEN for off in switched_off(case.audit, case.items)):
        yield Remark(Level.UNSEEN, "Not all of it could be looked for.")


def _sensitive(case: Case) -> Iterator[Remark]:
    if case.given.permission_set is None:
        yield Remark(Level.UNSEEN, "Nobody gave us the app's reasons.")
    if case.given.stored_fields is None and case.audit.store is None:
        yield Remark(Level.UNSEEN, "Nobody looked at what the app keeps.")
    bare = [entry for entry in case.items if entry.item and entry.needs_care and entry.comes_without_reason]
    if bare and case.given.permission_set:
        yield Remark(Level.CAUTION, f"{counted(len(bare), 'item')} with no reason given.")


def _companies(case: Case) -> Iterator[Remark]:
    organisation = case.given.organisation
    if organisation is None:
        yield Remark(Level.UNSEEN, "We were not told which companies take part.")
        return
    if case.given.stored_fields is None:
        yield Remark(Level.UNSEEN, "We were not told where data is kept.")
    everybody = companies(case.audit)
    if not organisation.sub_processors.is_answered:
        yield Remark(Level.CAUTION, "Not said which companies help the supplier.")
    if any(company.where == NOT_STATED for company in everybody):
        yield Remark(Level.CAUTION, "Not said in which country each company is.")
    bare = [company for company in everybody if company.is_abroad and company.cover == NOT_STATED]
    if bare:
        yield Remark(Level.CAUTION, f"No cover is named for {counted(len(bare), 'company', 'companies')} abroad.")


def _kept(case: Case) -> Iterator[Remark]:
    if case.given.stored_fields is None:
        yield Remark(Level.UNSEEN, "We were not told how long data is kept.")
    if case.audit.store is None:
        yield Remark(Level.UNSEEN, "Nobody looked for people who have left.")
    elif any(line.overdue == NOT_TESTED for line in retention_lines(case.audit)):
        yield Remark(Level.UNSEEN, "Not every time limit could be tested.")


def _tidy(case: Case) -> Iterator[Remark]:
    if case.audit.store is None:
        yield Remark(Level.UNSEEN, "Nobody looked at the data that is kept.")


def _looked_at(case: Case) -> Iterator[Remark]:
    missing = not_looked_at(case.audit)
    if missing:
        yield Remark(Level.UNSEEN, f"{counted(len(missing), 'part')} of the picture not given.")
    notices = [notice for part in (case.audit.feed, case.audit.store) if part for notice in part.notices]
    unread = stores_not_read(case.audit)
    if unread:
        yield Remark(Level.UNSEEN, f"Not read: {listed(map(inside, unread))}.")
    skipped = case.audit.skipped
    if skipped:
        yield Remark(Level.UNSEEN, f"{counted(len(skipped), 'rule')} could not run.")
    if notices:
        yield Remark(Level.CAUTION, f"{counted(len(notices), 'part')} of the data was not read.")


_REMARKS: Mapping[Check, Remarks] = {
    Check.NEEDED: _needed,
    Check.AUTHORISED: _authorised,
    Check.SWITCHED_OFF: _switched_off,
    Check.SENSITIVE: _sensitive,
    Check.COMPANIES: _companies,
    Check.KEPT: _kept,
    Check.TIDY: _tidy,
    Check.LOOKED_AT: _looked_at,
}

_ALL_WELL: Mapping[Check, str] = {
    Check.NEEDED: "Each item that is unlocked is asked for.",
    Check.AUTHORISED: "Nothing came that you did not authorise.",
    Check.SWITCHED_OFF: "What you switched off was not found.",
    Check.SENSITIVE: "Each item that needs care has a reason.",
    Check.COMPANIES: "The supplier names each one.",
    Check.KEPT: "Nobody found past the agreed time.",
    Check.TIDY: "No doubles, mix-ups or stray numbers found.",
    Check.LOOKED_AT: "Each part was given; each rule ran.",
}
