"""The ledger: declarations and inventories in, one line a field out. Pure and total."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from compliance.model.catalogue import NO_SCOPE, Catalogue, CatalogueField, Meaning
from compliance.model.declarations import (
    Authorisation,
    CustomField,
    Declarations,
    RequestedField,
    RequestedScope,
    StoredField,
)
from compliance.model.inventory import FieldProfile, Inventory
from compliance.model.ledger import Cell, Ledger, LedgerLine, State
from compliance.model.paths import FieldPath


def build_ledger(declarations: Declarations, feed: Inventory | None, store: Inventory | None) -> Ledger:
    """Join what was declared with what was found.

    ``feed`` and ``store`` are None when they were not looked at. Every field that any of the six columns knows
    stands on a line; a field of the feed that is kept in several places stands on one line for each.
    """
    book = _Book.open(declarations, feed, store)
    lines = [book.line(source, stored) for source, stored in sorted(book.pairs(), key=_order)]
    return Ledger(lines=tuple(lines))


_Pair = tuple[FieldPath | None, FieldPath | None]


def _order(pair: _Pair) -> tuple[bool, FieldPath, FieldPath]:
    """Sort fields of the feed first, then fields known to the store alone."""
    source, stored = pair
    first = FieldPath("")
    return source is None, source or stored or first, stored or first


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """The six columns, each keyed by the field's documented spelling."""

    declarations: Declarations
    catalogue: Catalogue | None
    authorisation: Authorisation | None
    feed: Inventory | None
    store: Inventory | None
    requested: Mapping[FieldPath, tuple[RequestedScope, RequestedField]]
    wildcards: tuple[tuple[RequestedScope, RequestedField], ...]
    received: Mapping[FieldPath, tuple[FieldPath, FieldProfile]]
    """Documented spelling to the spelling on the wire and its profile."""
    custom: Mapping[FieldPath, CustomField]
    """Fields outside the catalogue that the app describes itself."""
    stored: Mapping[FieldPath, StoredField]
    held: Mapping[FieldPath, FieldProfile]

    @classmethod
    def open(cls, declarations: Declarations, feed: Inventory | None, store: Inventory | None) -> _Book:
        """Index what was given by field path."""
        catalogue, permission_set = declarations.catalogue, declarations.permission_set
        asked = tuple(permission_set.requested_fields) if permission_set else ()
        return cls(
            declarations=declarations,
            catalogue=catalogue,
            authorisation=declarations.authorisation,
            feed=feed,
            store=store,
            requested=_requested(catalogue, asked),
            wildcards=tuple((scope, field) for scope, field in asked if field.is_wildcard),
            received=_received(catalogue, feed),
            custom={own.path: own for own in permission_set.custom_fields} if permission_set else {},
            stored={f.path: f for f in declarations.stored_fields.fields} if declarations.stored_fields else {},
            held=_held(declarations, store),
        )

    def pairs(self) -> Iterator[_Pair]:
        """Yield every pair of source field and stored field that a line is owed."""
        sources = {*self.requested, *self.received}
        if self.catalogue and self.declarations.permission_set:
            sources |= {entry.path for entry in self.catalogue.unlocked_by(self.declarations.permission_set.scope_ids)}
        if self.catalogue and self.authorisation:
            sources |= {entry.path for entry in self.catalogue.unlocked_by(self.authorisation.granted_scopes)}
        sources |= self._open_to_all()
        stored_sources = set()
        for stored in self.stored.values():
            source = _documented(self.catalogue, stored.source_path) if stored.source_path else None
            stored_sources.add(source)
            yield source, stored.path
        yield from ((source, None) for source in sources - stored_sources)
        yield from ((None, path) for path in self.held if path not in self.stored)

    def _open_to_all(self) -> set[FieldPath]:
        """Return the fields that need no scope in the datasets that the app asks for: it is handed them all."""
        asked = {path.dataset for path in self.requested} | {field.path.dataset for _, field in self.wildcards}
        entries = self.catalogue.fields.values() if self.catalogue else ()
        return {entry.path for entry in entries if not entry.needs_scope and asked & {entry.path.dataset, "*"}}

    def line(self, source: FieldPath | None, stored_path: FieldPath | None) -> LedgerLine:
        """Fill in the six cells of one line."""
        entry = self.catalogue.fields.get(source) if self.catalogue and source else None
        scope, request = self._request(source, entry)
        stored = self.stored.get(stored_path) if stored_path else None
        custom = self.custom.get(source) if source else None
        item = self.declarations.item(
            (stored.item if stored else None) or (custom.item if custom else None) or (entry.item if entry else None)
        )
        own_class = (stored.data_class if stored else None) or (custom.data_class if custom else None)
        permission_set = self.declarations.permission_set
        ways = entry.ways(permission_set.scope_ids) if entry and permission_set else ()
        return LedgerLine(
            source_path=source,
            stored_path=stored_path,
            item=item,
            data_class=own_class or (item.data_class if item else None),
            scopes=tuple(dict.fromkeys(name for way in ways for name in way)),
            asked=self._asked(source, scope),
            unlocked=self._unlocked(source, entry, ways),
            granted=self._granted(source, entry, scope),
            received=self._received(source),
            declared=self._declared(stored_path, stored),
            held=self._held(stored_path),
            request=request,
            requested_scope=scope,
            stored=stored,
        )

    def _request(
        self, source: FieldPath | None, entry: CatalogueField | None
    ) -> tuple[RequestedScope | None, RequestedField | None]:
        """Find who asked for the field: by name, or by a wildcard over its scope."""
        if source is not None and source in self.requested:
            return self.requested[source]
        for scope, field in self.wildcards:
            if entry and entry.ways({scope.id}) and field.path.dataset in {entry.path.dataset, "*"}:
                return scope, field
        return None, None

    def _asked(self, source: FieldPath | None, scope: RequestedScope | None) -> Cell:
        if self.declarations.permission_set is None:
            return _not_looked_at("no permission set was given")
        if scope:
            return _yes(f"asked for under {scope.id}")
        return _no("not in the permission set" if source else "does not come from the school's system")

    def _unlocked(
        self, source: FieldPath | None, entry: CatalogueField | None, ways: tuple[tuple[str, ...], ...]
    ) -> Cell:
        if source is None:
            return _no("does not come from the school's system")
        if self.declarations.permission_set is None:
            return _not_looked_at("no permission set was given")
        if self.catalogue is None:
            return _not_looked_at("there is no catalogue for this integrator")
        if entry is None:
            return _cannot_tell("the integrator's catalogue does not know this field")
        if ways == NO_SCOPE:
            return _yes("it needs no scope")
        if ways:
            is_pinned = entry.option in self.declarations.permission_set.options.items
            once = "with" if is_pinned else "not until the app sends"
            option = f", {once} the option {entry.option}" if entry.option else ""
            doubt = _doubt(self.catalogue, source, self.declarations.permission_set.scope_ids)
            return _yes("unlocked by " + " or ".join(" and ".join(way) for way in ways) + option + doubt)
        return _no("no scope that the app asks for unlocks it")

    def _granted(self, source: FieldPath | None, entry: CatalogueField | None, scope: RequestedScope | None) -> Cell:
        authorisation = self.authorisation
        if source is None:
            return _no("does not come from the school's system")
        if authorisation is None:
            return _not_looked_at("no authorisation was given")
        if authorisation.status == "revoked":
            return _no("the school revoked its authorisation")
        if source in {
            _documented(self.catalogue, FieldPath.parse(field.id)) for field in authorisation.declined_fields
        }:
            return _no("the school declined this field")
        if self.catalogue is None:
            return _not_looked_at("there is no catalogue for this integrator")
        if entry is None:
            return _cannot_tell("the integrator's catalogue does not know this field")
        ways = entry.ways(authorisation.granted_scopes)
        if ways == NO_SCOPE:
            return _granted_by_name(scope, authorisation)
        if ways:
            doubt = _doubt(self.catalogue, source, authorisation.granted_scopes)
            return _yes("granted through " + " or ".join(" and ".join(way) for way in ways) + doubt)
        declined = {scope.id for scope in authorisation.declined_scopes}
        refused = sorted({name for way in entry.any_of for name in way} & declined)
        return _no(f"the school declined {', '.join(refused)}" if refused else "the school granted no scope for it")

    def _received(self, source: FieldPath | None) -> Cell:
        if source is None:
            return _no("does not come from the school's system")
        if self.feed is None:
            return _not_looked_at("no feed was given")
        if source not in self.received:
            return _never_came(source, self.feed)
        wire, profile = self.received[source]
        spelling = "" if wire.leaf == source.leaf else f", spelt {wire.leaf}"
        if profile.filled:
            return Cell(
                state=State.YES, why=f"filled in {profile.filled} of {profile.present} rows{spelling}", profile=profile
            )
        meaning = self.catalogue.null_means if self.catalogue else Meaning.UNKNOWN
        if meaning is Meaning.SHARED_BUT_EMPTY:
            return Cell(state=State.YES, why=f"sent, but empty in every row{spelling}", profile=profile)
        if meaning is Meaning.NOT_SHARED:
            return Cell(state=State.NO, why=f"sent as null, which means not shared{spelling}", profile=profile)
        return Cell(state=State.CANNOT_TELL, why=f"sent, but empty in every row{spelling}", profile=profile)

    def _declared(self, stored_path: FieldPath | None, stored: StoredField | None) -> Cell:
        if self.declarations.stored_fields is None:
            return _not_looked_at("no stored fields were declared")
        if stored is None:
            return _no("not declared" if stored_path else "the app does not say that it keeps it")
        return _yes(f"declared as {stored.path}")

    def _held(self, stored_path: FieldPath | None) -> Cell:
        if self.store is None:
            return _not_looked_at("no store was given")
        if stored_path is None:
            if self.declarations.stored_fields is None:
                return _cannot_tell("without stored-field declarations a column cannot be traced to the feed")
            return _no("no stored field comes from it")
        profile = self.held.get(stored_path)
        if profile is None:
            if stored_path.dataset not in self.store.datasets or stored_path.dataset in self.store.incomplete:
                return _cannot_tell(f"the store holds no dataset {stored_path.dataset}")
            return _no("the column is not there")
        if not profile.filled and not self.store.datasets[stored_path.dataset].rows:
            why = "there; its dataset holds no row, so that no values were seen"
            return Cell(state=State.YES, why=why, profile=profile)
        state = State.YES if profile.filled else State.NO
        why = (
            f"filled in {profile.filled} of {profile.present} rows"
            if profile.filled
            else "there, but empty in every row"
        )
        return Cell(state=state, why=why, profile=profile)


