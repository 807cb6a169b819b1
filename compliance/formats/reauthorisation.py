"""The note that asks a school to authorise a new version: plain text, to be sent as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliance.changes.base import Change, Kind, Sign
from compliance.changes.compare import Comparison
from compliance.formats.words import visible
from compliance.model.declarations import Authorisation, Organisation, PermissionSet

PARTS = (
    (Sign.BREAKING, "What is new"),
    (Sign.NOTICE, "What you may object to"),
    (Sign.NARROWER, "What is less than before"),
)


def note(comparison: Comparison, school: Authorisation, asked: PermissionSet) -> str:
    """Write the note to one school about ``asked``, the new version."""
    return "\n\n".join(_blocks(comparison, school, asked)) + "\n"


def _blocks(comparison: Comparison, school: Authorisation, asked: PermissionSet) -> Iterator[str]:
    label, version = visible(asked.label), visible(asked.version)
    yield _title(f"{label}: please decide about version {version}", "=")
    yield f"To {visible(school.school.name)}"
    on = f"On {school.authorised_on.isoformat()} you" if school.authorised_on else "You"
    known = f"version {visible(school.version)}" if school.version else "a version that we do not know"
    begin = f" It is meant to be used from {asked.effective_from.isoformat()}." if asked.effective_from else ""
    yield f"{on} authorised {known} of what {label} asks your school for. Version {version} goes beyond that.{begin}"
    yield f"Until you have decided, {label} goes by what you authorised: nothing that is new is done for your school."
    for sign, title in PARTS:
        yield from _part(title, (change for change in comparison.changes if change.sign is sign), asked)
    yield _title("What you are asked to do")
    yield "\n".join(f"{number}. {step}" for number, step in enumerate(_steps(comparison, asked), start=1))
    yield from _contact(comparison.now.organisation)


def _title(text: str, line: str = "-") -> str:
    return f"{text}\n{line * len(text)}"


def _part(title: str, changes: Iterable[Change], asked: PermissionSet) -> Iterator[str]:
    told = [*changes]
    if told:
        yield _title(title)
        yield "\n".join(f"- {visible(' '.join(_sentences(change, asked)))}" for change in told)


def _sentences(change: Change, asked: PermissionSet) -> Iterator[str]:
    """Say what changed, and of what is new why it is asked for and whether it needs care."""
    yield change.message
    purpose = asked.purposes.get(change.evidence.get("purpose", ""))
    if purpose and change.sign is Sign.BREAKING:
        yield f"It reads: {purpose.text}"
    if change.kind is Kind.FIELD_ADDED:
        reasons = {field.path: field.reason or scope.reason for scope, field in asked.requested_fields}
        if reason := reasons.get(change.path) if change.path else "":
            yield f"The reason given: {reason}"
    if change.sign is Sign.BREAKING and change.data_class is not None and change.data_class.needs_care:
        yield "This data needs special care."


def _steps(comparison: Comparison, asked: PermissionSet) -> Iterator[str]:
    catalogue = comparison.now.catalogue
    through = f"in {visible(catalogue.label)}" if catalogue and catalogue.integrator != "plain" else "in writing"
    yield f"Authorise version {visible(asked.version)}, or decline it or any optional part of it, {through}."
    if any(change.data_class is not None and change.data_class.needs_care for change in comparison.breaking):
        yield "Look again at your data protection impact assessment: data that needs special care is concerned."
    yield "Look whether your privacy notice has to say what is new before it begins (UK GDPR 13(3) and 14(4))."
    yield "If you are in doubt, ask whoever advises your school on data protection."


def _contact(organisation: Organisation | None) -> Iterator[str]:
    if organisation:
        dpo = (organisation.dpo.name, organisation.dpo.email) if organisation.dpo else ()
        contact = dict.fromkeys(each for each in (organisation.rights_contact, *dpo) if each)
        yield _title("Whom to ask")
        yield visible(f"{organisation.name}{': ' if contact else ''}{', '.join(contact)}")
