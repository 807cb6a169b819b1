"""The shipped declarations become the values that they say."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.errors import Place
from compliance.model.catalogue import NO_SCOPE, CatalogueField, Contradiction, Meaning, Option, Scope
from compliance.model.declarations import (
    Authorisation,
    CustomField,
    Declarations,
    Declined,
    Listed,
    Organisation,
    Party,
    PermissionSet,
    Purpose,
    Recipient,
    RequestedField,
    RequestedScope,
    Retention,
    Rights,
    Role,
    School,
    Store,
    StoredField,
    SubProcessor,
    Waiver,
)
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Code, CodeSet, DataClass, DataItem, OwnDetector, Subject, Vocabulary

P = FieldPath.parse


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Declarations:
    monkeypatch.chdir(resources.example_app())
    return load_declarations([Path()])


def at(file: str, text: str) -> Place:
    """Return where ``text`` stands for the first time in a file of the example."""
    before, found, _ = (resources.example_app() / file).read_text(encoding="utf-8").partition(text)
    assert found
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def written(folder: Path, **files: str) -> Path:
    """Write declaration files and return their folder."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_permission_set(example: Declarations) -> None:
    permission_set = example.permission_set
    assert permission_set
    assert (permission_set.app, permission_set.label, permission_set.version, permission_set.supersedes) == (
        "wellbeing-survey",
        "Wellbeing and attitudes survey",
        "2.1.0",
        "2.0.0",
    )
    assert permission_set.effective_from == dt.date(2026, 9, 1)
    assert (permission_set.integrator, permission_set.relying_party) == ("xporter", "wellbeing.example")
    assert permission_set.jurisdictions == ("uk",)
    assert permission_set.options == Listed(("includeGroupIds",))
    assert permission_set.populations["guests"] == "asked"
    assert permission_set.per_person_opt_out.startswith("In the Xporter portal, under GDPR,")
    assert "\n" not in permission_set.per_person_opt_out
    assert list(permission_set.purposes) == ["accounts", "survey", "standardise", "equality"]
    assert permission_set.purposes["equality"] == Purpose(
        id="equality",
        text="To let the school see whether some groups of pupils feel worse about school than others.",
        detail=(
            "Answers are shown by group only. No decision about one pupil rests on them, "
            "and groups under five are hidden."
        ),
        role=Role.PROCESSOR,
        lawful_basis="6.1.e",
        kind="equality_monitoring",
        individual_decision=False,
        dpv="sector-education:StudentWellbeingManagement",
        place=at("permission-set.yaml", "id: equality"),
    )
    assert [scope.id for scope in permission_set.scopes] == [
        *("Student", "StudentExtended", "UPN", "SENTypes", "StudentFunding", "StudentFamily", "StudentDemographic"),
        *("Staff", "School"),
    ]
    assert permission_set.scopes[1] == RequestedScope(
        id="StudentExtended",
        required=True,
        subjects=(Subject.PUPIL,),
        purposes=("standardise", "accounts"),
        reason="Scores are worked out against pupils of the same age, and leavers' accounts are closed.",
        fields=permission_set.scopes[1].fields,
        place=at("permission-set.yaml", "id: StudentExtended"),
    )


def test_a_field_serves_its_own_purposes_or_those_of_its_scope(example: Declarations) -> None:
    assert example.permission_set
    fields = {str(field.path): field for _, field in example.permission_set.requested_fields}
    assert fields["Students.Id"] == RequestedField(
        path=P("Students.Id"),
        purposes=("accounts", "survey"),
        sync_key=True,
        place=at("permission-set.yaml", "{path: Students.Id,"),
    )
    assert fields["Students.DateOfBirth"] == RequestedField(
        path=P("Students.DateOfBirth"),
        required=True,
        purposes=("standardise",),
        own_purposes=True,
        reason="Age in months decides the comparison group.",
        precision="day",
        place=at("permission-set.yaml", "{path: Students.DateOfBirth,"),
    )
    assert fields["Students.IsTraveller"].art9_conditions == {"equality": "9.2.g"}
    assert fields["Students.IsTraveller"].sch1 == "Data Protection Act 2018, Schedule 1 Part 2 paragraph 8"