def _documented(catalogue: Catalogue | None, path: FieldPath) -> FieldPath:
    return catalogue.canonical(path) if catalogue else path


def _doubt(catalogue: Catalogue, path: FieldPath, scopes: Collection[str]) -> str:
    """Say that the integrator contradicts itself about whether these scopes open a field; nothing when it does not."""
    says = catalogue.doubt(path, scopes)
    return f". {catalogue.label} contradicts itself here: {says}" if says else ""


def _requested(
    catalogue: Catalogue | None, asked: Iterable[tuple[RequestedScope, RequestedField]]
) -> dict[FieldPath, tuple[RequestedScope, RequestedField]]:
    """Index the requests by documented spelling; a field asked for twice is required when one of them says so."""
    requested: dict[FieldPath, tuple[RequestedScope, RequestedField]] = {}
    for scope, field in asked:
        if field.is_wildcard:
            continue
        path = _documented(catalogue, field.path)
        first, kept = requested.get(path, (scope, field))
        requested[path] = first, replace(kept, required=True) if field.required else kept
    return requested


def _received(catalogue: Catalogue | None, feed: Inventory | None) -> dict[FieldPath, tuple[FieldPath, FieldProfile]]:
    """Index the feed by documented spelling; two spellings of one field become one profile."""
    received: dict[FieldPath, tuple[FieldPath, FieldProfile]] = {}
    for dataset in feed.datasets.values() if feed else ():
        for wire, profile in dataset.leaves.items():
            path = _documented(catalogue, wire)
            if path in received:
                first, other = received[path]
                received[path] = first, other + profile
            else:
                received[path] = wire, profile
    return received


