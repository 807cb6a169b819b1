"""What a change is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from compliance.changes.content import content
from compliance.errors import Place
from compliance.model.findings import Hit, Strength
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem
from compliance.model.wording import listed

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


T = TypeVar("T")


class Sign(StrEnum):
    """What a change means for a school that authorised the earlier version, worst first."""

    BREAKING = "breaking"
    """More than the school authorised: it is outside its instruction (UK GDPR 28(3)(a)) until authorised anew."""
    NOTICE = "notice"
    """The school has to be told in time to object (UK GDPR 28(2))."""
    NEUTRAL = "neutral"
    """Neither more nor less, such as another wording or a gap that was filled."""
    NARROWER = "narrower"
    """Less than the school authorised."""


class Kind(StrEnum):
    """What sort of change it is."""

    FIELD_ADDED = "field_added"
    FIELD_REMOVED = "field_removed"
    FIELD_REQUIRED = "field_required"
    FIELD_OPTIONAL = "field_optional"
    FIELD_FINER = "field_finer"
    FIELD_COARSER = "field_coarser"
    FIELD_PURPOSE_ADDED = "field_purpose_added"
    FIELD_PURPOSE_REMOVED = "field_purpose_removed"
    CONDITION_CHANGED = "condition_changed"
    CLASS_LOWERED = "class_lowered"
    CLASS_RAISED = "class_raised"
    SCOPE_ADDED = "scope_added"
    SCOPE_REMOVED = "scope_removed"
    SCOPE_REQUIRED = "scope_required"
    SCOPE_OPTIONAL = "scope_optional"
    POPULATION_WIDENED = "population_widened"
    POPULATION_NARROWED = "population_narrowed"
    OPTION_ADDED = "option_added"
    OPTION_REMOVED = "option_removed"
    OPT_OUT_REMOVED = "opt_out_removed"
    INTEGRATOR_CHANGED = "integrator_changed"
    PURPOSE_ADDED = "purpose_added"
    PURPOSE_REMOVED = "purpose_removed"
    PURPOSE_REWORDED = "purpose_reworded"
    BASIS_CHANGED = "basis_changed"
    ROLE_CHANGED = "role_changed"
    DECISION_INTRODUCED = "decision_introduced"
    STORED_ADDED = "stored_added"
    STORED_REMOVED = "stored_removed"
    RETENTION_LONGER = "retention_longer"
    RETENTION_SHORTER = "retention_shorter"
    RETENTION_OTHER = "retention_other"
    STORE_ADDED = "store_added"
    STORE_REMOVED = "store_removed"
    COUNTRY_ADDED = "country_added"
    SAFEGUARD_CHANGED = "safeguard_changed"
    PROTECTION_LOWERED = "protection_lowered"
    RECIPIENT_ADDED = "recipient_added"
    RECIPIENT_REMOVED = "recipient_removed"
    USE_ADDED = "use_added"
    PATCH_CLAIM_WRONG = "patch_claim_wrong"
    DETAIL_CHANGED = "detail_changed"
    """Anything else, so that no change goes untold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions."""

    kind: Kind
    sign: Sign
    message: str
    """One plain sentence."""
    path: FieldPath | None = None
    place: Place | None = None
    """Where the newer version says it, or where the earlier one said what is gone."""
    item: DataItem | None = None
    data_class: DataClass | None = None
    is_optional: bool = False
    """Whether a school need not hand over what is new."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Names that tell two changes of a kind apart: scope, purpose, store."""

    def hit(self, *, message: str = "", strength: Strength = Strength.FIRM, fix: str = "") -> Hit:
        """Return a hit at the place of the change; ``message`` is used instead of its own."""
        return Hit(
            message=message or self.message,
            path=self.path,
            place=self.place,
            item=self.item,
            data_class=self.data_class,
            strength=strength,
            evidence=self.evidence,
            fix=fix,
        )


def both(before: Mapping[str, T], now: Mapping[str, T]) -> Iterator[tuple[T | None, T | None]]:
    """Yield what stands under each id in either, those of the present first."""
    return ((before.get(key), now.get(key)) for key in dict.fromkeys((*now, *before)))


def details(
    before: DataclassInstance,
    now: DataclassInstance,
    told: Collection[str],
    *,
    name: str,
    path: FieldPath | None = None,
    place: Place | None = None,
) -> Iterator[Change]:
    """Yield one neutral change for all members that differ and are not ``told`` elsewhere."""
    others = [
        member.name
        for member in fields(now)
        if member.name not in {"place", *told}
        and content(getattr(before, member.name)) != content(getattr(now, member.name))
    ]
    if others:
        words = listed(other.replace("_", " ") for other in others)
        yield Change(
            kind=Kind.DETAIL_CHANGED,
            sign=Sign.NEUTRAL,
            message=f"{name} says something else under {words}.",
            path=path,
            place=place,
            evidence={"of": name},
        )
