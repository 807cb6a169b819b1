"""The whole run, readable from top to bottom: load, open, take, build, run."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from compliance import __version__
from compliance.asides import with_drift_named, with_likeness_named, with_silence_named, with_strangers_named
from compliance.declarations.baseline import read_baseline
from compliance.declarations.load import load_declarations
from compliance.engines.work import How, Keep, Progress, Work
from compliance.errors import Place, SourceError
from compliance.integrators.base import Integrator
from compliance.integrators.grant import authorisation_from, in_force
from compliance.integrators.plain import Plain
from compliance.integrators.registry import integrator_named
from compliance.inventory.key_mark import mark_of, meet
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.plan import plan_feed, plan_store
from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.declarations import Declarations
from compliance.model.findings import Finding, Input
from compliance.model.held import HeldReview
from compliance.model.inventory import Inventory, total_of
from compliance.model.keyed import finished
from compliance.model.paths import FieldPath
from compliance.model.periods import Period, add
from compliance.rules.base import Case, Rule, RuleOptions
from compliance.rules.baseline import against
from compliance.rules.gaps import Stale, gaps_of
from compliance.rules.registry import RULES
from compliance.rules.run import expired, not_in_force, run_rules
from compliance.sources.recognition import Recognition, recognise
from compliance.sources.saved_files import is_saved, read_saved
from compliance.structures.base import Structure, inventory_of, places_of
from compliance.structures.registry import is_structure, read_structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one run is asked to do. Addresses are as ``sources.registry`` reads them."""

    declarations: tuple[Path, ...]
    at: dt.datetime
    previous: Path | None = None
    feeds: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    max_age: str | None = None
    """ISO 8601 duration: a feed that was last written longer ago is a gap."""
    strict: bool = False
    """Whether what was not looked at makes the audit fail."""
    baseline: Path | None = None
    """Findings that were there before: only new ones are open."""
    integrator: str | None = None
    """Overrides the permission set's integrator."""
    recognised: str | None = None
    """Whose the files look to be: what they are read as when neither option nor permission set says it."""
    encoding: str | None = None
    jobs: int = 1
    """Processes that fold the data; how many does not change the outcome."""
    keep: Keep | None = None
    """Where finished parts are kept, so that a run that was stopped goes on from there."""
    detect: bool = True
    """Whether texts are searched for identifiers."""
    engine: str = "local"
    """Where an inventory is taken on its own: ``local`` or ``spark``."""
    master: str | None = None
    """The Spark cluster; None for the one that Spark's own settings name."""
    options: RuleOptions = field(default_factory=RuleOptions)
    own_rules: tuple[str, ...] = ()
    """Python files or entry points whose rules run beside the program's."""
    review: Path | None = None
    """Counts of a review of the people held, to stand in the audit."""
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    """Key of the run's digests. Estimates of how many values differ hang on it: a reproducible run names one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What is known of feeds and stores beside what they hold."""

    places: Mapping[FieldPath, Place] = field(default_factory=dict)
    """Where the columns of a store are described."""
    stale: tuple[Stale, ...] = ()
    """Feeds that are older than they may be."""


def run_audit(request: Request, progress: Progress | None = None) -> Audit:
    """Make the audit that ``request`` asks for.

    Raises ``DeclarationError`` or ``SourceError`` when it cannot be made.
    """
    rules = _rules(request)
    declarations = load(request)
    baseline = read_baseline(request.baseline) if request.baseline else None
    saved = read_all_saved(request)
    structures = read_structures(request)
    saved = {**saved, **{address: inventory_of(each, request.at) for address, each in structures.items()}}
    how = _how(request, progress)
    feed = take(request.feeds, _feed_work(request, declarations), how, saved)
    feed = with_drift_named(declarations, with_strangers_named(declarations, feed))
    feed = with_likeness_named(recognise_feeds(request), declarations, feed)
    declarations = _with_grant(declarations, feed)
    store = take(request.stores, _store_work(request, declarations), how, saved)
    aside = Aside(places=places_of(structures.values()), stale=tuple(_stale(request, saved)))
    audit = judge(declarations, feed, store, at=request.at, options=request.options, rules=rules, aside=aside)
    audit = replace(audit, strict=request.strict, review=_review(request, declarations))
    return against(audit, baseline) if baseline else audit


