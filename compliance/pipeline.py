"""The whole run, readable from top to bottom: load, open, take, build, run."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from compliance import __version__
from compliance.declarations.load import load_declarations
from compliance.engines.spark import take_on_spark
from compliance.integrators.base import Integrator
from compliance.integrators.grant import authorisation_from
from compliance.integrators.registry import integrator_named
from compliance.inventory.batch import Batch, Piece, Rows
from compliance.inventory.key_mark import mark_of, meet
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.plan import plan_feed, plan_store
from compliance.inventory.shapes import Block
from compliance.inventory.take import take_inventory
from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.declarations import Declarations
from compliance.model.findings import Finding, Input
from compliance.model.inventory import Inventory, Notice, total_of
from compliance.model.vocabulary import Vocabulary
from compliance.rules.base import Case, Rule, RuleOptions
from compliance.rules.registry import RULES
from compliance.rules.run import expired, run_rules
from compliance.sources.registry import read_source
from compliance.sources.saved_files import is_saved, read_saved

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
    saved = read_all_saved(request)
    read_feed = reader(_integrator(request, declarations), request.encoding, progress)
    feed_plan = plan_feed(declarations, at=request.at, key=request.key)
    feed = take(request.feeds, feed_plan, declarations.vocabulary, read_feed, saved)
    feed = _with_strangers_named(declarations, feed)
    declarations = _with_grant(declarations, feed)
    read_store = reader(None, request.encoding, progress)
    store_plan = plan_store(declarations, at=request.at, key=request.key)
    store = take(request.stores, store_plan, declarations.vocabulary, read_store, saved)
    return judge(declarations, feed, store, at=request.at, options=request.options)


def run_inventory(request: Request, progress: Progress | None = None) -> Inventory:
    """Take the inventory of the request's feeds and stores, and judge nothing.

    The declarations, if any are given, say what is asked of whole records. Raises ``DeclarationError``, or
    ``SourceError`` when an address cannot be read.
    """
    rule_ids = frozenset(rule.info.id for rule in RULES)
    declarations = load_declarations(request.declarations, rule_ids=rule_ids)
    feed_plan = plan_feed(declarations, at=request.at, key=request.key)
    store_plan = plan_store(declarations, at=request.at, key=request.key)
    if request.engine == "spark":
        asked = [*((each, feed_plan) for each in request.feeds), *((each, store_plan) for each in request.stores)]
        return take_on_spark(asked, request.master, declarations.vocabulary)
    read_feed = reader(_integrator(request, declarations), request.encoding, progress)
    read_store = reader(None, request.encoding, progress)
    taken = (
        take(request.feeds, feed_plan, declarations.vocabulary, read_feed),
        take(request.stores, store_plan, declarations.vocabulary, read_store),
    )
    return total_of(each for each in taken if each)


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


def read_all_saved(request: Request) -> Mapping[str, Inventory]:
    """Read what ``request`` names that is a saved inventory, by address.

    Raises ``SourceError`` when one cannot be read, or when the digests of two parts of the run cannot meet.
    """
    addresses = dict.fromkeys((*request.feeds, *request.stores))
    saved = {address: read_saved(address) for address in addresses if is_saved(address)}
    if saved:
        first, mark = next((address, each.mark) for address, each in saved.items())
        for address, each in saved.items():
            meet(address, each.mark, first, mark)
        if len(saved) < len(addresses):
            meet(first, mark, "the digests of this run", mark_of(request.key))
    return {address: each.inventory for address, each in saved.items()}


def take(
    addresses: Sequence[str],
    plan: InventoryPlan,
    vocabulary: Vocabulary,
    read: Callable[[str], Iterable[Piece]],
    saved: Mapping[str, Inventory] = MappingProxyType({}),
) -> Inventory | None:
    """Take the inventory of all ``addresses`` together; None when there is nothing to look at.

    What was ``saved`` is not read again: it is taken as it is, with a notice of what it cannot answer.
    """
    if not addresses:
        return None
    return total_of(
        _with_silence_named(address, saved[address], plan)
        if address in saved
        else replace(take_inventory(read(address), plan, vocabulary), taken_at=plan.at)
        for address in addresses
    )


def _with_silence_named(address: str, inventory: Inventory, plan: InventoryPlan) -> Inventory:
    """Say of a saved inventory which planned questions were not asked when it was taken."""
    here = {dataset.casefold() for dataset in inventory.datasets}
    unasked = {each.key for each in plan.measures if each.dataset.casefold() in here} - inventory.measures.keys()
    if not unasked:
        return inventory
    kinds = ", ".join(sorted({key.kind for key in unasked}))
    notice = Notice(
        Path(address).name,
        f"was saved without the answers to {len(unasked)} questions of these declarations ({kinds}): "
        "`compliance inventory --for` asks them",
    )
    return replace(inventory, notices=tuple(sorted({*inventory.notices, notice})))


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
