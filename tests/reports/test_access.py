"""The annex for a subject access request: where to look, what each field means, and nothing of anybody's."""

from __future__ import annotations

from dataclasses import replace

from compliance.model.audit import Audit
from compliance.model.declarations import Listed, StoredFields
from compliance.model.vocabulary import Vocabulary
from compliance.reports.access.search import derived, dictionary, search_lines, third_parties
from compliance.reports.access.view import access_view
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.writers import draft
from tests.reports import example_audit, reading


def stored(audit: Audit) -> StoredFields:
    assert audit.declarations.stored_fields
    return audit.declarations.stored_fields


def with_stored(audit: Audit, changed: StoredFields) -> Audit:
    return replace(audit, declarations=replace(audit.declarations, stored_fields=changed))


def test_every_dataset_about_people_says_how_to_search_it(audit: Audit) -> None:
    found = [(line.dataset, line.how.word, line.key, line.rows) for line in search_lines(audit)]
    assert found == [
        ("Pupil", "By key", "Column mis_id", "412 rows"),
        ("Staff", "By key", "Column mis_id", "38 rows"),
    ]


def test_what_has_no_key_is_searched_by_hand_and_said(audit: Audit) -> None:
    pupil, staff = stored(audit).datasets
    changed = with_stored(audit, replace(stored(audit), datasets=(replace(pupil, person_key=""), staff)))
    line = search_lines(changed)[0]
    assert line.how.word == "By hand"
    assert "say that it was not searched" in line.key
    assert "Search by hand: Pupil." in access_view(changed).brief.decisions


def test_what_was_not_read_is_said() -> None:
    audit = example_audit.audit_without("store")
    assert {line.rows for line in search_lines(audit)} == {"Not read"}
    assert "Not read this time: App database." in access_view(audit).brief.lines
    empty = access_view(example_audit.audit_without("stored_fields"))
    assert empty.brief.lines[0] == "Nobody told us what the app keeps, so that nobody knows where to look."


def test_the_dictionary_has_plain_words_sources_and_recipients(audit: Audit) -> None:
    found = {line.label: line for line in dictionary(audit)}
    assert "Technical value" not in found
    born = found["Date of birth"]
    assert born.source == "The school's records system, through Xporter on Demand"
    assert born.recipients.startswith("Processors: Brightwell Learning Example Ltd")
    assert born.kept == "30 days after a pupil leaves"
    assert found["Survey score"].source == "Worked out by the app"
    assert not any("Undescribed" in label for label in found)


def test_derived_items_have_their_logic_or_are_said_to_lack_it(audit: Audit) -> None:
    (score,) = derived(audit)
    assert (score.label, score.made_from) == ("Survey score", "Not stated")
    pupil, staff = stored(audit).datasets
    fields = tuple(
        replace(each, derived_from=Listed(("answer", "date_of_birth"))) if each.source == "derived" else each
        for each in pupil.fields
    )
    changed = with_stored(audit, replace(stored(audit), datasets=(replace(pupil, fields=fields), staff)))
    assert derived(changed)[0].made_from == "answer and date of birth"


def test_free_text_may_speak_of_others(audit: Audit) -> None:
    assert third_parties(audit) == ()
    words: Vocabulary = audit.declarations.vocabulary
    note = replace(words.items["teacher-note"], free_text=True)
    lines = tuple(
        replace(line, item=note) if line.item and line.item.id == "teacher-note" else line for line in audit.ledger
    )
    changed = replace(audit, ledger=replace(audit.ledger, lines=lines))
    assert [(it.label, it.why) for it in third_parties(changed)] == [
        ("Teacher's note", "Somebody writes sentences into it."),
    ]


def test_what_only_the_answering_person_knows_is_left_to_them(audit: Audit) -> None:
    html = draft(REPORT_KINDS["access-annex"], (audit,), json_text="{}").html
    words = reading.words_of(reading.tree(html).find("body"))
    assert words.count("For whoever answers to fill in") >= 7
    assert "section 164A" in words
    assert "holds nothing from anybody" in words
