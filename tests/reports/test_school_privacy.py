"""What the view of the school privacy report decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.catalogue import Contradiction
from compliance.model.declarations import Retention
from compliance.model.findings import Finding, Hit, Severity
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory
from compliance.model.ledger import State
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject
from compliance.reports.parts.checks import Case, check_lines
from compliance.reports.parts.companies import companies
from compliance.reports.parts.findings import finding_groups, waived_findings
from compliance.reports.parts.flow import flow
from compliance.reports.parts.items import ItemLines, items_of
from compliance.reports.parts.levels import Level, worst
from compliance.reports.parts.matrix import matrix
from compliance.reports.parts.people import people_held, people_of, people_received
from compliance.reports.parts.reasons import asked_scopes, purpose_lines
from compliance.reports.parts.retention import retention_figure, retention_lines
from compliance.reports.parts.rule_words import Check, rules_with_words, words_of
from compliance.reports.parts.scopes import scope_lines, spare_items
from compliance.reports.parts.sensitive import sensitive_items
from compliance.reports.parts.switched_off import people_left_out, switched_off
from compliance.reports.school_privacy.summary import summary
from compliance.rules.registry import RULES
from tests.reports import example_audit
from tests.reports.example_audit import PUPILS, STAFF, rule_info


def item(audit: Audit, label: str) -> ItemLines:
    return next(entry for entry in items_of(audit) if entry.label == label)


def with_store(audit: Audit, **filled: int) -> Audit:
    """Return the audit with other counts in columns of the table of pupils."""
    assert audit.store
    changed = {FieldPath("pupil", name): FieldProfile(present=PUPILS, null=PUPILS - n) for name, n in filled.items()}
    pupil = audit.store.datasets["pupil"]
    store = replace(
        audit.store,
        datasets={**audit.store.datasets, "pupil": replace(pupil, fields={**pupil.fields, **changed})},
    )
    return replace(audit, store=store, ledger=build_ledger(audit.declarations, audit.feed, store))


def test_every_rule_has_its_plain_words() -> None:
    assert {rule.info.id for rule in RULES} == rules_with_words()


def test_a_rule_without_words_speaks_for_itself() -> None:
    words = words_of(rule_info("ZZ99", "new-rule-of-mine", Severity.ERROR))
    assert (words.title, words.action) == ("New rule of mine", "Put it right, and say when it is done.")


def test_levels_are_ordered_and_nothing_is_fine() -> None:
    assert worst([]) is Level.OK
    assert worst([Level.OK, Level.UNSEEN]) is Level.UNSEEN
    assert worst([Level.CAUTION, Level.STOP, Level.UNSEEN]) is Level.STOP


def test_an_item_says_no_only_when_all_its_lines_do(audit: Audit) -> None:
    assert [item(audit, "Looked-after child").state(column) for column in ("asked", "granted", "held")] == [
        State.YES,
        State.NO,
        State.YES,
    ]
    lines = item(audit, "First name").lines
    unseen = replace(lines[0], held=replace(lines[0].held, state=State.NOT_LOOKED_AT))
    none = replace(lines[0], held=replace(lines[0].held, state=State.NO))
    both = replace(item(audit, "First name"), lines=(none, unseen))
    assert both.state("held") is State.NOT_LOOKED_AT
    assert replace(both, lines=(none,)).state("held") is State.NO


def test_items_follow_the_vocabulary_and_technical_fields_are_left_out(audit: Audit) -> None:
    labels = [entry.label for entry in items_of(audit)]
    assert labels[:3] == ["School system number", "First name", "Surname"]
    assert "Technical value" not in labels
    assert labels[-1] == "Undescribed field pupil.religion"


def test_the_matrix_flags_what_stands_out(audit: Audit) -> None:
    rows = {row.label: row for group in matrix(items_of(audit)) for row in group.rows}
    flags = {label: row.flag.word for label, row in rows.items() if row.flag}
    assert flags["Looked-after child"] == "Off, still kept"
    assert flags["Undescribed field pupil.religion"] == "Not declared"
    assert flags["Ethnicity"] == "Not asked for"
    assert "First name" not in flags
    assert "Nationality" not in rows, "it was sent empty, and nobody asked for it"
    assert [cell.word for cell in rows["Survey score"].cells] == ["No", "No", "No", "No", "Yes", "Yes"]
    assert rows["Survey score"].why == "Worked out by the app."
    assert rows["School system number"].why == "Ties the records together."


def test_what_came_without_authorisation_is_the_worst(audit: Audit) -> None:
    assert audit.feed
    students = audit.feed.datasets["Students"]
    path = FieldPath("Students", "InLeaCare")
    fields = {**students.fields, path: FieldProfile(present=PUPILS)}
    feed = replace(audit.feed, datasets={**audit.feed.datasets, "Students": replace(students, fields=fields)})
    changed = replace(audit, feed=feed, findings=(), ledger=build_ledger(audit.declarations, feed, audit.store))
    items = items_of(changed)
    rows = {row.label: row for group in matrix(items) for row in group.rows}
    assert rows["Looked-after child"].flag
    assert rows["Looked-after child"].flag.word == "Not authorised"
    lines = {line.name: line for line in check_lines(Case(audit=changed, items=items, groups=()))}
    assert lines[Check.AUTHORISED].tag.word == "Act"
    assert lines[Check.AUTHORISED].sentence == "1 item came that you did not authorise."
    assert switched_off(changed, items)[0].proof.word == "Still arriving"
    assert {line.label: line.verdict.word for line in scope_lines(changed, items)}[
        "Pupils' family and care (StudentFamily)"
    ] == "Still arriving"


def test_people_are_counted_by_their_keys(audit: Audit) -> None:
    assert people_held(audit) == {Subject.PUPIL: PUPILS, Subject.STAFF: STAFF}
    assert people_received(audit) == {Subject.PUPIL: PUPILS, Subject.STAFF: STAFF}
    assert people_of(replace(audit, feed=None, store=None)) == {}


def test_people_are_counted_without_stored_fields(audit: Audit) -> None:
    bare = replace(audit, declarations=replace(audit.declarations, stored_fields=None))
    assert people_received(bare) == {Subject.PUPIL: PUPILS, Subject.STAFF: STAFF}
    assert people_held(bare) == {}


def test_findings_are_grouped_by_rule_worst_first(audit: Audit) -> None:
    groups = finding_groups(audit)
    assert [group.rule.id for group in groups] == [
        "XS03", "DA01", "DA30", "XS11", "DA10", "XS02", "DA33", "DA36", "DA37", "DA02",
    ]  # fmt: skip
    assert [group.name for group in groups][:2] == ["F1", "F2"]
    assert groups[0].headline == "Switched off, but still kept (2)"
    assert groups[0].by == "7 December 2026"
    assert groups[5].by == "23 December 2026"
    assert groups[0].places[0].seen == "Looked-after child is still held in fewer than 5 rows."
    assert groups[2].places[0].seen == "3 rows are about people who left too long ago."
    assert groups[4].places[0].trace == "stored-fields.yaml:105:9"


def test_a_finding_takes_its_name_from_the_ledger(audit: Audit) -> None:
    bare = Hit(message="it is so", path=FieldPath("pupil", "dob"))
    found = Finding(rule=rule_info("XS02", "x", Severity.WARNING), severity=Severity.WARNING, hit=bare)
    (group,) = finding_groups(replace(audit, findings=(found,)))
    assert group.places[0].label == "Date of birth"
    assert group.action == "Ask the supplier if it still needs date of birth."


def test_many_places_are_cut_short_and_counted(audit: Audit) -> None:
    rule = rule_info("DA01", "undeclared-column", Severity.ERROR)
    many = tuple(
        Finding(rule=rule, severity=Severity.ERROR, hit=Hit(message="x", path=FieldPath("pupil", f"c{number:02}")))
        for number in range(20)
    )
    (group,) = finding_groups(replace(audit, findings=many))
    assert (len(group.places), group.more, group.is_short) == (12, 8, False)
    assert group.action == (
        "Ask the supplier to declare or erase the undescribed field pupil.c00, the undescribed field pupil.c01 "
        "and 18 more."
    )


def test_waived_findings_say_who_and_until_when(audit: Audit) -> None:
    (waived,) = waived_findings(audit)
    assert (waived.what, waived.owner, waived.until) == ("Declared, but not there", "Product owner", "1 March 2027")
    assert waived.reason == "It comes with the next release."


def test_actions_begin_with_what_only_the_school_can_do(audit: Audit) -> None:
    page = summary(audit, items_of(audit), finding_groups(audit))
    assert [(action.finding, action.who) for action in page.actions] == [
        ("F4", "Headteacher"),
        ("F1", "Data lead"),
        ("F3", "Data lead"),
    ]
    only_notes = tuple(finding for finding in audit.findings if finding.severity is Severity.INFO)
    quiet = replace(audit, findings=only_notes)
    assert summary(quiet, items_of(quiet), finding_groups(quiet)).actions == ()


def test_what_was_switched_off_is_proved_with_guarded_counts(audit: Audit) -> None:
    (off,) = switched_off(audit, items_of(audit))
    assert [(entry.label, entry.arriving.word, entry.kept.word, entry.rows) for entry in off.items] == [
        ("Looked-after child", "No", "Yes", "fewer than 5"),
        ("Service child", "No", "Yes", "not shown"),
    ]
    assert (off.total, off.proof.word, off.since) == ("22", "Still kept", "14 September 2026")
    assert people_left_out(audit) == "You keep 6 pupils out of this app."


def test_what_was_switched_off_and_is_gone_is_good(audit: Audit) -> None:
    clean = with_store(audit, looked_after=0, service=0)
    (off,) = switched_off(clean, items_of(clean))
    assert (off.proof.word, [entry.rows for entry in off.items]) == ("Not found", ["0", "0"])


def test_a_single_switched_off_item_is_guarded_as_well(audit: Audit) -> None:
    given = audit.declarations
    assert given.authorisation
    field = replace(given.authorisation.declined_scopes[0], id="Students.IsTraveller")
    given = replace(given, authorisation=replace(given.authorisation, declined_scopes=(), declined_fields=(field,)))
    changed = replace(audit, declarations=given, ledger=build_ledger(given, audit.feed, audit.store))
    (off,) = switched_off(changed, items_of(changed))
    assert (off.label, off.items[0].rows, off.total) == ("Traveller family", "fewer than 5", "")


def test_scopes_are_judged(audit: Audit) -> None:
    lines = {line.label: line for line in scope_lines(audit, items_of(audit))}
    family = lines["Pupils' family and care (StudentFamily)"]
    assert (family.granted.word, family.verdict.word, family.asked, family.received) == ("No", "Switched off", "2", "0")
    pupils = lines["Pupils (Student)"]
    assert (pupils.granted.word, pupils.verdict.word) == ("Yes", "Unlocks more")
    assert int(pupils.unlocked) > int(pupils.asked)


def test_spare_items_are_named_under_one_scope_each(audit: Audit) -> None:
    spare = spare_items(audit, items_of(audit))
    unlocked = [e for e in items_of(audit) if e.is_("unlocked") and not e.is_("asked")]
    assert sum(line.count for line in spare) == len(unlocked)
    background = next(line for line in spare if "StudentDemographic" in line.scope)
    assert (background.care, background.others) == ("Ethnicity; Nationality", "3 fields without a plain name")


def test_sensitive_items_say_why_and_how_many(audit: Audit) -> None:
    found = {entry.label: entry for entry in sensitive_items(audit, items_of(audit))}
    assert [entry.kind.word for entry in found.values()][:3] == ["Special", "Special", "Treat as special"]
    traveller = found["Traveller family"]
    assert traveller.position == "Article 9(2)(g), substantial public interest; Schedule 1 Part 2 paragraph 8."
    assert traveller.rows == "fewer than 5 of 412"
    assert (found["Ethnicity"].position, found["Ethnicity"].why) == ("", "No reason is given.")
    assert found["Survey score"].why == "It arises in the app; it is not asked of the school's system."
    assert found["Pupil premium"].rows == "412 of 412"


def test_companies_and_the_figure_hold_the_same_facts(audit: Audit) -> None:
    named = companies(audit)
    assert [(company.name.split()[0], company.where, company.is_abroad) for company in named] == [
        ("Brightwell", "United Kingdom", False),
        ("Northbank", "United Kingdom", False),
        ("Clarity", "Ireland", True),
        ("Lumen", "United States", True),
    ]
    drawing = flow(audit, items_of(audit))
    assert [box.style for box in drawing.boxes] == ["plain", "plain", "app", "plain", "abroad", "abroad"]
    assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in drawing.boxes)
    assert all(box.y >= 0 and box.y + box.height <= drawing.height for box in drawing.boxes)
    assert "Lumen Mail Example Inc (United States)" in drawing.title
    stacked = drawing.boxes[3:]
    assert all(one.y + one.height < other.y for one, other in pairwise(stacked))


def test_time_limits_are_words_and_bars(audit: Audit) -> None:
    pupil, staff = retention_lines(audit)
    assert (pupil.what, pupil.rule) == ("Pupil", "30 days after a pupil leaves")
    assert pupil.extra == "7 days of grace; backups go 35 days later."
    assert (pupil.set_by, pupil.then, pupil.overdue) == ("The school", "Erased", "3")
    assert (staff.rule, staff.overdue) == ("1 year after a member of staff leaves", "Not tested")
    figure = retention_figure(audit)
    assert figure
    ends = [bar.segments[-1].x + bar.segments[-1].width for bar in figure.bars]
    assert max(ends) <= figure.width
    assert ends[1] > ends[0] * 4
    assert "Pupil: 30 days, then 7 days of grace, then 35 days in backups." in figure.title


def test_a_limit_without_a_period_gives_its_criteria(audit: Audit) -> None:
    given = audit.declarations
    assert given.stored_fields
    limit = Retention(id="until-told", criteria="until the school says so")
    given = replace(given, stored_fields=replace(given.stored_fields, retentions={"until-told": limit}, datasets=()))
    changed = replace(audit, declarations=given)
    (line,) = retention_lines(changed)
    assert (line.what, line.rule) == ("Until told", "Until the school says so.")
    assert retention_figure(changed) is None


def test_purposes_have_letters(audit: Audit) -> None:
    assert [line.letter for line in purpose_lines(audit)] == ["A", "B", "C"]
    assert purpose_lines(audit)[0].basis == "Public task, Article 6(1)(e)"
    scopes = {scope.label: scope for scope in asked_scopes(audit)}
    premium = scopes["Pupils' funding (StudentFunding)"].items[0]
    assert (premium.label, premium.letters, premium.required.word) == ("Pupil premium", "C", "Optional")


def test_where_the_integrator_contradicts_itself_the_reasons_say_so(audit: Audit) -> None:
    catalogue = audit.declarations.catalogue
    assert catalogue
    contradiction = Contradiction(
        says="Two lists differ", scopes=frozenset({"StudentFunding"}), fields=frozenset({FieldPath("Students")})
    )
    doubtful = replace(catalogue, contradictions=(contradiction,))
    scopes = asked_scopes(replace(audit, declarations=replace(audit.declarations, catalogue=doubtful)))
    said = {scope.label: {item.doubt for item in scope.items} for scope in scopes}
    assert said.pop("Pupils' funding (StudentFunding)") == {
        "Xporter on Demand contradicts itself here. Two lists differ."
    }
    assert set().union(*said.values()) == {""}


@pytest.mark.parametrize("feed", [None, Inventory(datasets={"Students": DatasetProfile()})])
def test_an_audit_of_little_has_a_view(audit: Audit, feed: Inventory | None) -> None:
    bare = replace(audit, feed=feed, store=None, ledger=build_ledger(audit.declarations, feed, None), findings=())
    page = summary(bare, items_of(bare), finding_groups(bare))
    assert page.verdict.level is Level.CAUTION
    assert "We could not look at" in page.verdict.text
    assert {fact.name: fact.value for group in page.facts for fact in group}["Items kept"] == "Not looked at"


def test_the_example_is_as_rich_as_it_says() -> None:
    audit = example_audit.example_audit()
    assert (len(audit.ledger), len(audit.findings)) == (59, 15)
    assert audit.at == dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