def _held(declarations: Declarations, store: Inventory | None) -> dict[FieldPath, FieldProfile]:
    """Index the store by path, without what the app confirms to be technical."""
    stored = declarations.stored_fields
    ignored_datasets = stored.ignored_datasets if stored else frozenset()
    ignored_columns = stored.ignored_columns if stored else frozenset()
    declared = {field.path for field in stored.fields} if stored else set()
    return {
        path: profile
        for name, dataset in (store.datasets.items() if store else ())
        if name not in ignored_datasets
        for path, profile in ({**dataset.leaves} | {p: f for p, f in dataset.fields.items() if p in declared}).items()
        if path in declared or path.column not in ignored_columns
    }


def _granted_by_name(scope: RequestedScope | None, authorisation: Authorisation) -> Cell:
    """Say whether a field was granted that needs no scope: by the app's own name of the group it is asked for under."""
    if scope and scope.id in {declined.id for declined in authorisation.declined_scopes}:
        return _no(f"the school declined {scope.id}")
    if scope and authorisation.granted_scopes and scope.id not in authorisation.granted_scopes:
        return _no(f"the school did not grant {scope.id}")
    return _yes("it needs no scope, and the school authorised the app")


def _never_came(source: FieldPath, feed: Inventory) -> Cell:
    """Say what it means that a field is not in the feed: no only where all of its dataset was there to look at."""
    dataset = feed.datasets.get(source.dataset)
    if dataset is None:
        return _cannot_tell(f"the feed holds no dataset {source.dataset}")
    if not dataset.fields and dataset.bare:
        return _cannot_tell(f"the rows of {source.dataset} say only that nothing changed")
    if not dataset.fields:
        return _cannot_tell(f"the dataset {source.dataset} came without a record")
    if source.dataset in feed.incomplete:
        return _cannot_tell("the key is in none of the rows that came, and rows are missing")
    return _no("the key never came")


def _yes(why: str) -> Cell:
    return Cell(state=State.YES, why=why)


def _no(why: str) -> Cell:
    return Cell(state=State.NO, why=why)


def _not_looked_at(why: str) -> Cell:
    return Cell(state=State.NOT_LOOKED_AT, why=why)


def _cannot_tell(why: str) -> Cell:
    return Cell(state=State.CANNOT_TELL, why=why)
