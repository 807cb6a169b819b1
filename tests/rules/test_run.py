"""Rules are run, stamped, waived, graded and sorted in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import Place
from compliance.formats.words import lapse
from compliance.ledger import build_ledger
from compliance.model.declarations import Declarations, StoredFields, Waiver
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.inventory import EMPTY_INVENTORY, Inventory
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import EMPTY_VOCABULARY, DataClass
from compliance.rules.base import Case, Rule, rule
from compliance.rules.run import covers, expired, run_rules, severity_of, stamp

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TODAY = AT.date()
PLACE = Place("stored-fields.yaml", 7, 3)
AT_PREMIUM = Hit(message="Pupil premium is there.", path=FieldPath.parse("pupil.premium"), place=PLACE)


def made(name: str, severity: Severity, *hits: Hit, needs: tuple[Input, ...] = (Input.STORED_FIELDS,)) -> Rule:
    @rule(name, name.casefold(), severity, needs=needs, law=("UK GDPR 5",))
    def check(_case: Case) -> Iterator[Hit]:
        """Yield what it was given.

        Why:
            To try the runner.
        Example:
            This.
        Instead:
            Nothing.
        Silent when:
            - It was given nothing.
        """
        yield from hits

    return check


def case(*waivers: Waiver, store: Inventory | None = None) -> Case:
    stored = StoredFields(app="app", version="1")
    declarations = Declarations(vocabulary=EMPTY_VOCABULARY, stored_fields=stored, waivers=waivers)
    return Case(declarations=declarations, ledger=build_ledger(declarations, None, store), store=store, at=AT)


def waiver(path: str = "pupil.premium", *, of: str = "AA01", expires: dt.date = TODAY) -> Waiver:
    return Waiver(rule=of, path=path, reason="It goes in December.", owner="Head of data", expires=expires, place=PLACE)


def test_a_rule_that_lacks_its_inputs_is_listed_as_skipped() -> None:
    blind = made("AA01", Severity.ERROR, AT_PREMIUM, needs=(Input.STORED_FIELDS, Input.STORE, Input.FEED))
    seeing = made("AA02", Severity.ERROR)
    findings, ran, skipped = run_rules((blind, seeing), case())
    assert not findings
    assert ran == (seeing.info,)
    assert [(skip.rule, skip.missing) for skip in skipped] == [(blind.info, (Input.STORE, Input.FEED))]


def test_either_feed_or_store_is_data() -> None:
    rules = (made("AA01", Severity.ERROR, AT_PREMIUM, needs=(Input.DATA,)),)
    assert run_rules(rules, case())[2]
    assert run_rules(rules, case(store=EMPTY_INVENTORY))[0]


def test_findings_stand_worst_first() -> None:
    def hit(path: str, data_class: DataClass | None = None, message: str = "There.") -> Hit:
        return Hit(message=message, path=FieldPath.parse(path), data_class=data_class)

    rules = (
        made("AA01", Severity.INFO, hit("a.x", DataClass.SPECIAL)),
        made("AA02", Severity.WARNING, hit("a.x"), hit("b.x", DataClass.SPECIAL)),
        made("AA03", Severity.ERROR, hit("b.x"), hit("a.y"), hit("a.x", message="Z"), hit("a.x", message="A")),
    )
    findings, _, _ = run_rules(rules, case())
    assert [(finding.rule.id, str(finding.hit.path), finding.hit.message) for finding in findings] == [
        ("AA02", "b.x", "There."),
        ("AA03", "a.x", "A"),
        ("AA03", "a.x", "Z"),
        ("AA03", "a.y", "There."),
        ("AA03", "b.x", "There."),
        ("AA02", "a.x", "There."),
        ("AA01", "a.x", "There."),
    ]


@pytest.mark.parametrize(
    ("own", "data_class", "strength", "severity"),
    [
        ("warning", None, Strength.FIRM, "warning"),
        ("warning", DataClass.TREAT_AS_SPECIAL, Strength.FIRM, "warning"),
        ("warning", DataClass.SPECIAL, Strength.FIRM, "error"),
        ("warning", DataClass.CRIMINAL, Strength.FIRM, "error"),
        ("warning", DataClass.SPECIAL, Strength.WEAK, "warning"),
        ("info", DataClass.SPECIAL, Strength.FIRM, "info"),
        ("info", None, Strength.WEAK, "info"),
        ("error", DataClass.ORDINARY, Strength.FIRM, "error"),
        ("error", DataClass.SPECIAL, Strength.WEAK, "warning"),
        ("error", DataClass.SPECIAL, Strength.NOTE, "info"),
    ],
)
def test_evidence_and_class_weigh_in(own: str, data_class: DataClass | None, strength: Strength, severity: str) -> None:
    hit = Hit(message="There.", data_class=data_class, strength=strength)
    assert severity_of(Severity(own), hit) == severity


@given(st.sampled_from(Severity), st.sampled_from(Strength), st.sampled_from(Strength), st.sampled_from(DataClass))
def test_weaker_evidence_never_weighs_more(
    own: Severity, strength: Strength, other: Strength, data_class: DataClass
) -> None:
    order = list(Strength)
    firmer, weaker = sorted((strength, other), key=order.index)
    heavy, light = (
        severity_of(own, Hit(message="There.", data_class=data_class, strength=each)) for each in (firmer, weaker)
    )
    assert light.rank <= heavy.rank


@given(st.sampled_from(Severity), st.sampled_from(Strength), st.sampled_from(DataClass), st.sampled_from(DataClass))
def test_data_that_needs_more_care_never_weighs_less(
    own: Severity, strength: Strength, one: DataClass, other: DataClass
) -> None:
    less, more = sorted((one, other), key=lambda data_class: data_class.rank)
    light, heavy = (
        severity_of(own, Hit(message="There.", data_class=each, strength=strength)) for each in (less, more)
    )
    assert light.rank <= heavy.rank


@pytest.mark.parametrize(
    "pattern", ["pupil.premium", "pupil.*", "*", "stored-fields.yaml", "stored-fields.yaml:7:3", "*.yaml"]
)
def test_a_waiver_covers_by_path_or_place(pattern: str) -> None:
    assert covers(waiver(pattern), made("AA01", Severity.ERROR).info, AT_PREMIUM, TODAY)


@pytest.mark.parametrize(
    "other",
    [
        waiver("pupil.name"),
        waiver("staff.*"),
        waiver(of="AA02"),
        waiver(expires=TODAY - dt.timedelta(days=1)),
    ],
    ids=["another field", "another dataset", "another rule", "ended"],
)
def test_a_waiver_covers_nothing_else(other: Waiver) -> None:
    assert not covers(other, made("AA01", Severity.ERROR).info, AT_PREMIUM, TODAY)


def test_a_hit_without_path_or_place_is_covered_by_a_waiver_of_everything() -> None:
    info, hit = made("AA01", Severity.ERROR).info, Hit(message="The document holds 1 e-mail address.")
    assert covers(waiver("*"), info, hit, TODAY)
    assert not covers(waiver("pupil.*"), info, hit, TODAY)


def test_brackets_in_a_waiver_are_brackets() -> None:
    hit = Hit(message="There.", path=FieldPath.parse("pupil.notes[].text"))
    info = made("AA01", Severity.ERROR).info
    assert covers(waiver("pupil.notes[].text"), info, hit, TODAY)
    assert not covers(waiver("pupil.note[s].text"), info, hit, TODAY)


def test_a_covered_finding_stays_and_says_so() -> None:
    good = waiver()
    findings, _, _ = run_rules((made("AA01", Severity.ERROR, AT_PREMIUM),), case(waiver("staff.*"), good))
    assert [(finding.waiver, finding.is_open) for finding in findings] == [(good, False)]


def test_a_waiver_that_has_ended_is_told() -> None:
    ended = waiver(expires=dt.date(2026, 11, 22))
    assert expired((waiver(), ended), TODAY) == (
        "stored-fields.yaml:7:3: the waiver of AA01 for pupil.premium by Head of data ended on 2026-11-22.",
    )


def test_a_fingerprint_rests_on_names_and_never_on_counts() -> None:
    info = made("AA01", Severity.ERROR).info

    def print_of(**evidence: int | str) -> str:
        return stamp(info, Hit(message="There.", place=PLACE, evidence=evidence), case()).fingerprint

    assert print_of(store="database", rows=1) == print_of(store="database", rows=2)
    assert print_of(store="database") != print_of(store="backups")


def test_what_a_waiver_no_longer_covers_fires_again_and_says_since_when() -> None:
    earlier, ended = waiver(expires=dt.date(2026, 3, 1)), waiver(expires=dt.date(2026, 11, 22))
    findings, _, _ = run_rules((made("AA01", Severity.ERROR, AT_PREMIUM),), case(earlier, ended))
    assert [(finding.is_open, finding.lapsed) for finding in findings] == [(True, ended)]
    assert lapse(findings[0]) == "Waived by Head of data until 2026-11-22; it fires again since then."
    findings, _, _ = run_rules((made("AA01", Severity.ERROR, AT_PREMIUM),), case(ended, waiver()))
    assert [(finding.is_open, finding.lapsed) for finding in findings] == [(False, None)]
