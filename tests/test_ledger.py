"""The ledger: six columns joined, and silence never read as "no"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger import build_ledger
from compliance.model.catalogue import NO_SCOPE, Catalogue, CatalogueField, Contradiction, Meaning, Scope
from compliance.model.declarations import (
    Authorisation,
    Declarations,
    Declined,
    Listed,
    PermissionSet,
    RequestedField,
    RequestedScope,
    School,
    StoredDataset,
    StoredField,
    StoredFields,
)
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory, Notice
from compliance.model.ledger import COLUMNS, Ledger, LedgerLine, State
from compliance.model.paths import EACH, FieldPath
from compliance.model.vocabulary import DataClass, DataItem, Subject, Vocabulary

P = FieldPath.parse
FORENAME, PREMIUM, GIFTED, CARE = map(
    P, ("Students.Forename", "Students.PupilPremium", "Students.Gifted", "Students.InLeaCare")
)


def item(name: str, data_class: DataClass = DataClass.ORDINARY) -> DataItem:
    return DataItem(
        id=name, label=name.title(), subject=Subject.PUPIL, data_class=data_class, group="g", explanation="x"
    )


VOCABULARY = Vocabulary(
    id="test",
    version="1",
    groups={"g": "Group"},
    items={i.id: i for i in (item("forename"), item("premium", DataClass.TREAT_AS_SPECIAL), item("care"))},
    code_sets={},
)


def catalogue(null_means: Meaning = Meaning.SHARED_BUT_EMPTY) -> Catalogue:
    def entry(path: FieldPath, item_id: str | None, *ways: tuple[str, ...]) -> tuple[FieldPath, CatalogueField]:
        return path, CatalogueField(path=path, any_of=ways, item=item_id)

    return Catalogue(
        integrator="test",
        label="Test",
        version="1",
        absent_means=Meaning.NOT_SHARED,
        null_means=null_means,
        scopes={
            name: Scope(id=name, label=name, description=name, subjects=(Subject.PUPIL,))
            for name in ("Student", "Funding", "Family")
        },
        fields=dict(
            [
                entry(FORENAME, "forename", ("Student",)),
                entry(PREMIUM, "premium", ("Funding",)),
                entry(GIFTED, None, ("Funding",), ("Student", "Family")),
                entry(CARE, "care", ("Family",)),
            ]
        ),
        options={},
        aliases={P("Students.PupilPrem"): PREMIUM},
        _folded={("students", "forename"): FORENAME},
    )


PERMISSION_SET = PermissionSet(
    app="app",
    label="App",
    version="1",
    integrator="test",
    scopes=(
        RequestedScope(id="Student", fields=(RequestedField(path=FORENAME, required=True),)),
        RequestedScope(id="Funding", fields=(RequestedField(path=PREMIUM, required=False),)),
    ),
)
STORED = StoredFields(
    app="app",
    version="1",
    datasets=(
        StoredDataset(
            name="pupil",
            store="db",
            fields=(
                StoredField(path=P("pupil.first_name"), source="mis", source_path=FORENAME, item="forename"),
                StoredField(path=P("pupil.premium"), source="mis", source_path=PREMIUM, item="premium"),
                StoredField(path=P("pupil.nickname"), source="user_entered"),
            ),
        ),
    ),
    ignored_columns=frozenset({"created_at"}),
)
AUTHORISATION = Authorisation(
    app="app",
    school=School(name="School"),
    granted_scopes=frozenset({"Student"}),
    declined_scopes=(Declined(id="Funding", on=dt.date(2026, 1, 1)),),
)


def inventory(fields: Mapping[str, tuple[int, int]]) -> Inventory:
    """Build an inventory of path → (present, null)."""
    datasets: dict[str, dict[FieldPath, FieldProfile]] = {}
    for text, (present, null) in fields.items():
        path = P(text)
        profile = FieldProfile(present=present, null=null, types={"string": present - null})
        datasets.setdefault(path.dataset, {})[path] = profile
    return Inventory(datasets={name: DatasetProfile(rows=9, fields=paths) for name, paths in datasets.items()})


FEED = inventory({"Students.forename": (9, 0), "Students.PupilPrem": (9, 9), "Students.Surprise": (1, 0)})
STORE = inventory({"pupil.first_name": (9, 0), "pupil.ethnicity": (9, 0), "pupil.created_at": (9, 0)})
EVERYTHING = Declarations(
    vocabulary=VOCABULARY,
    permission_set=PERMISSION_SET,
    stored_fields=STORED,
    authorisation=AUTHORISATION,
    catalogue=catalogue(),
)


def states(line: LedgerLine) -> str:
    """Write a line's six states as six signs."""
    sign = {State.YES: "y", State.NO: "n", State.NOT_LOOKED_AT: "-", State.CANNOT_TELL: "?"}
    return "".join(sign[cell.state] for _, cell in line.cells)


