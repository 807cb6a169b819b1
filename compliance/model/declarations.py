"""What the people concerned have declared: the app, its vendor and one school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from compliance.errors import Place
from compliance.model.catalogue import Catalogue
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem, Subject, Vocabulary

T = TypeVar("T")
NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A list that knows whether anybody filled it in.

    Three states: some items; none, and somebody confirmed it; not filled in (``Listed()``).
    """

    items: tuple[T, ...] = ()
    none_confirmed: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the declaration answers the question at all."""
        return bool(self.items) or self.none_confirmed

    def __iter__(self) -> Iterator[T]:
        """Iterate over the items."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count the items."""
        return len(self.items)


class Role(StrEnum):
    """Who decides why and how: a fact per purpose, not a label (GDPR Article 28(10))."""

    PROCESSOR = "processor"
    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint_controller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why data is used."""

    id: str
    text: str
    """One plain sentence that a parent understands."""
    detail: str = ""
    role: Role | None = None
    """The vendor's role for this purpose."""
    lawful_basis: str | None = None
    """Article 6 code as in LAW.md 3.1: ``6.1.a`` … ``6.1.f``, ``6.1.ea``."""
    kind: str | None = None
    """What sort of purpose it is, such as ``education_matching`` or ``product_development``."""
    individual_decision: bool | None = None
    written_consents: str = ""
    """Where consents to biometric recognition are kept (Protection of Freedoms Act 2012, section 26)."""
    dpv: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """How free text is kept in bounds."""

    longest: int | None = None
    """Characters."""
    guidance: str = ""
    """What people read beside it before they write."""
    screening: str = ""
    """Who or what looks at it before it is kept or shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedField:
    """One field that the app says it needs from a scope."""

    path: FieldPath
    required: bool | None = None
    """None when the declaration does not say (PS03)."""
    purposes: tuple[str, ...] = ()
    """Ids of purposes; the scope's own when the field names none."""
    own_purposes: bool = False
    """Whether the field names its purposes itself."""
    reason: str = ""
    necessity: str = ""
    """Why nothing less would do; asked of required data that needs care."""
    art9_conditions: Mapping[str, str] = field(default_factory=dict)
    """Purpose id, or ``*`` for all, to the Article 9(2) condition, such as ``9.2.g``."""
    sch1: str = ""
    art9_position: str = ""
    core_function: bool = False
    dpia: str = ""
    sync_key: bool = False
    transient: str = ""
    """How it is used without being stored; empty when it is stored."""
    awaited: dt.date | None = None
    """When the release that uses it is due."""
    precision: str = ""
    free_text: FreeText = field(default_factory=FreeText)
    biometric: bool = False
    """Whether software recognises people by it."""
    art10_position: str = ""
    place: Place = NOWHERE

    @property
    def is_wildcard(self) -> bool:
        """Whether it asks for everything instead of naming a field."""
        return self.path.field in {"", "*"} or self.path.leaf.casefold() in {"*", "all"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedScope:
    """One scope that the app asks for."""

    id: str
    required: bool | None = None
    subjects: tuple[Subject, ...] = ()
    purposes: tuple[str, ...] = ()
    reason: str = ""
    effect_if_withheld: str = ""
    fields: tuple[RequestedField, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """A field outside the integrator's catalogue that the app describes itself."""

    path: FieldPath
    item: str
    data_class: DataClass
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """The appropriate policy document of DPA 2018, Schedule 1 Part 4."""

    holder: str = ""
    """``controller`` or ``vendor``."""
    reference: str = ""
    review_on: dt.date | None = None
    not_needed: str = ""
    """Why the condition needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionSet:
    """What the app registers with an integrator: the data it asks schools for."""

    app: str
    label: str
    version: str
    integrator: str
    relying_party: str = ""
    effective_from: dt.date | None = None
    supersedes: str = ""
    jurisdictions: tuple[str, ...] = ("uk",)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)
    scopes: tuple[RequestedScope, ...] = ()
    options: Listed[str] = field(default_factory=Listed)
    populations: Mapping[str, str] = field(default_factory=dict)
    per_person_opt_out: str = ""
    whole_school: bool = False
    """Whether it is for every pupil on roll."""
    contacts_notice: str = ""
    """How parents and other contacts learn of it."""
    sync_every: str = ""
    """``hour``, ``day``, ``week``, ``month``, ``term`` or ``year``."""
    needed_every: str = ""
    """How fresh data has to be, in the same words."""
    policy_document: PolicyDocument = PolicyDocument()
    custom_fields: tuple[CustomField, ...] = ()
    patch_versions: tuple[str, ...] = ()
    """Earlier versions from which this one differs only at patch level: wording, removal or shorter retention."""
    place: Place = NOWHERE

    @property
    def scope_ids(self) -> frozenset[str]:
        """The scopes it asks for."""
        return frozenset(scope.id for scope in self.scopes)

    @property
    def requested_fields(self) -> Iterator[tuple[RequestedScope, RequestedField]]:
        """Yield every requested field with its scope, in file order."""
        return ((scope, asked) for scope in self.scopes for asked in scope.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymisation:
    """How people are taken out of data for good."""

    method: str = ""
    assessment: str = ""
    """Whether somebody who tries can find a person again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long something is kept: a tuple, because a duration alone cannot be tested (LAW.md 8.3)."""

    id: str
    period: str | None = None
    """ISO 8601 duration, such as ``P30D``; None only with ``criteria``."""
    trigger: str = ""
    """The event it counts from, such as ``roll.leaving_date``."""
    action: str = ""
    """``erase``, ``return``, ``anonymise``, ``transfer`` or ``review``."""
    grace: str = "P0D"
    round_to: str = "none"
    """``none``, ``month_end`` or ``academic_year_end`` (31 August)."""
    backups: str | None = None
    anonymisation: Anonymisation = Anonymisation()
    authority: str = ""
    set_by: str = ""
    """``school``, ``vendor`` or ``law``."""
    criteria: str = ""
    review: str | None = None
    holds: Listed[str] = field(default_factory=Listed)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is decided by a value that a program worked out (UK GDPR Articles 22A to 22D)."""

    taken: bool
    significant: bool | None = None
    human: str = ""
    """Who looks at it before anything is decided, and what they may change."""
    route: str = ""
    """What allows a decision by a program alone on special category data (Article 22B)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredField:
    """One field that the app says it keeps."""

    path: FieldPath
    source: str = ""
    """``mis``, ``user_entered``, ``parent``, ``derived``, ``product_account``, ``school_upload`` or ``other``."""
    source_path: FieldPath | None = None
    """The integrator's field that it comes from."""
    derived_from: Listed[str] = field(default_factory=Listed)
    item: str | None = None
    subject: Subject | None = None
    data_class: DataClass | None = None
    """The vendor's own class, when it overrides the vocabulary's."""
    class_override_reason: str = ""
    class_override_by: str = ""
    class_override_expires: dt.date | None = None
    not_personal: str = ""
    """Why the field is no personal data."""
    purposes: tuple[str, ...] = ()
    lawful_basis: str | None = None
    art9_condition: str = ""
    retention: Retention | None = None
    """Its own, its dataset's or its store's; None when none of them says."""
    precision: str = ""
    format: str | None = None
    code_set: str | None = None
    allowed_tokens: tuple[str, ...] = ()
    """Words in group names that mean something harmless at this app (DA19)."""
    contains: tuple[str, ...] = ()
    """Topics that its texts may be about, such as ``health`` (DA18)."""
    deprecated_from: dt.date | None = None
    transform: str = "none"
    decision: Decision | None = None
    free_text: FreeText = field(default_factory=FreeText)
    professional_record: str = ""
    """Which law has staff of the school write this narrative."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who sees data: inside the vendor, outside it, or a sub-processor."""

    id: str
    label: str
    kind: str
    """``internal``, ``external`` or ``sub_processor``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """How people's rights are carried out in a store."""

    export: str = ""
    correct: str = ""
    erase: str = ""
    restrict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlass:
    """Who let data of real people into a store for tests."""

    reason: str
    by: str
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A place where the app keeps data."""

    id: str
    label: str
    kind: str
    """``database``, ``backup``, ``log``, ``cache``, ``warehouse``, ``search_index``, ``export`` or ``embedding``."""
    country: str = ""
    """ISO 3166 code of the country where it stands."""
    safeguard: str = ""
    """The transfer mechanism when the country needs one."""
    provider: str = ""
    encrypted: bool | None = None
    access_roles: Listed[str] = field(default_factory=Listed)
    access_logged: bool | None = None
    recipients: Listed[Recipient] = field(default_factory=Listed)
    retention: Retention | None = None
    """Of all that is in it, unless a dataset or a field has its own."""
    rights: Rights = Rights()
    """Its own, or those of every store."""
    after_restore: str = ""
    """How what was erased since is erased again after a copy was restored."""
    environment: str = "production"
    """``production`` or ``test``."""
    real_data: bool | None = None
    """Whether a store for tests holds data of real people."""
    break_glass: BreakGlass | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class BelongsTo:
    """How the rows of a dataset reach the person, or the row of another dataset, that they belong to."""

    column: str
    """Column that names it."""
    found_in: tuple[FieldPath, ...]
    """Columns of other datasets, of which one at least holds what stands in ``column``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDataset:
    """One table, file or collection of a store, and the columns that say whose rows these are."""

    name: str
    store: str
    subject: Subject | None = None
    person_key: str = ""
    """Column that identifies the person."""
    person_key_source: FieldPath | None = None
    """The integrator's field that the person key comes from."""
    smallest_group: int | None = None
    """How many people every row stands for at least, when no row is about one person."""
    name_columns: tuple[str, ...] = ()
    """Columns that make up a person's name."""
    birth_date: str = ""
    year_group: str = ""
    group_name: str = ""
    school_key: str = ""
    """Column that says which school a row belongs to."""
    leaving_date: str = ""
    enrolment_status: str = ""
    hold: str = ""
    """Column that is set while a legal hold or restriction stands."""
    merge_pending: str = ""
    """Column that is set while two records wait to be merged."""
    academic_year: str = ""
    """Column that holds the academic year of a group."""
    historic: str = ""
    """Column that marks a group kept as read-only history."""
    recorded_on: str = ""
    """Column of the day on which the row was written, from which a retention of records counts."""
    synced_on: str = ""
    """Column of the day on which the row last came from the school's system."""
    sync_within: str = ""
    """Within which period every sync must follow the one before, such as ``P7D``; empty when nobody said."""
    active: str = ""
    """Column that is set while an account may be used."""
    access_until: str = ""
    """Column of the last day on which somebody from outside, such as agency staff, may use an account."""
    belongs_to: BelongsTo | None = None
    """To whom or what the rows belong, when that stands in another dataset."""
    lists_erased: bool = False
    """Whether its rows are no people but the keys of those who asked to be erased."""
    retention: Retention | None = None
    fields: tuple[StoredField, ...] = ()
    place: Place = NOWHERE

    @property
    def roles(self) -> frozenset[str]:
        """The columns that say whose rows these are, and in which state."""
        return frozenset(
            {
                self.person_key, self.birth_date, self.year_group, self.group_name, self.school_key,
                self.leaving_date, self.enrolment_status, self.hold, self.merge_pending, self.academic_year,
                self.historic, self.recorded_on, self.synced_on, self.active, self.access_until,
                self.belongs_to.column if self.belongs_to else "",
            }
            - {""}
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFields:
    """Everything that the app says it keeps."""

    app: str
    version: str
    stores: Mapping[str, Store] = field(default_factory=dict)
    retentions: Mapping[str, Retention] = field(default_factory=dict)
    datasets: tuple[StoredDataset, ...] = ()
    ignored_columns: frozenset[str] = frozenset()
    """Technical columns that every table may have, such as ``created_at``."""
    ignored_datasets: frozenset[str] = frozenset()
    events: Mapping[str, str] = field(default_factory=dict)
    """Trigger of a retention to where it comes from, when no stored field holds it."""
    not_used: tuple[str, ...] = ()
    """Kinds of store that the app confirms it does not have."""
    place: Place = NOWHERE

    @property
    def fields(self) -> Iterator[StoredField]:
        """Yield every declared field, in file order."""
        return (stored for dataset in self.datasets for stored in dataset.fields)

    def store_of(self, dataset: str) -> Store | None:
        """Return the store in which ``dataset`` is declared to stand."""
        return next((self.stores.get(d.store) for d in self.datasets if d.name == dataset), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """One school, by the numbers that survive a change of name."""

    name: str
    urn: str = ""
    laestab: str = ""
    phase: str = ""
    kind: str = ""
    public_authority: bool | None = None
    also_known_as: tuple[str, ...] = ()
    """Earlier URNs or LAESTABs, as when a school became an academy."""
    lowest_age: int | None = None
    highest_age: int | None = None
    """The statutory ages of its pupils, as the register of schools has them."""

    @property
    def ages(self) -> tuple[int, int] | None:
        """The lowest and the highest age, when both are known."""
        if self.lowest_age is None or self.highest_age is None:
            return None
        return self.lowest_age, self.highest_age


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A scope or field that a school switched off."""

    id: str
    on: dt.date | None = None
    reason: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """What one school authorised: an instruction by the controller, not consent (RULES.md, RC07)."""

    app: str
    school: School
    controller: Party | None = None
    """The legal entity that decides, which may be the trust of the school, and how to reach it."""
    dpo: Party | None = None
    """The controller's data protection officer."""
    dpo_not_required: str = ""
    representative: Party | None = None
    version: str = ""
    """The permission set's version that was authorised; empty when the integrator's own answer does not say."""
    permission_set_digest: str = ""
    """``content.digest`` of the permission set that the school saw; empty when nobody noted it."""
    authorised_on: dt.date | None = None
    by_role: str = ""
    dpo_advice: str = ""
    method: str = ""
    status: str = "active"
    """``active``, ``paused`` or ``revoked``."""
    ended_on: dt.date | None = None
    """The day on which the school revoked it, or on which its contract ended."""
    erase_by: dt.date | None = None
    """The day agreed in writing by which everything is returned or erased, when it is not the grace's."""
    granted_scopes: frozenset[str] = frozenset()
    declined_scopes: tuple[Declined, ...] = ()
    declined_fields: tuple[Declined, ...] = ()
    """Ids are field paths of the integrator."""
    default: str = "include"
    """``include``: everybody but those excluded; ``exclude``: nobody but those included."""
    excluded_people: Mapping[Subject, int] = field(default_factory=dict)
    withdrawal_grace: str = "P0D"
    """How long the app may take to erase what was declined."""
    review_on: dt.date | None = None
    holds: Listed[str] = field(default_factory=Listed)
    """Field paths on which the school recorded a legal hold."""
    receipt: str = ""
    """``receipt.receipt_of`` what was decided; empty when no form was handed in."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation or a role that a reader can turn to."""

    name: str
    role: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    registration: str = ""
    """Entry in the ICO's register of fee payers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubProcessor:
    """A company that works for the vendor (GDPR Article 28(2) and (4))."""

    name: str
    service: str
    data: tuple[str, ...] = ()
    country: str = ""
    safeguard: str = ""
    authorisation: str = ""
    """``specific`` or ``general``."""
    notice_days: int | None = None
    announced_on: dt.date | None = None
    """When schools were told that it would join or change."""
    checked_on: dt.date | None = None
    trains_ai: bool | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSchedule:
    """What the schedule of processing in the contract says (GDPR Article 28(3))."""

    data: Listed[str] = field(default_factory=Listed)
    """Ids of data items and item groups."""
    field_annex: str = ""
    """Version of the permission set whose fields stand in its annex."""
    retentions: Mapping[str, str] = field(default_factory=dict)
    """Id of a retention to the period that the school instructs."""
    clauses: Mapping[str, str] = field(default_factory=dict)
    """What Article 28(3) asks for, such as ``audits``, to the clause that says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DpiaRecord:
    """What the vendor's own impact assessment holds beside its facts (GDPR Article 35(2) and (9))."""

    views: str = ""
    """What pupils, parents or staff said, or why nobody was asked."""
    dpo_advice: str = ""
    signed_by: str = ""
    review_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DpiaScreening:
    """Which criteria for an impact assessment are met, and who decided that none is needed."""

    criteria: tuple[str, ...] = ()
    not_needed: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The vendor, and who else is responsible."""

    name: str
    processor: Party | None = None
    dpo: Party | None = None
    dpo_not_required: str = ""
    """Why the vendor needs none."""
    representative: Party | None = None
    joint_controllers: Listed[Party] = field(default_factory=Listed)
    sub_processors: Listed[SubProcessor] = field(default_factory=Listed)
    security: Listed[str] = field(default_factory=Listed)
    """One sentence each."""
    contract: str = ""
    contract_schedule: ContractSchedule | None = None
    privacy_notice: str = ""
    notice_data: Listed[str] = field(default_factory=Listed)
    """Ids of data items and item groups that the text for the school's notice names."""
    child_notice: str = ""
    pupils_use_it: bool | None = None
    dpia: str = ""
    dpia_record: DpiaRecord = DpiaRecord()
    dpia_screening: DpiaScreening = DpiaScreening()
    rights_contact: str = ""
    advertising: bool | None = None
    automated_decisions: bool | None = None
    trains_ai: bool | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Somebody's signed decision to live with a finding for a while."""

    rule: str
    path: str
    """Pattern over field paths or places; ``*`` matches any run of characters."""
    reason: str
    owner: str
    expires: dt.date
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """All declarations of one run. What was not given is None."""

    vocabulary: Vocabulary
    permission_set: PermissionSet | None = None
    previous: PermissionSet | None = None
    """An earlier version of the permission set, to compare with."""
    previous_stored_fields: StoredFields | None = None
    previous_organisation: Organisation | None = None
    stored_fields: StoredFields | None = None
    authorisation: Authorisation | None = None
    organisation: Organisation | None = None
    waivers: tuple[Waiver, ...] = ()
    catalogue: Catalogue | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    """Display name of each declaration file to the SHA-256 of its bytes."""

    def item(self, item_id: str | None) -> DataItem | None:
        """Return the data item with this id, if the vocabulary has it."""
        return self.vocabulary.items.get(item_id) if item_id else None
