"""Every rule, by id."""

from __future__ import annotations

import difflib

from compliance.errors import UsageError
from compliance.rules.base import Rule
from compliance.rules.da01_undeclared_column import undeclared_column
from compliance.rules.da02_declared_absent import declared_absent
from compliance.rules.da03_never_filled import never_filled
from compliance.rules.da04_type_or_format import type_or_format
from compliance.rules.da05_code_outside_set import code_outside_set
from compliance.rules.da06_retired_code import retired_code
from compliance.rules.da10_upn_leak import upn_leak
from compliance.rules.da11_uln_leak import uln_leak
from compliance.rules.da12_nhs_number_leak import nhs_number_leak
from compliance.rules.da13_ni_number_leak import ni_number_leak
from compliance.rules.da14_email_leak import email_leak
from compliance.rules.da15_phone_leak import phone_leak
from compliance.rules.da16_postcode_leak import postcode_leak
from compliance.rules.da17_birth_date_in_text import dob_leak
from compliance.rules.da18_special_terms_in_text import special_terms_in_text
from compliance.rules.da19_group_name_reveals import group_name_reveals
from compliance.rules.da20_code_set_in_wrong_column import code_set_in_wrong_column
from compliance.rules.da21_upn_invalid import upn_invalid
from compliance.rules.da22_temporary_upn_kept import temporary_upn_kept
from compliance.rules.da23_secret_in_data import secret_in_data
from compliance.rules.da30_leaver_retained import leaver_retained
from compliance.rules.da31_opted_out_present import opted_out_present
from compliance.rules.da32_wrong_school import wrong_school
from compliance.rules.da33_duplicate_person import duplicate_person
from compliance.rules.da34_orphan_contact import orphan_contact
from compliance.rules.da35_orphan_activity import orphan_activity
from compliance.rules.da36_year_group_wrong import year_group_wrong
from compliance.rules.da37_stale_group import stale_group
from compliance.rules.da38_staff_leaver_account import staff_leaver_account
from compliance.rules.da39_age_out_of_range import age_out_of_range
from compliance.rules.da40_ended_school_present import ended_school_present
from compliance.rules.da41_sync_stale import sync_stale
from compliance.rules.da42_count_drift import count_drift
from compliance.rules.da43_erased_person_back import rights_request_undone
from compliance.rules.da44_history_undeclared import history_undeclared
from compliance.rules.da45_store_past_schedule import store_past_schedule
from compliance.rules.da46_value_on_other_people import special_value_on_non_population
from compliance.rules.da47_precision_in_data import precision_in_data
from compliance.rules.ps01_purpose_missing import purpose_missing
from compliance.rules.ps02_purpose_vague import purpose_vague
from compliance.rules.ps03_optionality_missing import optionality_missing
from compliance.rules.ps04_required_sensitive_no_necessity import required_sensitive_no_necessity
from compliance.rules.ps05_art9_condition_missing import art9_condition_missing
from compliance.rules.ps06_schedule_1_wrong import schedule_1_wrong
from compliance.rules.ps07_policy_document_missing import policy_document_missing
from compliance.rules.ps08_equality_for_individuals import equality_condition_for_individuals
from compliance.rules.ps09_basis_wrong_for_role import basis_wrong_for_role
from compliance.rules.ps10_consent_for_required import consent_as_basis_for_required
from compliance.rules.ps11_uk_only_basis_in_eu import uk_only_basis_in_eu
from compliance.rules.ps12_full_birth_date import full_dob_requested
from compliance.rules.ps13_full_legal_name import full_legal_name
from compliance.rules.ps14_upn_outside_purpose import upn_outside_purpose
from compliance.rules.ps15_overlapping_deprivation import overlapping_deprivation
from compliance.rules.ps16_reason_not_flag import reason_not_flag
from compliance.rules.ps17_condition_not_status import condition_not_status
from compliance.rules.ps18_free_text_requested import free_text_requested
from compliance.rules.ps19_wildcard_scope import wildcard_scope
from compliance.rules.ps20_population_too_wide import population_too_wide
from compliance.rules.ps21_contacts_wider import contacts_wider
from compliance.rules.ps22_photo_biometric import photo_biometric_confusion
from compliance.rules.ps23_safeguarding_data import safeguarding_data
from compliance.rules.ps24_custom_class_too_low import custom_class_too_low
from compliance.rules.ps25_offences_unassessed import offences_unassessed
from compliance.rules.ps26_sync_too_frequent import sync_too_frequent
from compliance.rules.ps27_unknown_field import unknown_field
from compliance.rules.ps28_duplicate_semantics import duplicate_semantics
from compliance.rules.ps29_subjects_missing import subjects_missing
from compliance.rules.ps30_opt_out_missing import per_person_optout_missing
from compliance.rules.ps31_treat_as_special_undecided import treat_as_special_undecided
from compliance.rules.ps32_option_not_listed import option_not_listed
from compliance.rules.rc01_record_cell_blank import record_cell_blank
from compliance.rules.rc02_controller_unnamed import controller_unnamed
from compliance.rules.rc03_contact_blank import contact_blank
from compliance.rules.rc07_consent_word_misuse import consent_word_misuse
from compliance.rules.rc08_personal_data_in_report import personal_data_in_report
from compliance.rules.rc10_claim_to_pass import claim_to_pass
from compliance.rules.rc13_assessment_item_missing import assessment_item_missing
from compliance.rules.rc14_contract_item_missing import contract_item_missing
from compliance.rules.rc16_child_notice_missing import child_notice_missing
from compliance.rules.sf01_category_missing import category_missing
from compliance.rules.sf03_retention_missing import retention_missing
from compliance.rules.sf04_retention_not_computable import retention_not_computable
from compliance.rules.sf05_retention_indefinite import retention_indefinite
from compliance.rules.sf06_archive_period_copied import archive_period_copied
from compliance.rules.sf07_trigger_not_held import trigger_not_held
from compliance.rules.sf08_disposal_missing import disposal_missing
from compliance.rules.sf09_anonymise_instead_of_erase import anonymise_instead_of_erase
from compliance.rules.sf10_location_missing import location_missing
from compliance.rules.sf11_transfer_mechanism_missing import transfer_mechanism_missing
from compliance.rules.sf12_recipient_missing import recipient_missing
from compliance.rules.sf13_sub_processor_unauthorised import sub_processor_unauthorised
from compliance.rules.sf14_security_missing import security_missing
from compliance.rules.sf15_sensitive_without_control import sensitive_without_control
from compliance.rules.sf16_source_missing import source_missing
from compliance.rules.sf17_derived_undeclared_inputs import derived_undeclared_inputs
from compliance.rules.sf18_decision_unanswered import decision_unanswered
from compliance.rules.sf19_decision_barred import decision_barred
from compliance.rules.sf20_own_purpose_as_processor import own_purpose_as_processor
from compliance.rules.sf21_hidden_stores import hidden_stores
from compliance.rules.sf22_backup_no_schedule import backup_no_schedule
from compliance.rules.sf23_free_text_no_control import free_text_no_control
from compliance.rules.sf24_dpia_missing import dpia_missing
from compliance.rules.sf25_school_cannot_configure import school_cannot_configure
from compliance.rules.sf26_rights_path_missing import rights_path_missing
from compliance.rules.sf27_real_data_in_test import real_data_in_test
from compliance.rules.sf28_class_lower_than_catalogue import class_lower_than_catalogue
from compliance.rules.vc01_field_added import field_added
from compliance.rules.vc02_special_added import special_added
from compliance.rules.vc03_optional_to_required import optional_to_required
from compliance.rules.vc04_purpose_changed import purpose_changed
from compliance.rules.vc05_recipient_added import recipient_added
from compliance.rules.vc06_location_changed import location_changed
from compliance.rules.vc07_retention_lengthened import retention_lengthened
from compliance.rules.vc08_basis_or_condition_changed import basis_or_condition_changed
from compliance.rules.vc09_role_changed import role_changed
from compliance.rules.vc10_population_widened import population_widened
from compliance.rules.vc11_decision_introduced import ai_or_adm_introduced
from compliance.rules.vc13_removed_but_kept import removed_but_kept
from compliance.rules.vc14_version_not_bumped import version_not_bumped
from compliance.rules.vc15_class_lowered import class_downgraded
from compliance.rules.vc16_review_overdue import review_overdue
from compliance.rules.xs01_stored_not_authorised import stored_not_authorised
from compliance.rules.xs02_requested_not_stored import requested_not_stored
from compliance.rules.xs03_withdrawn_still_declared import withdrawn_still_declared
from compliance.rules.xs04_class_mismatch import class_mismatch
from compliance.rules.xs05_purpose_mismatch import purpose_mismatch
from compliance.rules.xs06_precision_mismatch import precision_mismatch
from compliance.rules.xs07_subject_mismatch import subject_mismatch
from compliance.rules.xs08_notice_gap import notice_gap
from compliance.rules.xs09_contract_gap import contract_gap
from compliance.rules.xs10_kept_longer_than_agreed import kept_longer_than_agreed
from compliance.rules.xs11_authorised_version_stale import authorised_version_stale
from compliance.rules.xs12_join_key_missing import join_key_missing
from compliance.rules.xs13_grant_disagrees import grant_disagrees

