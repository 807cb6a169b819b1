"""What is asked for, and the reasons that the app gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import PermissionSet, Purpose, RequestedField, RequestedScope
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataItem
from compliance.reports.parts.levels import Tag
from compliance.reports.words import listed, named, sentence

BASES = {
    "6.1.a": "Agreement of the person, Article 6(1)(a)",
    "6.1.b": "Contract, Article 6(1)(b)",
    "6.1.c": "Legal duty, Article 6(1)(c)",
    "6.1.d": "Vital interests, Article 6(1)(d)",
    "6.1.e": "Public task, Article 6(1)(e)",
    "6.1.ea": "Recognised legitimate interest, Article 6(1)(ea)",
    "6.1.f": "Legitimate interests, Article 6(1)(f)",
}
"""LAW.md 3.1 [A]. ``Agreement`` for (a): the report keeps the law's word for it away from what schools do."""

REQUIRED = {True: Tag("required", "Required"), False: Tag("plain", "Optional"), None: Tag("unsure", "Not stated")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeLine:
    """One purpose, with the letter by which the table names it."""

    letter: str
    text: str
    basis: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One item that is asked for."""

    label: str
    letters: str
    required: Tag
    reason: str
    doubt: str
    """How the integrator's own documents contradict one another about it; empty when they do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedScope:
    """One scope and what is asked for under it."""

    label: str
    required: Tag
    reason: str
    if_refused: str
    items: tuple[AskedItem, ...]


def purpose_lines(audit: Audit) -> tuple[PurposeLine, ...]:
    """Return the app's purposes in the order of the permission set."""
    asked = audit.declarations.permission_set
    return tuple(
        PurposeLine(
            letter=letter,
            text=sentence(purpose.text),
            basis=BASES.get(purpose.lawful_basis or "", purpose.lawful_basis or "Not stated"),
            role=named(purpose.role.value).capitalize() if purpose.role else "Not stated",
        )
        for letter, purpose in _letters(asked).values()
    )


def asked_scopes(audit: Audit) -> tuple[AskedScope, ...]:
    """Return the scopes that the app asks for, with their items."""
    asked = audit.declarations.permission_set
    if asked is None:
        return ()
    return tuple(
        AskedScope(
            label=scope_label(audit, scope.id),
            required=REQUIRED[scope.required],
            reason=sentence(scope.reason) or "No reason is given.",
            if_refused=sentence(scope.effect_if_withheld),
            items=tuple(_item(audit, asked, scope, field) for field in scope.fields),
        )
        for scope in asked.scopes
    )


def scope_label(audit: Audit, scope_id: str) -> str:
    """Return a scope's plain name with its id, or its id alone when the catalogue has none."""
    catalogue = audit.declarations.catalogue
    scope = catalogue.scopes.get(scope_id) if catalogue else None
    return f"{scope.label} ({scope_id})" if scope and scope.label != scope_id else scope_id


def doubt_about(audit: Audit, fields: Iterable[FieldPath]) -> str:
    """Say that nobody can be sure which scope hands these fields over; nothing where the documents agree."""
    catalogue, asked = audit.declarations.catalogue, audit.declarations.permission_set
    if catalogue is None or asked is None:
        return ""
    said = dict.fromkeys(catalogue.doubt(catalogue.canonical(path), asked.scope_ids) for path in fields)
    says = " ".join(map(sentence, filter(None, said)))
    return f"{catalogue.label} contradicts itself here. {says}" if says else ""


def requested_item(audit: Audit, field: RequestedField) -> DataItem | None:
    """Return the data item that a requested field carries."""
    catalogue = audit.declarations.catalogue
    entry = catalogue.fields.get(catalogue.canonical(field.path)) if catalogue else None
    return audit.declarations.item(entry.item) if entry else None


def _item(audit: Audit, asked: PermissionSet, scope: RequestedScope, field: RequestedField) -> AskedItem:
    item = requested_item(audit, field)
    letters = _letters(asked)
    purposes = field.purposes or scope.purposes
    return AskedItem(
        label=item.label if item else "Everything" if field.is_wildcard else f"Undescribed field {field.path}",
        letters=", ".join(letters[purpose][0] for purpose in purposes if purpose in letters) or "None",
        required=REQUIRED[True if field.sync_key else field.required],
        reason="Ties the records together." if field.sync_key else sentence(field.reason) or "No reason is given.",
        doubt=doubt_about(audit, [field.path]),
    )


def _letters(asked: PermissionSet | None) -> dict[str, tuple[str, Purpose]]:
    """Return each purpose with its letter: A to Z, then numbers."""
    purposes = asked.purposes if asked else {}
    letters = [chr(ord("A") + number) if number < 26 else str(number + 1) for number in range(len(purposes))]  # noqa: PLR2004 - letters of the alphabet
    return {key: (letter, purposes[key]) for letter, key in zip(letters, purposes, strict=True)}


def role_sentence(audit: Audit) -> str:
    """Say in which role the supplier acts."""
    asked = audit.declarations.permission_set
    roles = sorted({p.role.value for p in asked.purposes.values() if p.role}) if asked else []
    return f"The supplier says that it acts as {listed(map(named, roles))}." if roles else ""