def test_the_stores_and_retentions(example: Declarations) -> None:
    stored = example.stored_fields
    assert stored
    support = Recipient(id="support", label="The vendor's support desk", kind="internal")
    hosting = Recipient(id="hosting", label="Northbank Hosting Example Ltd", kind="sub_processor")
    assert stored.stores["app-database"] == Store(
        id="app-database",
        label="App database",
        kind="database",
        country="GB",
        provider="Northbank Hosting Example Ltd",
        encrypted=True,
        access_roles=Listed(("support", "operations")),
        access_logged=True,
        recipients=Listed((support, hosting)),
        rights=Rights(
            export="The admin page writes all that is held of one person as CSV.",
            correct="The school corrects its own system, and the next sync brings the value; answers are corrected by "
            "support.",
            erase="Support erases one person at the school's word within seven days.",
            restrict="The row is put on hold (on_hold), and no page shows it.",
        ),
        place=at("stored-fields.yaml", "id: app-database"),
    )
    assert stored.retentions["pupil-leaver"] == Retention(
        id="pupil-leaver",
        period="P30D",
        trigger="roll.leaving_date",
        action="erase",
        grace="P7D",
        backups="P35D",
        authority="Data processing agreement, schedule 1",
        set_by="school",
        review="P1Y",
        holds=Listed(("legal_hold", "art18_restriction")),
        place=at("stored-fields.yaml", "id: pupil-leaver"),
    )
    assert stored.retentions["contract"].holds == Listed(none_confirmed=True)
    assert stored.ignored_columns == {"created_at", "updated_at"}
    assert stored.ignored_datasets == {"schema_migrations"}
    assert stored.not_used == ("log", "cache", "warehouse", "search_index", "export", "embedding")


def test_a_stored_field_inherits(example: Declarations) -> None:
    stored = example.stored_fields
    assert stored
    fields = {str(field.path): field for field in stored.fields}
    assert fields["pupil.sen_status"] == StoredField(
        path=P("pupil.sen_status"),
        source="mis",
        source_path=P("Students.SENProvision"),
        item="sen-status",
        subject=Subject.PUPIL,
        purposes=("equality",),
        retention=stored.retentions["pupil-leaver"],
        place=at("stored-fields.yaml", "{name: sen_status,"),
    )
    assert fields["pupil.school_laestab"].subject is Subject.SCHOOL
    assert fields["pupil.settings.font_size"].path == FieldPath("pupil", "settings.font_size")
    assert fields["survey_answer.score"].derived_from == Listed(("answer", "date_of_birth"))
    assert [path for path, field in fields.items() if field.item is None] == []
    pupil = stored.datasets[0]
    assert (pupil.person_key, pupil.person_key_source) == ("mis_id", P("Students.Id"))
    assert pupil.name_columns == ("first_name", "last_name")
    assert stored.store_of("pupil") == stored.stores["app-database"]


def test_the_authorisation(example: Declarations) -> None:
    assert example.authorisation == Authorisation(
        app="wellbeing-survey",
        school=School(
            name="Exampleton Primary School",
            urn="123456",
            laestab="1234567",
            phase="primary",
            kind="community school",
            public_authority=True,
        ),
        controller=Party(
            name="Exampleton Primary School",
            address="2 Example Road, Exampleton, ZZ99 9ZZ",
            email="office@exampleton-primary.example",
            telephone="01632 960113",
        ),
        dpo=Party(name="Data Protection Officer", email="dpo@exampleton-primary.example"),
        version="2.1.0",
        authorised_on=dt.date(2026, 9, 9),
        by_role="Headteacher",
        dpo_advice="Advised in writing on 7 September 2026; no objection once StudentFamily is declined.",
        method="Xporter authorisation e-mail",
        status="active",
        granted_scopes=frozenset(
            {"Student", "StudentExtended", "UPN", "SENTypes", "StudentFunding", "StudentDemographic", "Staff", "School"}
        ),
        declined_scopes=(
            Declined(
                id="StudentFamily",
                on=dt.date(2026, 9, 14),
                reason="The number of looked-after children is too small for group results.",
                place=at("authorisation.yaml", "id: StudentFamily"),
            ),
        ),
        default="include",
        excluded_people={Subject.PUPIL: 1, Subject.STAFF: 0, Subject.CONTACT: 0},
        withdrawal_grace="P7D",
        review_on=dt.date(2027, 9, 1),
        holds=Listed(none_confirmed=True),
        place=at("authorisation.yaml", "kind:"),
    )