def rows(ledger: Ledger) -> dict[str, str]:
    """Write the whole ledger as path → six signs."""
    return {f"{line.source_path or ''}>{line.stored_path or ''}": states(line) for line in ledger}


def test_the_six_columns_are_these() -> None:
    assert COLUMNS == ("asked", "unlocked", "granted", "received", "declared", "held")


def test_everything_given() -> None:
    assert rows(build_ledger(EVERYTHING, FEED, STORE)) == {
        "Students.Forename>pupil.first_name": "yyyyyy",
        "Students.Gifted>": "nynnnn",
        "Students.PupilPremium>pupil.premium": "yynyyn",
        "Students.Surprise>": "n??ynn",
        ">pupil.ethnicity": "nnnnny",
        ">pupil.nickname": "nnnnyn",
    }


def test_what_was_not_looked_at_is_never_a_no() -> None:
    ledger = build_ledger(Declarations(vocabulary=VOCABULARY, permission_set=PERMISSION_SET), None, None)
    assert rows(ledger) == {"Students.Forename>": "y-----", "Students.PupilPremium>": "y-----"}


def test_a_store_without_declarations() -> None:
    ledger = build_ledger(Declarations(vocabulary=VOCABULARY), None, STORE)
    assert rows(ledger) == {
        ">pupil.created_at": "-nnn-y",
        ">pupil.ethnicity": "-nnn-y",
        ">pupil.first_name": "-nnn-y",
    }


def test_a_dataset_that_a_source_lacks_cannot_be_told() -> None:
    feed, store = inventory({"Staff.Id": (1, 0)}), inventory({"staff.id": (1, 0)})
    line = next(line for line in build_ledger(EVERYTHING, feed, store) if line.source_path == FORENAME)
    assert (line.received.why, line.held.why) == (
        "the feed holds no dataset Students",
        "the store holds no dataset pupil",
    )
    assert states(line) == "yyy?y?"


def gifted_under(granted: set[str], declined: str) -> LedgerLine:
    """Return the line of a field that Funding opens as well as Student and Family together."""
    authorisation = replace(AUTHORISATION, granted_scopes=frozenset(granted), declined_scopes=(Declined(id=declined),))
    ledger = build_ledger(replace(EVERYTHING, authorisation=authorisation), FEED, STORE)
    return next(line for line in ledger if line.source_path == GIFTED)


def test_a_field_that_two_scopes_open_is_withdrawn_with_the_last_of_them() -> None:
    other_way = gifted_under({"Student", "Family"}, "Funding")
    assert (other_way.granted.state, other_way.granted.why) == (State.YES, "granted through Student and Family")
    none_left = gifted_under({"Student"}, "Family")
    assert (none_left.granted.state, none_left.granted.why) == (State.NO, "the school declined Family")


def test_a_field_about_which_the_documents_disagree_says_so_unless_a_sure_way_is_open() -> None:
    says = "the one list says Funding, the other does not"
    contradiction = Contradiction(says=says, scopes=frozenset({"Funding"}), fields=frozenset({GIFTED, CARE}))
    doubtful = replace(EVERYTHING, catalogue=replace(catalogue(), contradictions=(contradiction,)))
    doubt = f". Test contradicts itself here: {says}"

    def why(*granted: str) -> tuple[str, str]:
        authorisation = replace(AUTHORISATION, granted_scopes=frozenset(granted), declined_scopes=())
        ledger = build_ledger(replace(doubtful, authorisation=authorisation), None, None)
        line = next(line for line in ledger if line.source_path == GIFTED)
        return line.unlocked.why, line.granted.why

    unlocked = f"unlocked by Funding{doubt}"
    assert why("Funding") == (unlocked, f"granted through Funding{doubt}")
    assert why("Funding", "Student", "Family") == (unlocked, "granted through Funding or Student and Family")
    assert why() == (unlocked, "the school granted no scope for it")


