"""Page one: the verdict, the label of privacy facts, the eight checks and the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Organisation
from compliance.model.vocabulary import Subject
from compliance.reports.parts.companies import companies, countries_abroad
from compliance.reports.parts.findings import FindingGroup
from compliance.reports.parts.items import ItemLines
from compliance.reports.parts.levels import Level, worst
from compliance.reports.parts.people import WORDS, people_of
from compliance.reports.parts.retention import people_overdue
from compliance.reports.parts.rule_words import DATA_LEAD, SUPPLIER
from compliance.reports.school_privacy.checks import Case, CheckLine, check_lines, not_looked_at
from compliance.reports.words import counted, inside, listed

UNSEEN = "Not looked at"
MOST_ACTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The report in a few words."""

    level: Level
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the label."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What to do, who does it and by when."""

    what: str
    who: str
    by: str
    finding: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything on page one."""

    verdict: Verdict
    facts: tuple[tuple[Fact, ...], ...]
    """Lines of the label; a bar parts one group from the next."""
    checks: tuple[CheckLine, ...]
    actions: tuple[Action, ...]


def summary(audit: Audit, items: tuple[ItemLines, ...], groups: tuple[FindingGroup, ...]) -> Summary:
    """Return page one."""
    checks = check_lines(Case(audit=audit, items=items, groups=groups))
    return Summary(
        verdict=_verdict(audit, checks, groups),
        facts=_facts(audit, items),
        checks=checks,
        actions=_actions(groups),
    )


def _verdict(audit: Audit, checks: tuple[CheckLine, ...], groups: tuple[FindingGroup, ...]) -> Verdict:
    level = worst(check.level for check in checks)
    act = sum(group.level is Level.STOP for group in groups)
    look = sum(group.level is Level.CAUTION for group in groups)
    act_checks = sum(check.level is Level.STOP for check in checks)
    titles = {
        Level.STOP: f"act on {counted(act or act_checks, 'point')}",
        Level.CAUTION: f"check {counted(look, 'point')}" if look else "a few points to check",
        Level.UNSEEN: "not all was looked at",
        Level.OK: "nothing to put right was found",
    }
    return Verdict(
        level=level,
        title=titles[level],
        text=" ".join(
            part for part in (_what_was_done(audit), _what_follows(act, look), _what_is_missing(audit)) if part
        ),
    )


def _what_was_done(audit: Audit) -> str:
    people = [f"{count:,} {inside(WORDS[subject])}" for subject, count in people_of(audit).items() if count]
    about = f": records of {listed(people)}" if people else ""
    return f"We set what the app asks for beside what it gets and keeps{about}."


def _what_follows(act: int, look: int) -> str:
    if act:
        return f"Have {counted(act, 'point')} put right soon" + (f" and check {look} more." if look else ".")
    return f"Check {counted(look, 'point')}." if look else ""


def _what_is_missing(audit: Audit) -> str:
    missing = not_looked_at(audit)
    return f"We could not look at {listed(missing, 'or')}." if missing else ""


def _facts(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[tuple[Fact, ...], ...]:
    return (
        _people(people_of(audit)),
        _data_items(audit, items),
        _who_gets_it(audit),
        _past_its_time(audit, items),
        _use(audit),
    )


def _people(people: Mapping[Subject, int]) -> tuple[Fact, ...]:
    counted_people = tuple(Fact(WORDS[subject], f"{count:,}") for subject, count in people.items())
    return counted_people or (Fact("Pupils", UNSEEN),)


def _data_items(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[Fact, ...]:
    received = [entry for entry in items if entry.arrives]
    held = [entry for entry in items if entry.is_("held")]
    care = [entry for entry in items if entry.needs_care and (entry.arrives or entry.is_("held"))]
    spare = [entry for entry in items if entry.is_spare]
    looked = audit.feed is not None or audit.store is not None
    known = audit.declarations.catalogue is not None and audit.declarations.permission_set is not None
    return (
        Fact("Items received", _or_unseen(len(received), seen=audit.feed is not None)),
        Fact("Items kept", _or_unseen(len(held), seen=audit.store is not None)),
        Fact("Items that need care", _or_unseen(len(care), seen=looked)),
        Fact("Unlocked, not asked for", _or_unseen(len(spare), seen=known)),
    )


def _who_gets_it(audit: Audit) -> tuple[Fact, ...]:
    seen = audit.declarations.organisation is not None
    return (
        Fact("Companies", _or_unseen(len(companies(audit)), seen=seen)),
        Fact("Countries abroad", _or_unseen(len(countries_abroad(audit)), seen=seen)),
    )


def _past_its_time(audit: Audit, items: tuple[ItemLines, ...]) -> tuple[Fact, ...]:
    overdue = people_overdue(audit)
    off = [entry for entry in items if entry.is_off_and_held]
    seen = audit.store is not None and audit.declarations.authorisation is not None
    return (
        Fact("Left, still kept", UNSEEN if overdue is None else f"{overdue:,}"),
        Fact("Switched off, kept", _or_unseen(len(off), seen=seen)),
    )


def _use(audit: Audit) -> tuple[Fact, ...]:
    organisation = audit.declarations.organisation
    answers = {
        "Advertising": organisation.advertising if organisation else None,
        "Automated decisions": organisation.automated_decisions if organisation else None,
        "AI training": _trains_ai(organisation) if organisation else None,
    }
    words = {True: "Says yes", False: "Says no", None: "Not stated"}
    return tuple(Fact(name, words[answer]) for name, answer in answers.items())


def _trains_ai(organisation: Organisation) -> bool | None:
    """Whether the supplier or a company that works for it trains AI with the data; None when one does not say."""
    answers = {organisation.trains_ai, *(company.trains_ai for company in organisation.sub_processors)}
    return True if True in answers else None if None in answers else False


def _or_unseen(count: int, *, seen: bool) -> str:
    return f"{count:,}" if seen else UNSEEN


def _actions(groups: tuple[FindingGroup, ...]) -> tuple[Action, ...]:
    """Choose what to do first: the worst, and of that what only the school can do; then one for each check."""
    urgent = sorted(
        (group for group in groups if group.level is not Level.OK),
        key=lambda group: (group.level is not Level.STOP, group.who == SUPPLIER),
    )
    first_of_check = {group.check: group for group in reversed(urgent)}.values()
    chosen = sorted(urgent, key=lambda group: group not in first_of_check)[:MOST_ACTIONS]
    return tuple(
        Action(what=group.action, who=_asker(group), by=group.by, finding=group.name, anchor=group.anchor)
        for group in chosen
    )


def _asker(group: FindingGroup) -> str:
    """Return who at the school takes the action: what the supplier has to do, somebody has to ask for."""
    return DATA_LEAD if group.who == SUPPLIER else group.who