def test_the_organisation(example: Declarations) -> None:
    organisation = example.organisation
    assert organisation
    assert organisation.dpo == Party(
        name="Data Protection Officer",
        role="Data protection officer of Brightwell Learning Example Ltd",
        email="dpo@wellbeing.example",
        telephone="01632 960112",
    )
    assert organisation.joint_controllers == Listed(none_confirmed=True)
    assert organisation.sub_processors.items[0] == SubProcessor(
        name="Northbank Hosting Example Ltd",
        service="Servers and backups",
        data=("All stored items",),
        country="GB",
        authorisation="general",
        notice_days=30,
        checked_on=dt.date(2026, 6, 15),
        trains_ai=False,
        place=at("organisation.yaml", "name: Northbank"),
    )
    assert len(organisation.security) == 4
    assert (organisation.advertising, organisation.automated_decisions, organisation.trains_ai) == (False, False, False)


def test_the_shipped_vocabulary_and_catalogue_come_by_themselves(example: Declarations) -> None:
    catalogue = example.catalogue
    assert example.vocabulary.id == "uk-schools"
    assert catalogue
    assert catalogue.integrator == "xporter"
    assert (catalogue.absent_means, catalogue.null_means) == (Meaning.NOT_SHARED, Meaning.SHARED_BUT_EMPTY)
    upn = catalogue.fields[P("Students.UPN")]
    assert (upn.any_of, upn.item, upn.documented) == ((("UPN",),), "upn", True)
    assert catalogue.canonical(P("students.upn")) == P("Students.UPN")
    assert catalogue.canonical(P("STUDENTS.dateofbirth")) == P("Students.DateOfBirth")


def test_the_digests_are_those_of_the_files(example: Declarations) -> None:
    assert example.digests == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in resources.example_app().glob("*.yaml")
    }


def test_what_is_not_given_is_none(tmp_path: Path) -> None:
    folder = written(tmp_path, organisation="kind: organisation\nname: Example Ltd\n")
    loaded = load_declarations([folder])
    assert loaded == Declarations(
        vocabulary=loaded.vocabulary,
        organisation=Organisation(name="Example Ltd", place=Place((folder / "organisation.yaml").as_posix(), 1, 1)),
        digests=loaded.digests,
    )


def test_a_file_may_be_given_twice_and_the_ending_may_be_short(tmp_path: Path) -> None:
    folder = written(tmp_path, organisation="kind: organisation\nname: Example Ltd\n")
    short = (folder / "organisation.yaml").rename(folder / "organisation.yml")
    assert list(load_declarations([folder, short]).digests) == [short.as_posix()]