@pytest.mark.parametrize(
    ("meaning", "state"),
    [
        (Meaning.SHARED_BUT_EMPTY, State.YES),
        (Meaning.NOT_SHARED, State.NO),
        (Meaning.UNKNOWN, State.CANNOT_TELL),
    ],
)
def test_null_means_what_the_integrator_means_by_it(meaning: Meaning, state: State) -> None:
    declarations = Declarations(vocabulary=VOCABULARY, permission_set=PERMISSION_SET, catalogue=catalogue(meaning))
    ledger = build_ledger(declarations, FEED, None)
    assert next(line for line in ledger if line.source_path == PREMIUM).received.state is state


def test_the_spelling_on_the_wire_is_noted() -> None:
    ledger = build_ledger(EVERYTHING, FEED, None)
    assert next(line for line in ledger if line.source_path == FORENAME).received.why == (
        "filled in 9 of 9 rows, spelt forename"
    )


def test_a_field_kept_twice_stands_on_two_lines_and_counts_once() -> None:
    twice = StoredFields(
        app="app",
        version="1",
        datasets=(
            StoredDataset(
                name="pupil",
                store="db",
                fields=tuple(StoredField(path=P(f"pupil.{n}"), source="mis", source_path=FORENAME) for n in "ab"),
            ),
        ),
    )
    ledger = build_ledger(
        Declarations(vocabulary=VOCABULARY, permission_set=PERMISSION_SET, stored_fields=twice), FEED, None
    )
    assert [str(line.stored_path) for line in ledger if line.source_path == FORENAME] == ["pupil.a", "pupil.b"]
    assert ledger.count("asked") == 2
    assert ledger.count("declared") == 2


def test_two_ways_to_a_field_and_what_a_refusal_says() -> None:
    ledger = build_ledger(EVERYTHING, None, None)
    by_path = {line.source_path: line for line in ledger}
    assert by_path[GIFTED].unlocked.why == "unlocked by Funding"
    assert by_path[GIFTED].granted.why == "the school declined Funding"
    assert by_path[FORENAME].granted.why == "granted through Student"


def test_a_declined_field_of_a_granted_scope_is_not_granted() -> None:
    declined = Authorisation(
        app="app",
        school=School(name="School"),
        granted_scopes=frozenset({"Student", "Funding"}),
        declined_fields=(Declined(id="Students.PupilPremium"),),
    )
    declarations = Declarations(
        vocabulary=VOCABULARY, permission_set=PERMISSION_SET, authorisation=declined, catalogue=catalogue()
    )
    by_path = {line.source_path: line.granted for line in build_ledger(declarations, None, None)}
    assert (by_path[PREMIUM].no, by_path[PREMIUM].why) == (True, "the school declined this field")
    assert by_path[GIFTED].yes


def test_a_declined_field_may_be_spelt_as_on_the_wire() -> None:
    declined = Authorisation(
        app="app",
        school=School(name="School"),
        granted_scopes=frozenset({"Student", "Funding"}),
        declined_fields=(Declined(id="Students.PupilPrem"),),
    )
    declarations = Declarations(vocabulary=VOCABULARY, authorisation=declined, catalogue=catalogue())
    by_path = {line.source_path: line.granted for line in build_ledger(declarations, None, None)}
    assert by_path[PREMIUM].no


def test_a_field_asked_for_twice_is_required_when_one_scope_requires_it() -> None:
    def asking(*required: bool) -> PermissionSet:
        scopes = (
            RequestedScope(id=f"scope {number}", fields=(RequestedField(path=FORENAME, required=needed),))
            for number, needed in enumerate(required)
        )
        return PermissionSet(app="app", label="App", version="1", integrator="test", scopes=tuple(scopes))

    for required in ((True, False), (False, True)):
        ledger = build_ledger(Declarations(vocabulary=VOCABULARY, permission_set=asking(*required)), None, None)
        (line,) = ledger.lines
        assert line.request is not None
        assert line.request.required
        assert line.requested_scope is not None
        assert line.requested_scope.id == "scope 0"