def run_inventory(request: Request, progress: Progress | None = None) -> Inventory:
    """Take the inventory of the request's feeds and stores, and judge nothing.

    The declarations, if any are given, say what is asked of whole records. Raises ``DeclarationError``, or
    ``SourceError`` when an address cannot be read.
    """
    declarations = load(request)
    if request.engine == "spark":
        works = [
            *((each, _feed_work(request, declarations).plan) for each in request.feeds),
            *((each, _store_work(request, declarations).plan) for each in request.stores),
        ]
        from compliance.engines.spark import take_on_spark  # noqa: PLC0415 - few runs have a cluster

        return take_on_spark(works, request.master, declarations.vocabulary)
    how = _how(request, progress)
    ready = {address: inventory_of(each, request.at) for address, each in read_structures(request).items()}
    feed = take(request.feeds, _feed_work(request, declarations), how, ready)
    taken = (
        with_likeness_named(recognise_feeds(request), declarations, feed),
        take(request.stores, _store_work(request, declarations), how, ready),
    )
    return finished(total_of(each for each in taken if each))


def load(request: Request) -> Declarations:
    """Load the declarations of ``request``. Raises ``DeclarationError``."""
    rule_ids = frozenset(rule.info.id for rule in _rules(request))
    return load_declarations(request.declarations, previous=request.previous, rule_ids=rule_ids)


def integrator_of_feed(request: Request, declarations: Declarations) -> Integrator:
    """Return whose answers the feed is read as: the option's word, then the permission set's, then what it looks like.

    Raises ``UsageError`` when there is no such integrator.
    """
    permission_set = declarations.permission_set
    name = request.integrator or (permission_set.integrator if permission_set else request.recognised or Plain.name)
    return integrator_named(name)


def recognise_feeds(request: Request) -> Recognition | None:
    """Say whose the feeds of ``request`` look to be; None when they are nobody's, or nobody is to be asked."""
    feeds = [address for address in request.feeds if not is_saved(address) and not is_structure(address)]
    return recognise(feeds) if feeds and not request.integrator and request.engine == "local" else None


def judge(
    declarations: Declarations,
    feed: Inventory | None,
    store: Inventory | None,
    *,
    at: dt.datetime,
    options: RuleOptions | None = None,
    rules: Sequence[Rule] = RULES,
    aside: Aside | None = None,
) -> Audit:
    """Build the ledger, run the rules and hold everything together."""
    aside = aside or Aside()
    case = Case(
        declarations=declarations,
        ledger=build_ledger(declarations, feed, store),
        feed=feed,
        store=store,
        places=aside.places,
        at=at,
        options=options or RuleOptions(),
    )
    about_data = tuple(rule for rule in rules if Input.REPORT not in rule.info.needs)
    findings, ran, skipped = run_rules(about_data, case)
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
        gaps=gaps_of(case, ran, skipped, aside.stale),
        packs=case.packs,
        not_in_force=not_in_force(about_data, case),
        expired_waivers=expired(declarations.waivers, case.today),
    )