TINY_SET = """\
kind: permission_set
app: tiny
label: Tiny
version: "2"
integrator: tiny
scopes: [{id: Student, fields: [{path: Students.*}]}]
custom_fields: [{path: Students.Locker, item: locker, class: sensitive}]
options: {none_confirmed: true}
"""
TINY_CATALOGUE = """\
kind: integrator
id: tiny
label: Tiny
version: "1"
absent_means: unknown
null_means: not_shared
scopes:
  - {id: Student, label: Pupils, description: Names of pupils., subjects: [pupil]}
  - {id: Contact, label: Contacts, description: Names of contacts., subjects: [contact], writes: true, note: Odd.}
options: [{id: all, dataset: Students, widens: More pupils.}]
datasets:
  - name: Students
    fields:
      - {name: Name, scopes: [Student], item: locker}
      - {name: "Home.Phones[]", scopes: [Student & Contact, Contact], documented: false, option: all, note: Late.}
aliases: {Students.FullName: Students.Name}
notes: [Nobody documents it.]
contradictions:
  - {says: "One says  Contact, one does not.", scopes: [Contact], fields: ["Students.Home.Phones[]"]}
"""
TINY_VOCABULARY = """\
kind: vocabulary
id: tiny
version: "1"
groups: [{id: things, label: Things}]
items:
  - id: locker
    label: Locker
    subject: pupil
    class: ordinary
    group: things
    explanation: Which locker a pupil has.
    code_set: lockers
    format: identifier
    free_text: true
    aliases: [cupboard]
    dpv: ["pd:Identifying"]
    fideslang: user.unique_id
code_sets:
  - id: lockers
    label: Lockers
    authority: Nobody
    version: "1"
    reveals: false
    codes: [{code: "1", label: First}, {code: "NO", label: None, retired: true}]
detectors:
  - id: locker-card
    label: Locker card
    pattern: LC-[0-9]{6}
    check: luhn
    context: [locker]
    reserved: LC-0{6}
    home: identifier
  - {id: locker-key, label: Locker key, pattern: "LK[0-9]{3}"}
"""


def test_an_own_vocabulary_and_catalogue(tmp_path: Path) -> None:
    loaded = load_declarations([written(tmp_path, a=TINY_SET, b=TINY_CATALOGUE, c=TINY_VOCABULARY)])
    assert loaded.vocabulary == Vocabulary(
        id="tiny",
        version="1",
        groups={"things": "Things"},
        items={
            "locker": DataItem(
                id="locker",
                label="Locker",
                subject=Subject.PUPIL,
                data_class=DataClass.ORDINARY,
                group="things",
                explanation="Which locker a pupil has.",
                code_set="lockers",
                format="identifier",
                free_text=True,
                aliases=("cupboard",),
                dpv=("pd:Identifying",),
                fideslang="user.unique_id",
            )
        },
        code_sets={
            "lockers": CodeSet(
                id="lockers",
                label="Lockers",
                authority="Nobody",
                version="1",
                reveals=False,
                codes=(Code(code="1", label="First"), Code(code="NO", label="None", retired=True)),
            )
        },
        detectors={
            "locker-card": OwnDetector(
                id="locker-card",
                label="Locker card",
                pattern="LC-[0-9]{6}",
                check="luhn",
                context=("locker",),
                reserved="LC-0{6}",
                home="identifier",
            ),
            "locker-key": OwnDetector(id="locker-key", label="Locker key", pattern="LK[0-9]{3}"),
        },
    )
    catalogue = loaded.catalogue
    assert catalogue
    assert catalogue.scopes["Contact"] == Scope(
        id="Contact",
        label="Contacts",
        description="Names of contacts.",
        subjects=(Subject.CONTACT,),
        writes=True,
        note="Odd.",
    )
    assert catalogue.options == {"all": Option(id="all", dataset="Students", widens="More pupils.")}
    assert list(catalogue.fields.values()) == [
        CatalogueField(path=P("Students.Name"), any_of=(("Student",),), item="locker"),
        CatalogueField(
            path=P("Students.Home.Phones[]"),
            any_of=(("Student", "Contact"), ("Contact",)),
            documented=False,
            option="all",
            note="Late.",
        ),
    ]
    assert catalogue.canonical(P("students.FULLNAME")) == P("Students.Name")
    assert catalogue.notes == ("Nobody documents it.",)
    says = "One says Contact, one does not"
    assert catalogue.contradictions == (
        Contradiction(says=says, scopes=frozenset({"Contact"}), fields=frozenset({P("Students.Home.Phones[]")})),
    )


def test_wildcards_and_fields_outside_the_catalogue_are_for_the_rules(tmp_path: Path) -> None:
    loaded = load_declarations([written(tmp_path, a=TINY_SET, b=TINY_CATALOGUE, c=TINY_VOCABULARY)])
    permission_set = loaded.permission_set
    assert permission_set
    assert next(permission_set.requested_fields)[1].is_wildcard
    assert permission_set.custom_fields == (
        CustomField(
            path=P("Students.Locker"),
            item="locker",
            data_class=DataClass.SENSITIVE,
            place=Place((tmp_path / "a.yaml").as_posix(), 7, 17),
        ),
    )
    assert permission_set.options == Listed(none_confirmed=True)
    assert (permission_set.purposes, permission_set.scopes[0].required) == ({}, None)