def test_what_did_not_come_cannot_be_told_while_rows_are_missing() -> None:
    part = Inventory(datasets=FEED.datasets, notices=(Notice("feed/a.json", "holds page 1 of 2", "Students"),))
    by_path = {line.source_path: line.received for line in build_ledger(EVERYTHING, part, None)}
    assert by_path[GIFTED].state is State.CANNOT_TELL
    assert by_path[FORENAME].yes


def test_the_parents_of_a_field_are_known_whatever_its_name() -> None:
    path = FieldPath.of("pupil", "a\\", EACH, "b.c", "d")
    assert [str(parent) for parent in path.parents] == [r"pupil.a\\", r"pupil.a\\[]", r"pupil.a\\[].b\.c"]


def test_a_wildcard_asks_for_all_that_its_scope_unlocks() -> None:
    everything = PermissionSet(
        app="app",
        label="App",
        version="1",
        integrator="test",
        scopes=(RequestedScope(id="Funding", fields=(RequestedField(path=P("Students.*")),)),),
    )
    ledger = build_ledger(
        Declarations(vocabulary=VOCABULARY, permission_set=everything, catalogue=catalogue()), None, None
    )
    assert rows(ledger) == {"Students.Gifted>": "yy----", "Students.PupilPremium>": "yy----"}


def test_objects_whose_contents_stand_below_are_left_out() -> None:
    shape = {"string": 1}
    store = Inventory(
        datasets={
            "pupil": DatasetProfile(
                rows=1,
                fields={
                    P("pupil.extra"): FieldProfile(present=1, types={"object": 1}),
                    P("pupil.extra.tags"): FieldProfile(present=1, types={"array": 1}),
                    P("pupil.extra.tags[]"): FieldProfile(present=1, types=shape),
                    P("pupil.empty"): FieldProfile(present=1, empty=1, types={"array": 1}),
                    P("pupil.mixed"): FieldProfile(present=2, types={"object": 1, "string": 1}),
                    P("pupil.mixed.a"): FieldProfile(present=1, types=shape),
                },
            )
        }
    )
    ledger = build_ledger(Declarations(vocabulary=VOCABULARY), None, store)
    assert sorted(rows(ledger)) == [">pupil.empty", ">pupil.extra.tags[]", ">pupil.mixed", ">pupil.mixed.a"]


paths = st.sampled_from(["Students.Forename", "Students.PupilPrem", "Students.New", "Other.Thing"])
stored_paths = st.sampled_from(["pupil.first_name", "pupil.premium", "pupil.x", "log.line"])
counts = st.tuples(st.integers(1, 9), st.integers(0, 1))


