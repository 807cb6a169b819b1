"""What changed in who works with the data."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Change, Kind, Sign, both, details
from compliance.model.declarations import Declarations, Organisation, SubProcessor

USES = {
    "advertising": "is now used for advertising",
    "automated_decisions": "is now used for automated decisions about people",
    "trains_ai": "now trains AI",
}
"""Member of an organisation to what it means when it turns to yes."""


def organisation_changes(before: Declarations, now: Declarations) -> Iterator[Change]:
    """Yield every change from one organisation to the next; nothing when one is lacking."""
    earlier, later = before.organisation, now.organisation
    if earlier is None or later is None:
        return
    yield from _uses(earlier, later)
    known = {party.name for party in earlier.joint_controllers}
    for party in later.joint_controllers:
        if party.name not in known:
            message = (
                f"{party.name} decides about the data together with the school and the vendor, and did not before."
            )
            yield Change(
                kind=Kind.RECIPIENT_ADDED, sign=Sign.BREAKING, message=message, place=later.place,
                evidence={"joint_controller": party.name},
            )  # fmt: skip
    companies = [{each.name: each for each in given.sub_processors} for given in (earlier, later)]
    for was, company in both(*companies):
        yield from _sub_processor(was, company)
    told = {*USES, *({"sub_processors"} if companies[0].keys() | companies[1].keys() else ())}
    yield from details(earlier, later, told, name="The organisation", place=later.place)


def _uses(before: Organisation, now: Organisation) -> Iterator[Change]:
    for member, what in USES.items():
        was, is_now = getattr(before, member), getattr(now, member)
        if was == is_now:
            continue
        if is_now:
            message, sign = f"What schools hand over {what}.", Sign.BREAKING
        else:
            message = f"The answer to {member.replace('_', ' ')} was {_answer(was)} and is now {_answer(is_now)}."
            sign = Sign.NARROWER if is_now is False else Sign.NEUTRAL
        yield Change(
            kind=Kind.USE_ADDED if is_now else Kind.DETAIL_CHANGED, sign=sign, message=message, place=now.place,
            evidence={"use": member},
        )  # fmt: skip


def _answer(said: bool | None) -> str:  # noqa: FBT001 - a member of a declaration, as it stands
    return {True: "yes", False: "no", None: "not given"}[said]


def _sub_processor(before: SubProcessor | None, now: SubProcessor | None) -> Iterator[Change]:
    """Yield what changed for one sub-processor.

    With a general authorisation a school has to be told of it and may object; with a specific one it has to authorise
    it (UK GDPR 28(2)).
    """
    if now is None:
        if before:
            message = f"{before.name} no longer works with the data."
            yield _of(Kind.RECIPIENT_REMOVED, Sign.NARROWER, before, message)
        return
    sign = Sign.NOTICE if now.authorisation == "general" else Sign.BREAKING
    if before is None:
        yield _of(Kind.RECIPIENT_ADDED, sign, now, f"{now.name} is a new sub-processor ({now.service}).")
        return
    if before.country != now.country:
        message = (
            f"{now.name} worked in {before.country or 'no named country'} and now works in {now.country or 'none'}."
        )
        yield _of(Kind.COUNTRY_ADDED, Sign.BREAKING, now, message)
    if before.safeguard != now.safeguard:
        message = f"{now.name} relies on another safeguard for the transfer than before."
        yield _of(Kind.SAFEGUARD_CHANGED, Sign.BREAKING if before.safeguard else Sign.NEUTRAL, now, message)
    for added in now.data:
        if added not in before.data:
            message = f"{now.name} now also works with: {added}."
            yield _of(Kind.RECIPIENT_ADDED, sign, now, message, data=added)
    if now.trains_ai and not before.trains_ai:
        yield _of(Kind.USE_ADDED, Sign.BREAKING, now, f"{now.name} now trains AI with the data.")
    told = {"country", "safeguard"}
    told |= {"data"} if {*now.data} - {*before.data} else set()
    told |= {"trains_ai"} if now.trains_ai else set()
    yield from details(before, now, told, name=f"The sub-processor {now.name}", place=now.place)


def _of(kind: Kind, sign: Sign, company: SubProcessor, message: str, **evidence: str) -> Change:
    named = {"sub_processor": company.name, **evidence}
    return Change(kind=kind, sign=sign, message=message, place=company.place, evidence=named)