def judge_document(audit: Audit, text: str, beside: Sequence[Audit] = ()) -> tuple[Finding, ...]:
    """Run the rules about documents over the words of one that is about to be published.

    It may speak of the schools of other audits as well, ``beside`` that of ``audit``.
    """
    case = Case(
        declarations=audit.declarations,
        ledger=audit.ledger,
        feed=audit.feed,
        store=audit.store,
        at=audit.at,
        report_text=text,
        other_schools=tuple(each.declarations.authorisation for each in beside if each.declarations.authorisation),
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


def read_structures(request: Request) -> Mapping[str, Structure]:
    """Read what ``request`` names that describes tables and holds no row, by address. Raises ``SourceError``."""
    addresses = dict.fromkeys((*request.feeds, *request.stores))
    return {address: read_structure(address) for address in addresses if is_structure(address)}


def take(
    addresses: Sequence[str], work: Work, how: How, saved: Mapping[str, Inventory] = MappingProxyType({})
) -> Inventory | None:
    """Take the inventory of all ``addresses`` together; None when there is nothing to look at.

    What was ``saved`` is not read again: it is taken as it is, with a notice of what it cannot answer.
    """
    if not addresses:
        return None
    from compliance.engines.local import take_locally  # noqa: PLC0415 - `check` takes no inventory and need not wait

    parts = (
        with_silence_named(address, saved[address], work.plan) if address in saved else take_locally(address, work, how)
        for address in addresses
    )
    return finished(total_of(parts))


def _stale(request: Request, saved: Mapping[str, Inventory]) -> Iterator[Stale]:
    """Yield each feed that is older than the request allows; one whose age nobody can tell is none."""
    if request.max_age is None:
        return
    from compliance.sources.ages import changed_at  # noqa: PLC0415 - few runs ask
    from compliance.sources.registry import display_name  # noqa: PLC0415 - likewise

    for address in request.feeds:
        written = saved[address].taken_at if address in saved else changed_at(address)
        if written and add(written.date(), Period.parse(request.max_age)) < request.at.date():
            yield Stale(display_name(address), (request.at.date() - written.date()).days, request.max_age)


def _rules(request: Request) -> tuple[Rule, ...]:
    """Return the program's rules, and those that somebody named."""
    if not request.own_rules:
        return RULES
    from compliance.rules.own import own_rules  # noqa: PLC0415 - few runs have rules of their own

    return (*RULES, *(rule for name in dict.fromkeys(request.own_rules) for rule in own_rules(name)))


def _how(request: Request, progress: Progress | None) -> How:
    return How(jobs=request.jobs, keep=request.keep, progress=progress)


def _feed_work(request: Request, declarations: Declarations) -> Work:
    plan = plan_feed(declarations, at=request.at, key=request.key)
    return _work(request, plan, declarations, integrator_of_feed(request, declarations))


def _store_work(request: Request, declarations: Declarations) -> Work:
    """Say how a store is read: as plain records, whatever the integrator of the feed."""
    return _work(request, plan_store(declarations, at=request.at, key=request.key), declarations, Plain())


def _work(request: Request, plan: InventoryPlan, declarations: Declarations, integrator: Integrator) -> Work:
    return Work(
        plan=replace(plan, detect=request.detect),
        vocabulary=declarations.vocabulary,
        integrator=integrator,
        encoding=request.encoding,
    )


def _review(request: Request, declarations: Declarations) -> HeldReview | None:
    """Read the counts of a review. Raises ``SourceError`` when there are none, or they are of another school."""
    if request.review is None:
        return None
    from compliance.sources.held_counts import read_counts  # noqa: PLC0415 - few runs have any

    review, granted = read_counts(request.review), declarations.authorisation
    own = {granted.school.laestab, granted.school.urn, *granted.school.also_known_as} if granted else set()
    if review.school and own and review.school not in own:
        raise SourceError(
            "It is the review of another school.", hint="Review this one.", place=Place(str(request.review))
        )
    return review


def _with_grant(declarations: Declarations, feed: Inventory | None) -> Declarations:
    """Let the integrator's own word stand for an authorisation that nobody wrote down."""
    if declarations.authorisation or feed is None or not feed.grants:
        return declarations
    permission_set = declarations.permission_set
    app = permission_set.app if permission_set else ""
    return replace(declarations, authorisation=authorisation_from(in_force(feed.grants), app))
