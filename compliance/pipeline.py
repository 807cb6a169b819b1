"""The whole run, readable from top to bottom: load, open, take, build, run."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from compliance import __version__
from compliance.declarations.load import load_declarations
from compliance.engines.spark import take_on_spark
from compliance.integrators.base import Integrator
from compliance.integrators.grant import authorisation_from
from compliance.integrators.registry import integrator_named
from compliance.inventory.batch import Batch, Piece, Rows
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.plan import plan_feed, plan_store
from compliance.inventory.shapes import Block
from compliance.inventory.take import take_inventory
from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.declarations import Declarations
from compliance.model.findings import Finding, Input
from compliance.model.inventory import EMPTY_INVENTORY, Inventory, Notice
from compliance.model.vocabulary import Vocabulary
from compliance.rules.base import Case, Rule, RuleOptions
from compliance.rules.registry import RULES
from compliance.rules.run import expired, run_rules
from compliance.sources.registry import read_source

Progress = Callable[[str, int], None]
"""Told the display name of a source and how many of its records have been read so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one run is asked to do. Addresses are as ``sources.registry`` reads them."""

    declarations: tuple[Path, ...]
    at: dt.datetime
    previous: Path | None = None
    feeds: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    integrator: str | None = None
    """Overrides the permission set's integrator."""
    encoding: str | None = None
    engine: str = "local"
    """Where an inventory is taken on its own: ``local`` or ``spark``."""
    master: str | None = None
    """The Spark cluster; None for the one that Spark's own settings name."""
    options: RuleOptions = field(default_factory=RuleOptions)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    """Key of the run's digests. Estimates of how many values differ hang on it: a reproducible run names one."""


def run_audit(request: Request, progress: Progress | None = None) -> Audit:
    """Make the audit that ``request`` asks for.

    Raises ``DeclarationError`` or ``SourceError`` when it cannot be made.
    """
    rule_ids = frozenset(rule.info.id for rule in RULES)
    declarations = load_declarations(request.declarations, previous=request.previous, rule_ids=rule_ids)
    read_feed = reader(_integrator(request, declarations), request.encoding, progress)
    feed_plan = plan_feed(declarations, at=request.at, key=request.key)
    feed = _with_strangers_named(declarations, take(request.feeds, feed_plan, declarations.vocabulary, read_feed))
    declarations = _with_grant(declarations, feed)
    read_store = reader(None, request.encoding, progress)
    store_plan = plan_store(declarations, at=request.at, key=request.key)
    store = take(request.stores, store_plan, declarations.vocabulary, read_store)
    return judge(declarations, feed, store, at=request.at, options=request.options)


def run_inventory(request: Request, progress: Progress | None = None) -> Inventory:
    """Take the inventory of the request's feeds alone, without any declaration.

    Raises ``SourceError`` when one cannot be read.
    """
    declarations = load_declarations(())
    plan = InventoryPlan(at=request.at, key=request.key)
    if request.engine == "spark":
        return take_on_spark(request.feeds, request.master, plan, declarations.vocabulary)
    read = reader(_integrator(request, declarations), request.encoding, progress)
    return take(request.feeds, plan, declarations.vocabulary, read) or EMPTY_INVENTORY


def judge(
    declarations: Declarations,
    feed: Inventory | None,
    store: Inventory | None,
    *,
    at: dt.datetime,
    options: RuleOptions | None = None,
    rules: Sequence[Rule] = RULES,
) -> Audit:
    """Build the ledger, run the rules and hold everything together."""
    case = Case(
        declarations=declarations,
        ledger=build_ledger(declarations, feed, store),
        feed=feed,
        store=store,
        at=at,
        options=options or RuleOptions(),
    )
    findings, ran, skipped = run_rules((rule for rule in rules if Input.REPORT not in rule.info.needs), case)
    return Audit(
        program_version=__version__,
        at=at,
        declarations=declarations,
        feed=feed,
        store=store,
        ledger=case.ledger,
        findings=findings,
        rules_run=ran,
        skipped=skipped,
        expired_waivers=expired(declarations.waivers, case.today),
    )


def judge_document(audit: Audit, text: str) -> tuple[Finding, ...]:
    """Run the rules about documents over the words of one that is about to be published."""
    case = Case(
        declarations=audit.declarations,
        ledger=audit.ledger,
        feed=audit.feed,
        store=audit.store,
        at=audit.at,
        report_text=text,
    )
    findings, _, _ = run_rules((rule for rule in RULES if Input.REPORT in rule.info.needs), case)
    return findings


def take(
    addresses: Iterable[str], plan: InventoryPlan, vocabulary: Vocabulary, read: Callable[[str], Iterable[Piece]]
) -> Inventory | None:
    """Take the inventory of all ``addresses`` together; None when there is nothing to look at."""
    inventory: Inventory | None = None
    for address in addresses:
        part = take_inventory(read(address), plan, vocabulary)
        inventory = (inventory or EMPTY_INVENTORY) + replace(part, taken_at=plan.at)
    return inventory


def reader(
    integrator: Integrator | None, encoding: str | None, progress: Progress | None
) -> Callable[[str], Iterator[Piece]]:
    """Return what reads an address in the words of ``integrator`` and tells ``progress`` how far it is."""

    def read(address: str) -> Iterator[Piece]:
        rows = 0
        for piece in read_source(address, integrator=integrator, encoding=encoding):
            if progress and isinstance(piece, Batch | Rows | Block):
                rows += len(piece)
                progress(piece.source, rows)
            yield piece

    return read


def _integrator(request: Request, declarations: Declarations) -> Integrator | None:
    permission_set = declarations.permission_set
    name = request.integrator or (permission_set.integrator if permission_set else None)
    return integrator_named(name) if name else None


def _with_strangers_named(declarations: Declarations, feed: Inventory | None) -> Inventory | None:
    """Say of every grant that speaks of another app that it does."""
    party = declarations.permission_set.relying_party if declarations.permission_set else ""
    if feed is None or not party:
        return feed
    notices = {
        Notice(grant.source, f"speaks of the app {grant.relying_party}, and the permission set of {party}")
        for grant in feed.grants
        if grant.relying_party != party
    }
    return replace(feed, notices=tuple(sorted({*feed.notices, *notices})))


def _with_grant(declarations: Declarations, feed: Inventory | None) -> Declarations:
    """Let the integrator's own word stand for an authorisation that nobody wrote down."""
    if declarations.authorisation or feed is None or not feed.grants:
        return declarations
    permission_set = declarations.permission_set
    app = permission_set.app if permission_set else ""
    return replace(declarations, authorisation=authorisation_from(feed.grants[0], app))