RULES: tuple[Rule, ...] = (
    undeclared_column,
    declared_absent,
    never_filled,
    type_or_format,
    code_outside_set,
    retired_code,
    upn_leak,
    uln_leak,
    nhs_number_leak,
    ni_number_leak,
    email_leak,
    phone_leak,
    postcode_leak,
    dob_leak,
    special_terms_in_text,
    group_name_reveals,
    code_set_in_wrong_column,
    upn_invalid,
    temporary_upn_kept,
    secret_in_data,
    leaver_retained,
    opted_out_present,
    wrong_school,
    duplicate_person,
    orphan_contact,
    orphan_activity,
    year_group_wrong,
    stale_group,
    staff_leaver_account,
    age_out_of_range,
    ended_school_present,
    sync_stale,
    count_drift,
    rights_request_undone,
    history_undeclared,
    store_past_schedule,
    special_value_on_non_population,
    precision_in_data,
    purpose_missing,
    purpose_vague,
    optionality_missing,
    required_sensitive_no_necessity,
    art9_condition_missing,
    schedule_1_wrong,
    policy_document_missing,
    equality_condition_for_individuals,
    basis_wrong_for_role,
    consent_as_basis_for_required,
    uk_only_basis_in_eu,
    full_dob_requested,
    full_legal_name,
    upn_outside_purpose,
    overlapping_deprivation,
    reason_not_flag,
    condition_not_status,
    free_text_requested,
    wildcard_scope,
    population_too_wide,
    contacts_wider,
    photo_biometric_confusion,
    safeguarding_data,
    custom_class_too_low,
    offences_unassessed,
    sync_too_frequent,
    unknown_field,
    duplicate_semantics,
    subjects_missing,
    per_person_optout_missing,
    treat_as_special_undecided,
    option_not_listed,
    record_cell_blank,
    controller_unnamed,
    contact_blank,
    consent_word_misuse,
    personal_data_in_report,
    claim_to_pass,
    assessment_item_missing,
    contract_item_missing,
    child_notice_missing,
    category_missing,
    retention_missing,
    retention_not_computable,
    retention_indefinite,
    archive_period_copied,
    trigger_not_held,
    disposal_missing,
    anonymise_instead_of_erase,
    location_missing,
    transfer_mechanism_missing,
    recipient_missing,
    sub_processor_unauthorised,
    security_missing,
    sensitive_without_control,
    source_missing,
    derived_undeclared_inputs,
    decision_unanswered,
    decision_barred,
    own_purpose_as_processor,
    hidden_stores,
    backup_no_schedule,
    free_text_no_control,
    dpia_missing,
    school_cannot_configure,
    rights_path_missing,
    real_data_in_test,
    class_lower_than_catalogue,
    field_added,
    special_added,
    optional_to_required,
    purpose_changed,
    recipient_added,
    location_changed,
    retention_lengthened,
    basis_or_condition_changed,
    role_changed,
    population_widened,
    ai_or_adm_introduced,
    removed_but_kept,
    version_not_bumped,
    class_downgraded,
    review_overdue,
    stored_not_authorised,
    requested_not_stored,
    withdrawn_still_declared,
    class_mismatch,
    purpose_mismatch,
    precision_mismatch,
    subject_mismatch,
    notice_gap,
    contract_gap,
    kept_longer_than_agreed,
    authorised_version_stale,
    join_key_missing,
    grant_disagrees,
)

RULE_IDS = frozenset(rule.info.id for rule in RULES)


def rule_named(rule_id: str) -> Rule:
    """Return the rule with this id, in whatever case it is written.

    Raises ``UsageError`` with the nearest id when there is none.
    """
    by_id = {rule.info.id: rule for rule in RULES}
    wanted = rule_id.strip().upper()
    if wanted in by_id:
        return by_id[wanted]
    near = difflib.get_close_matches(wanted, by_id, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(by_id)}."
    raise UsageError(f"There is no rule {rule_id!r}.", hint=hint)
