"""What a school is asked to decide. The document that asks and the command that reads the answer work it out alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.changes.content import content_hash
from compliance.model.asked import AskedField, asked_fields
from compliance.model.declarations import Authorisation, Declarations, PermissionSet, School
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass

NO_GROUP = "Not yet described"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedItem:
    """One thing to decide: a data item, or a whole scope where the app names none."""

    key: str
    """Name of its question in the form."""
    label: str
    group: str
    """Label of its item group."""
    scopes: tuple[str, ...]
    """The scopes under which it is asked for."""
    fields: tuple[FieldPath, ...] = ()
    """Its fields in their documented spelling; none for a whole scope."""
    required: bool | None = None
    """None when the permission set does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that one school is asked to decide about one version."""

    app: str
    version: str
    permission_set_digest: str
    school: School | None
    """None when nobody has said yet which school it is: then the form asks for it."""
    items: tuple[OfferedItem, ...]
    number: str
    """Digest of the offer and of what stands now: a form bears it, so that it answers this offer and no other."""

    @property
    def school_line(self) -> str:
        """The school as the form names it; empty when it asks for it."""
        if self.school is None:
            return ""
        numbers = (("URN", self.school.urn), ("LAESTAB", self.school.laestab))
        return ", ".join([self.school.name, *(f"{what} {number}" for what, number in numbers if number)])


def offer_of(declarations: Declarations) -> Offer | None:
    """Return what the school is to decide; None when there is no permission set to decide about."""
    asked, authorised = declarations.permission_set, authorised_before(declarations)
    if asked is None:
        return None
    items, permission_set_digest = _items(declarations, asked), content_hash(asked)
    return Offer(
        app=asked.app,
        version=asked.version,
        permission_set_digest=permission_set_digest,
        school=authorised.school if authorised else None,
        items=items,
        number=content_hash((permission_set_digest, authorised, items)),
    )


def authorised_before(declarations: Declarations) -> Authorisation | None:
    """Return what the school authorised itself: an integrator's word for it does not say which version that was."""
    authorised = declarations.authorisation
    return authorised if authorised and authorised.version else None


def _items(declarations: Declarations, asked: PermissionSet) -> tuple[OfferedItem, ...]:
    """Return what is to be decided, in the order of the vocabulary; what nobody described comes last."""
    groups, known = list(declarations.vocabulary.groups), list(declarations.vocabulary.items)
    found: dict[str, list[AskedField]] = {}
    for each in asked_fields(declarations, asked):
        if is_decided_alone(each):
            found.setdefault(each.item.id if each.item else f"\0{each.path}", []).append(each)

    def place(entry: list[AskedField]) -> tuple[int, int]:
        item = entry[0].item
        if item is None or item.group not in groups:
            return len(groups), len(known)
        return groups.index(item.group), known.index(item.id)

    named = [_item(declarations, entry) for entry in sorted(found.values(), key=place)]
    whole = list(_whole_scopes(declarations, asked, {scope for item in named for scope in item.scopes}))
    return tuple(
        OfferedItem(
            key=f"item-{number}",
            label=item.label,
            group=item.group,
            scopes=item.scopes,
            fields=item.fields,
            required=item.required,
        )
        for number, item in enumerate((*named, *whole), 1)
    )


def is_decided_alone(asked: AskedField) -> bool:
    """Whether a school can decline it alone: what ties records together, or is about nobody, goes with its scope."""
    technical = asked.data_class is DataClass.NOT_PERSONAL
    return not (asked.field.sync_key or asked.field.is_wildcard or technical)


def _item(declarations: Declarations, entry: list[AskedField]) -> OfferedItem:
    first = entry[0]
    group = declarations.vocabulary.groups.get(first.item.group, NO_GROUP) if first.item else NO_GROUP
    return OfferedItem(
        key="",
        label=first.item.label if first.item else f"Undescribed field {first.path}",
        group=group,
        scopes=tuple(dict.fromkeys(each.scope.id for each in entry)),
        fields=tuple(dict.fromkeys(each.path for each in entry)),
        required=_required([each.field.required for each in entry]),
    )


def _required(said: list[bool | None]) -> bool | None:
    """Return whether anything of an item is required; None when that cannot be told."""
    return True if True in said else None if None in said else False


def _whole_scopes(declarations: Declarations, asked: PermissionSet, named: set[str]) -> Iterator[OfferedItem]:
    """Yield the scopes of which no item can be decided alone."""
    catalogue = declarations.catalogue
    for scope in asked.scopes:
        if scope.id not in named:
            known = catalogue.scopes.get(scope.id) if catalogue else None
            yield OfferedItem(
                key="",
                label=f"Everything under {known.label if known else scope.id}",
                group="Whole scopes",
                scopes=(scope.id,),
                required=scope.required,
            )