def test_an_integrator_without_a_catalogue(tmp_path: Path) -> None:
    assert (
        load_declarations([written(tmp_path, a=TINY_SET.replace("item: locker", "item: technical"))]).catalogue is None
    )


STORED = """\
kind: stored_fields
app: tiny
version: "1"
stores: [{id: db, label: Database, kind: database, retention: short}]
retentions: [{id: short, period: P1M}, {id: long, period: P1Y}, {id: longest, criteria: While it is needed.}]
datasets:
  - {name: a, store: db, fields: [{name: x}, {name: y, retention: long}]}
  - {name: b, store: db, retention: long, fields: [{name: x}, {name: y, retention: longest}]}
"""


def test_retention_comes_from_the_field_its_dataset_or_its_store(tmp_path: Path) -> None:
    stored = load_declarations([written(tmp_path, stored=STORED)]).stored_fields
    assert stored
    assert {str(field.path): field.retention.id if field.retention else "" for field in stored.fields} == {
        "a.x": "short",
        "a.y": "long",
        "b.x": "long",
        "b.y": "longest",
    }
    assert stored.retentions["longest"].period is None


WAIVER = """\
kind: waivers
waivers:
  - rule: DA01
    path: pupil.notes
    reason: It goes in December.
    owner: Head of data
    granted_on: "2026-09-01"
    expires: "2027-09-01"
"""


def test_waivers(tmp_path: Path) -> None:
    folder = written(tmp_path, waivers=WAIVER)
    expected = Waiver(
        rule="DA01",
        path="pupil.notes",
        reason="It goes in December.",
        owner="Head of data",
        expires=dt.date(2027, 9, 1),
        place=Place((folder / "waivers.yaml").as_posix(), 3, 5),
    )
    assert load_declarations([folder]).waivers == (expected,)
    assert load_declarations([folder], rule_ids={"DA01"}).waivers == (expected,)


def test_an_earlier_version(tmp_path: Path) -> None:
    now, before = tmp_path / "now", tmp_path / "before"
    now.mkdir()
    before.mkdir()
    written(now, a=TINY_SET, b=TINY_CATALOGUE, c=TINY_VOCABULARY)
    written(before, a=TINY_SET.replace('"2"', '"1"').replace("id: Student", "id: Pupil"))
    loaded = load_declarations([now], previous=before / "a.yaml")
    assert isinstance(loaded.previous, PermissionSet)
    assert (loaded.previous.version, loaded.previous.scopes[0].id) == ("1", "Pupil")
    assert len(loaded.digests) == 4
    assert load_declarations([now], previous=before).previous == loaded.previous


def test_good_declarations_do_not_wait_for_jsonschema() -> None:
    program = (
        "import sys; from compliance import resources; from compliance.declarations.load import load_declarations; "
        "load_declarations([resources.example_app()]); print('jsonschema' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert ran.stdout == "False\n"


MAPPING = """\
kind: integrator
id: tiny
label: Our upload
version: "1"
absent_means: unknown
null_means: unknown
deleted_below: gone
datasets: [{name: Students, fields: [{name: Name, item: locker}]}]
"""


def test_a_mapping_says_what_fields_mean_without_a_scope(tmp_path: Path) -> None:
    asked = TINY_SET.replace("id: Student,", "id: any name,")
    loaded = load_declarations([written(tmp_path, a=asked, b=MAPPING, c=TINY_VOCABULARY)])
    catalogue = loaded.catalogue
    assert catalogue
    assert catalogue.fields == {
        P("Students.Name"): CatalogueField(path=P("Students.Name"), any_of=NO_SCOPE, item="locker")
    }
    assert catalogue.canonical(P("students.gone.name")) == P("Students.Name")
