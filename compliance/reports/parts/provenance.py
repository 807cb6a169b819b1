"""What the report rests on, and what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from compliance.model.audit import Audit
from compliance.model.findings import Input
from compliance.model.inventory import Inventory
from compliance.reports.parts.head import school_name
from compliance.reports.parts.items import is_technical
from compliance.reports.parts.retention import NOT_TESTED, retention_lines
from compliance.reports.parts.rule_words import words_of
from compliance.reports.words import counted, day, listed, moment

T = TypeVar("T")

INPUTS = {
    Input.PERMISSION_SET: "a permission set",
    Input.CATALOGUE: "the integrator's field list",
    Input.STORED_FIELDS: "stored-field declarations",
    Input.AUTHORISATION: "an authorisation",
    Input.ORGANISATION: "a description of the supplier",
    Input.FEED: "the data received",
    Input.STORE: "the data kept",
    Input.DATA: "the data received or kept",
    Input.GRANT: "what the integrator says the school granted",
    Input.OLD_PERMISSION_SET: "an earlier permission set",
    Input.OLD_STORED_FIELDS: "an earlier list of stored fields",
    Input.OLD_ORGANISATION: "an earlier description of the supplier",
    Input.REPORT: "a document",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file or source."""

    name: str
    what: str
    proof: str
    """SHA-256 of a file, or the rows of a source."""


@dataclass(frozen=True, slots=True)
class NotRun:
    """Rules that could not run for want of the same inputs."""

    lacking: str
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What the report rests on."""

    program: str
    made: str
    versions: tuple[tuple[str, str], ...]
    files: tuple[Evidence, ...]
    sources: tuple[Evidence, ...]
    rules_run: int
    not_run: tuple[NotRun, ...]
    notices: tuple[str, ...]
    technical: str
    """How many technical fields, which say nothing about a person, were left out; empty when none was."""


def provenance(audit: Audit) -> Provenance:
    """Return what the report rests on."""
    return provenance_of((audit,))


def provenance_of(audits: Sequence[Audit]) -> Provenance:
    """Return what a report about these schools rests on: a rule that could not run for one of them is named."""
    first = audits[0]
    digests = {pair for audit in audits for pair in audit.declarations.digests.items()}
    return Provenance(
        program=f"compliance {first.program_version}",
        made=moment(max(audit.at for audit in audits)),
        versions=_once(pair for audit in audits for pair in _versions(audit)),
        files=tuple(Evidence(name, "Declaration", digest) for name, digest in sorted(digests)),
        sources=_once(
            source
            for audit in audits
            for source in (*_sources("Data received", audit.feed), *_sources("Data kept", audit.store))
        ),
        rules_run=min(len(audit.rules_run) for audit in audits),
        not_run=_not_run(audits),
        notices=_notices_of(audits),
        technical=_technical(first),
    )


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _technical(audit: Audit) -> str:
    fields = {line.path for line in audit.ledger if is_technical(line)}
    return counted(len(fields), "technical field") if fields else ""


def _versions(audit: Audit) -> tuple[tuple[str, str], ...]:
    given = audit.declarations
    pairs = (
        ("Permission set", given.permission_set and given.permission_set.version),
        ("Stored fields", given.stored_fields and given.stored_fields.version),
        ("Version that the school authorised", given.authorisation and given.authorisation.version),
        ("Integrator's field list", given.catalogue and f"{given.catalogue.label}, {given.catalogue.version}"),
        ("The school's next review", day(given.authorisation.review_on) if given.authorisation else ""),
        ("Vocabulary", f"{given.vocabulary.id}, {given.vocabulary.version}"),
    )
    return tuple((name, version or "Not given") for name, version in pairs)


def _sources(what: str, inventory: Inventory | None) -> tuple[Evidence, ...]:
    if inventory is None:
        return (Evidence("None", what, "Not looked at"),)
    when = f", {moment(inventory.taken_at)}" if inventory.taken_at else ""
    rows = "; ".join(f"{name} {dataset.rows:,}" for name, dataset in inventory.datasets.items())
    return (Evidence(", ".join(inventory.sources) or "Unnamed", f"{what}{when}", f"Rows read: {rows or 0}"),)


def stores_not_read(audit: Audit) -> tuple[str, ...]:
    """Return the names of the declared stores of which no dataset was read."""
    stored = audit.declarations.stored_fields
    if stored is None:
        return ()
    met = audit.store.datasets if audit.store else {}
    read = {dataset.store for dataset in stored.datasets if dataset.name in met}
    return tuple(store.label for store in stored.stores.values() if store.id not in read)


def _not_run(audits: Sequence[Audit]) -> tuple[NotRun, ...]:
    by_input: dict[str, dict[str, None]] = {}
    for skipped in (each for audit in audits for each in audit.skipped):
        lacking = listed(INPUTS[missing] for missing in skipped.missing)
        by_input.setdefault(lacking, {})[f"{words_of(skipped.rule).title} ({skipped.rule.id})"] = None
    return tuple(NotRun(lacking, "; ".join(rules)) for lacking, rules in by_input.items())


def _notices_of(audits: Sequence[Audit]) -> tuple[str, ...]:
    """Return the notices; one that is not of every school says whose it is."""
    found = [(school_name(audit), _notices(audit)) for audit in audits]
    return _once(
        notice if all(notice in of for _, of in found) else f"{school}: {notice}"
        for school, notices in found
        for notice in notices
    )


def _notices(audit: Audit) -> tuple[str, ...]:
    read = [notice for part in (audit.feed, audit.store) if part for notice in part.notices]
    untested = [line.what for line in retention_lines(audit) if line.overdue == NOT_TESTED]
    return (
        *(f"{store}: declared, and not read" for store in stores_not_read(audit)),
        *(f"{what}: nobody could test the time limit" for what in untested),
        *(f"{notice.source}: {notice.what}" for notice in read),
        *audit.expired_waivers,
    )