@given(
    st.none() | st.dictionaries(paths, counts),
    st.none() | st.dictionaries(stored_paths, counts),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_the_ledger_is_total(
    feed: dict[str, tuple[int, int]] | None,
    store: dict[str, tuple[int, int]] | None,
    with_permission_set: bool,  # noqa: FBT001 - drawn by hypothesis
    with_stored: bool,  # noqa: FBT001 - drawn by hypothesis
    with_authorisation: bool,  # noqa: FBT001 - drawn by hypothesis
    with_catalogue: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    declarations = Declarations(
        vocabulary=VOCABULARY,
        permission_set=PERMISSION_SET if with_permission_set else None,
        stored_fields=STORED if with_stored else None,
        authorisation=AUTHORISATION if with_authorisation else None,
        catalogue=catalogue() if with_catalogue else None,
    )
    ledger = build_ledger(
        declarations,
        None if feed is None else inventory(feed),
        None if store is None else inventory(store),
    )
    keys = [(line.source_path, line.stored_path) for line in ledger]
    assert len(keys) == len(set(keys))
    spelt = {declarations.catalogue.canonical(P(p)) if declarations.catalogue else P(p) for p in feed or ()}
    assert spelt <= {line.source_path for line in ledger}
    assert {P(p) for p in store or ()} <= {line.stored_path for line in ledger}
    for line in ledger:
        assert (line.received.state is State.NOT_LOOKED_AT) == (feed is None and line.source_path is not None)
        assert (line.held.state is State.NOT_LOOKED_AT) == (store is None)
        assert all(cell.why for _, cell in line.cells)


def test_a_delta_that_says_only_unchanged_withdraws_nothing() -> None:
    delta = Inventory(datasets={"Students": DatasetProfile(bare=9)})
    told = {line.received for line in build_ledger(EVERYTHING, delta, None) if line.source_path}
    assert {(cell.state, cell.why) for cell in told} == {
        (State.CANNOT_TELL, "the rows of Students say only that nothing changed")
    }


@pytest.mark.parametrize(
    ("pinned", "why"),
    [
        ((), "unlocked by Student, not until the app sends the option includeCare"),
        (("includeCare",), "unlocked by Student, with the option includeCare"),
    ],
)
def test_an_option_that_the_permission_set_names_is_told_from_one_that_it_does_not(
    pinned: tuple[str, ...], why: str
) -> None:
    entry = CatalogueField(path=CARE, any_of=(("Student",),), option="includeCare")
    declared = replace(
        EVERYTHING,
        catalogue=replace(catalogue(), fields={CARE: entry}),
        permission_set=replace(PERMISSION_SET, options=Listed(pinned)),
    )
    line = next(line for line in build_ledger(declared, None, None) if line.source_path == CARE)
    assert line.unlocked.why == why


LOCKER, BADGE = map(P, ("Students.Locker", "Lockers.Badge"))


def open_to_all() -> Catalogue:
    fields = {path: CatalogueField(path=path, any_of=NO_SCOPE) for path in (FORENAME, LOCKER, BADGE)}
    return replace(catalogue(), scopes={}, fields=fields, deleted_below="gone")


def test_what_needs_no_scope_is_unlocked_where_the_app_asks_for_anything_of_its_dataset() -> None:
    lines = {line.source_path: line for line in ledger_without_scopes()}
    assert set(lines) == {FORENAME, LOCKER}
    assert (lines[LOCKER].asked.state, lines[LOCKER].scopes) == (State.NO, ())
    assert (lines[LOCKER].unlocked.state, lines[LOCKER].unlocked.why) == (State.YES, "it needs no scope")
    assert (lines[LOCKER].granted.state, lines[LOCKER].granted.why) == (
        State.YES,
        "it needs no scope, and the school authorised the app",
    )


def test_what_a_deleted_record_still_carries_is_the_same_field() -> None:
    wire = P("Students.gone.Locker")
    feed = Inventory(datasets={"Students": DatasetProfile(rows=2, fields={wire: FieldProfile(present=1)})})
    received = [(line.source_path, line.received.why) for line in ledger_without_scopes(feed) if line.received.profile]
    assert received == [(LOCKER, "filled in 1 of 1 rows")]
    assert open_to_all().canonical(P("Students.gone")) == P("Students.gone")


@pytest.mark.parametrize(
    ("authorisation", "why"),
    [
        ({"declined_scopes": (Declined(id="pupils"),)}, "the school declined pupils"),
        ({"granted_scopes": frozenset({"staff"})}, "the school did not grant pupils"),
    ],
)
def test_a_school_may_decline_what_the_app_calls_a_scope_where_the_integrator_has_none(
    authorisation: dict[str, Any], why: str
) -> None:
    school = School(name="S")
    lines = {
        line.source_path: line
        for line in ledger_without_scopes(authorisation=Authorisation(app="a", school=school, **authorisation))
    }
    assert (lines[FORENAME].granted.state, lines[FORENAME].granted.why) == (State.NO, why)
    assert lines[LOCKER].granted.yes  # nobody asked for it under any name


def ledger_without_scopes(
    feed: Inventory | None = None,
    authorisation: Authorisation = Authorisation(app="a", school=School(name="S")),  # noqa: B008 - frozen
) -> Ledger:
    asked = RequestedScope(id="pupils", fields=(RequestedField(path=FORENAME),))
    return build_ledger(
        Declarations(
            vocabulary=VOCABULARY,
            catalogue=open_to_all(),
            permission_set=PermissionSet(app="a", label="A", version="1", integrator="test", scopes=(asked,)),
            authorisation=authorisation,
        ),
        feed,
        None,
    )
