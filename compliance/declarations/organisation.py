"""The organisation: from its file to its value."""

from __future__ import annotations

from compliance.declarations.nodes import Node
from compliance.declarations.parties import read_party, read_party_or_none
from compliance.model.declarations import ContractSchedule, DpiaRecord, DpiaScreening, Organisation, SubProcessor


def read_organisation(root: Node) -> Organisation:
    """Return the value of a file that keeps to its schema."""
    return Organisation(
        name=root.text("name"),
        processor=read_party_or_none(root, "processor"),
        dpo=read_party_or_none(root, "dpo"),
        dpo_not_required=root.text("dpo_not_required"),
        representative=read_party_or_none(root, "representative"),
        joint_controllers=root.listed("joint_controllers", read_party),
        sub_processors=root.listed("sub_processors", _sub_processor),
        security=root.listed_texts("security"),
        contract=root.text("contract"),
        contract_schedule=_contract_schedule(root),
        privacy_notice=root.text("privacy_notice"),
        notice_data=root.listed_texts("notice_data"),
        child_notice=root.text("child_notice"),
        pupils_use_it=root.flag("pupils_use_it"),
        dpia=root.text("dpia"),
        dpia_record=_dpia_record(root),
        dpia_screening=_dpia_screening(root),
        rights_contact=root.text("rights_contact"),
        advertising=root.flag("advertising"),
        automated_decisions=root.flag("automated_decisions"),
        trains_ai=root.flag("trains_ai"),
        place=root.place,
    )


def _contract_schedule(root: Node) -> ContractSchedule | None:
    node = root.get("contract_schedule")
    if node is None:
        return None
    return ContractSchedule(
        data=node.listed_texts("data"),
        field_annex=node.text("field_annex"),
        retentions=node.pairs("retentions"),
        clauses=node.pairs("clauses"),
    )


def _dpia_record(root: Node) -> DpiaRecord:
    node = root.get("dpia_record")
    if node is None:
        return DpiaRecord()
    return DpiaRecord(
        views=node.text("views"),
        dpo_advice=node.text("dpo_advice"),
        signed_by=node.text("signed_by"),
        review_on=node.date("review_on"),
    )


def _dpia_screening(root: Node) -> DpiaScreening:
    node = root.get("dpia_screening")
    if node is None:
        return DpiaScreening()
    return DpiaScreening(
        criteria=node.texts("criteria"), not_needed=node.text("not_needed"), signed_by=node.text("signed_by")
    )


def _sub_processor(node: Node) -> SubProcessor:
    return SubProcessor(
        name=node.text("name"),
        service=node.text("service"),
        data=node.texts("data"),
        country=node.text("country"),
        safeguard=node.text("safeguard"),
        authorisation=node.text("authorisation"),
        notice_days=node.count("notice_days"),
        announced_on=node.date("announced_on"),
        checked_on=node.date("checked_on"),
        trains_ai=node.flag("trains_ai"),
        place=node.place,
    )
