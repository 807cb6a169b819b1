"""The permission set: from its file to its value."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.declarations.nodes import Node
from compliance.model.declarations import (
    CustomField,
    FreeText,
    PermissionSet,
    PolicyDocument,
    Purpose,
    RequestedField,
    RequestedScope,
    Role,
)
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, Subject


def read_permission_set(root: Node) -> PermissionSet:
    """Return the value of a file that keeps to its schema."""
    return PermissionSet(
        app=root.text("app"),
        label=root.text("label"),
        version=root.text("version"),
        integrator=root.text("integrator"),
        relying_party=root.text("relying_party"),
        effective_from=root.date("effective_from"),
        supersedes=root.text("supersedes"),
        jurisdictions=root.texts("jurisdictions") or ("uk",),
        purposes=_purposes(root),
        scopes=tuple(_scope(scope) for scope in root.each("scopes")),
        options=root.listed_texts("options"),
        populations=root.pairs("populations"),
        per_person_opt_out=root.text("per_person_opt_out"),
        whole_school=bool(root.flag("whole_school")),
        contacts_notice=root.text("contacts_notice"),
        sync_every=root.text("sync_every"),
        needed_every=root.text("needed_every"),
        policy_document=_policy_document(root),
        custom_fields=tuple(_custom_field(field) for field in root.each("custom_fields")),
        patch_versions=root.texts("patch_versions"),
        place=root.place,
    )


def _purposes(root: Node) -> Mapping[str, Purpose]:
    return {purpose.text("id"): _purpose(purpose) for purpose in root.each("purposes")}


def _purpose(node: Node) -> Purpose:
    role = node.text_or_none("role")
    return Purpose(
        id=node.text("id"),
        text=node.text("text"),
        detail=node.text("detail"),
        role=Role(role) if role else None,
        lawful_basis=node.text_or_none("lawful_basis"),
        kind=node.text_or_none("kind"),
        individual_decision=node.flag("individual_decision"),
        written_consents=node.text("written_consents"),
        dpv=node.text("dpv"),
        place=node.place,
    )


def _scope(node: Node) -> RequestedScope:
    purposes = node.texts("purposes")
    return RequestedScope(
        id=node.text("id"),
        required=node.flag("required"),
        subjects=tuple(Subject(subject) for subject in node.texts("subjects")),
        purposes=purposes,
        reason=node.text("reason"),
        effect_if_withheld=node.text("effect_if_withheld"),
        fields=tuple(_field(field, purposes) for field in node.each("fields")),
        place=node.place,
    )


def _field(node: Node, of_scope: tuple[str, ...]) -> RequestedField:
    """Read a requested field; it serves the purposes ``of_scope`` unless it names its own."""
    own = node.texts("purposes")
    return RequestedField(
        path=FieldPath.parse(node.text("path")),
        required=node.flag("required"),
        purposes=own or of_scope,
        own_purposes=bool(own),
        reason=node.text("reason"),
        necessity=node.text("necessity"),
        art9_conditions=node.pairs("art9_conditions"),
        sch1=node.text("sch1"),
        art9_position=node.text("art9_position"),
        core_function=bool(node.flag("core_function")),
        dpia=node.text("dpia"),
        sync_key=bool(node.flag("sync_key")),
        transient=node.text("transient"),
        awaited=node.date("awaited"),
        precision=node.text("precision"),
        free_text=read_free_text(node),
        biometric=bool(node.flag("biometric")),
        art10_position=node.text("art10_position"),
        place=node.place,
    )


def read_free_text(owner: Node) -> FreeText:
    """Return how the free text of ``owner`` is kept in bounds."""
    node = owner.get("free_text")
    if node is None:
        return FreeText()
    return FreeText(longest=node.count("longest"), guidance=node.text("guidance"), screening=node.text("screening"))


def _policy_document(root: Node) -> PolicyDocument:
    node = root.get("policy_document")
    if node is None:
        return PolicyDocument()
    return PolicyDocument(
        holder=node.text("holder"),
        reference=node.text("reference"),
        review_on=node.date("review_on"),
        not_needed=node.text("not_needed"),
    )


def _custom_field(node: Node) -> CustomField:
    return CustomField(
        path=FieldPath.parse(node.text("path")),
        item=node.text("item"),
        data_class=DataClass(node.text("class")),
        place=node.place,
    )
