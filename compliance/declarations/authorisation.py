"""The authorisation: from its file to its value."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.declarations.nodes import Node
from compliance.declarations.parties import read_party_or_none
from compliance.model.declarations import Authorisation, Declined, School
from compliance.model.vocabulary import Subject


def read_authorisation(root: Node) -> Authorisation:
    """Return the value of a file that keeps to its schema."""
    return Authorisation(
        app=root.text("app"),
        school=_school(root.child("school")),
        controller=read_party_or_none(root, "controller"),
        dpo=read_party_or_none(root, "dpo"),
        dpo_not_required=root.text("dpo_not_required"),
        representative=read_party_or_none(root, "representative"),
        version=root.text("version"),
        permission_set_digest=root.text("permission_set_digest"),
        authorised_on=root.date("authorised_on"),
        by_role=root.text("by_role"),
        dpo_advice=root.text("dpo_advice"),
        method=root.text("method"),
        status=root.text("status", "active"),
        ended_on=root.date("ended_on"),
        erase_by=root.date("erase_by"),
        granted_scopes=frozenset(root.texts("granted_scopes")),
        declined_scopes=tuple(_declined(node) for node in root.each("declined_scopes")),
        declined_fields=tuple(_declined(node) for node in root.each("declined_fields")),
        default=root.text("default", "include"),
        excluded_people=_excluded_people(root),
        withdrawal_grace=root.text("withdrawal_grace", "P0D"),
        review_on=root.date("review_on"),
        holds=root.listed_texts("holds"),
        receipt=root.text("receipt"),
        place=root.place,
    )


def _school(node: Node) -> School:
    return School(
        name=node.text("name"),
        urn=node.text("urn"),
        laestab=node.text("laestab"),
        phase=node.text("phase"),
        kind=node.text("kind"),
        public_authority=node.flag("public_authority"),
        also_known_as=node.texts("also_known_as"),
        lowest_age=node.count("lowest_age"),
        highest_age=node.count("highest_age"),
    )


def _declined(node: Node) -> Declined:
    return Declined(id=node.text("id"), on=node.date("since"), reason=node.text("reason"), place=node.place)


def _excluded_people(root: Node) -> Mapping[Subject, int]:
    return {Subject(subject): int(float(number)) for subject, number in root.pairs("excluded_people").items()}
