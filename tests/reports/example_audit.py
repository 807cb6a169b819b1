"""A rich audit built by hand: one invented school, a wellbeing app, about sixty lines, fifteen findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from compliance.errors import Place
from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.catalogue import Catalogue, CatalogueField, Meaning, Scope
from compliance.model.declarations import (
    Authorisation,
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
    Role,
    School,
    Store,
    StoredDataset,
    StoredField,
    StoredFields,
    SubProcessor,
    Waiver,
)
from compliance.model.findings import Finding, Hit, Input, RuleInfo, Severity, Skipped
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory, Measure, MeasureKey, Notice
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem, Subject, Vocabulary

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
PUPILS, STAFF = 412, 38

GROUPS = {
    "identity": "Names and numbers",
    "placement": "Classes and groups",
    "background": "Background and beliefs",
    "funding": "Money and free school meals",
    "care": "Care and safeguarding",
    "app": "Accounts and use of the app",
    "staff": "Staff",
    "technical": "Technical columns",
}

PLAIN, CARE, TREAT, SPECIAL = DataClass.ORDINARY, DataClass.SENSITIVE, DataClass.TREAT_AS_SPECIAL, DataClass.SPECIAL

# id, label, group, class, field of Students or Staff, scope, column of the store, reason
PUPIL_ITEMS: tuple[tuple[str, str, str, DataClass, str, str, str, str], ...] = (
    ("mis-id", "School system number", "identity", PLAIN, "Id", "Student", "mis_id", ""),
    ("forename", "First name", "identity", PLAIN, "Forename", "Student", "first_name", "Teachers know it."),
    ("surname", "Surname", "identity", PLAIN, "Surname", "Student", "last_name", "Teachers know it."),
    ("legal-surname", "Legal surname", "identity", CARE, "LegalSurname", "StudentExtended", "", ""),
    ("middle-name", "Middle names", "identity", PLAIN, "MiddleNames", "StudentExtended", "", ""),
    ("upn", "Unique pupil number (UPN)", "identity", CARE, "UPN", "UPN", "upn", "It stays the same for life."),
    ("date-of-birth", "Date of birth", "identity", PLAIN, "DateOfBirth", "StudentExtended", "dob", "Age."),
    ("gender", "Gender", "identity", PLAIN, "Gender", "Student", "gender", "Schools ask for results by gender."),
    ("photo", "Photo", "identity", CARE, "Photo", "Student", "", ""),
    ("year-group", "Year group", "placement", PLAIN, "YearGroup", "Student", "year_group", "Surveys differ by year."),
    ("registration-group", "Registration group", "placement", PLAIN, "RegGroup", "Student", "class", "Class."),
    ("house", "House", "placement", PLAIN, "House", "Student", "", ""),
    ("leaving-date", "Date of leaving", "placement", PLAIN, "LeavingDate", "StudentExtended", "left_on", "Erasing."),
    ("ethnicity", "Ethnicity", "background", SPECIAL, "Ethnicity", "StudentDemographic", "", ""),
    ("traveller", "Traveller family", "background", SPECIAL, "IsTraveller", "StudentDemographic", "traveller", "Test."),
    ("home-language", "Home language", "background", CARE, "HomeLanguage", "StudentDemographic", "language", "Groups."),
    ("nationality", "Nationality", "background", CARE, "Nationality", "StudentDemographic", "", ""),
    ("sen-status", "Special educational needs status", "care", TREAT, "SENProvision", "SENTypes", "sen", "Groups."),
    ("pupil-premium", "Pupil premium", "funding", TREAT, "PupilPremium", "StudentFunding", "premium", "Groups."),
    ("free-school-meals", "Free school meals", "funding", TREAT, "FsmEligible", "StudentFunding", "fsm", "Groups."),
    ("looked-after", "Looked-after child", "care", TREAT, "InLeaCare", "StudentFamily", "looked_after", "Groups."),
    ("service-child", "Service child", "care", CARE, "ServiceChild", "StudentFamily", "service", "Groups."),
)  # fmt: skip
STAFF_ITEMS: tuple[tuple[str, str, str, DataClass, str, str, str, str], ...] = (
    ("staff-mis-id", "Staff number in the school's system", "staff", PLAIN, "Id", "Staff", "mis_id", ""),
    ("staff-forename", "Staff first name", "staff", PLAIN, "Forename", "Staff", "first_name", "Account."),
    ("staff-surname", "Staff surname", "staff", PLAIN, "Surname", "Staff", "last_name", "Account."),
    ("staff-work-email", "Staff work e-mail", "staff", PLAIN, "WorkEmail", "Staff", "email", "Sign-in."),
    ("staff-code", "Staff code", "staff", PLAIN, "Code", "Staff", "", ""),
)  # fmt: skip
APP_ITEMS: tuple[tuple[str, str, DataClass, str, str], ...] = (
    ("account-id", "Account number", PLAIN, "id", "product_account"),
    ("survey-answer", "Survey answer", CARE, "answer", "user_entered"),
    ("survey-score", "Survey score", CARE, "score", "derived"),
    ("teacher-note", "Teacher's note", CARE, "notes", "user_entered"),
)
SPARE_FIELDS = 26
"""Fields that scopes unlock and nobody gave a data item: they make the ledger as long as a real one."""

SCOPES: tuple[tuple[str, str, bool], ...] = (
    ("Student", "Pupils", True), ("StudentExtended", "More about pupils", True), ("UPN", "Pupil numbers", True),
    ("SENTypes", "Types of special need", False), ("StudentFunding", "Pupils' funding", False),
    ("StudentFamily", "Pupils' family and care", False), ("StudentDemographic", "Pupils' background", False),
    ("Staff", "Staff", True),
)  # fmt: skip
DECLINED = "StudentFamily"


def vocabulary() -> Vocabulary:
    rows = [(i, label, group, cls, Subject.PUPIL) for i, label, group, cls, *_ in PUPIL_ITEMS]
    rows += [(i, label, group, cls, Subject.STAFF) for i, label, group, cls, *_ in STAFF_ITEMS]
    rows += [(i, label, "app", cls, Subject.PUPIL) for i, label, cls, *_ in APP_ITEMS]
    rows += [("technical", "Technical value", "technical", DataClass.NOT_PERSONAL, Subject.SCHOOL)]
    items = {
        item_id: DataItem(
            id=item_id,
            label=label,
            subject=subject,
            data_class=data_class,
            group=group,
            explanation=f"What the school knows as {label.lower()}.",
        )
        for item_id, label, group, data_class, subject in rows
    }
    return Vocabulary(id="example", version="1", groups=GROUPS, items=items, code_sets={})


def catalogue() -> Catalogue:
    fields = {}
    for dataset, rows in (("Students", PUPIL_ITEMS), ("Staff", STAFF_ITEMS)):
        for item_id, _, _, _, name, scope, *_ in rows:
            path = FieldPath(dataset, name)
            fields[path] = CatalogueField(path=path, any_of=((scope,),), item=item_id)
    for number in range(SPARE_FIELDS):
        path = FieldPath("Students", f"Spare{number:02}")
        fields[path] = CatalogueField(path=path, any_of=((SCOPES[number % 7][0],),), item=None)
    return Catalogue(
        integrator="xporter",
        label="Xporter on Demand",
        version="2018-08",
        absent_means=Meaning.NOT_SHARED,
        null_means=Meaning.SHARED_BUT_EMPTY,
        scopes={
            name: Scope(id=name, label=label, description=label, subjects=(Subject.PUPIL,)) for name, label, _ in SCOPES
        },
        fields=fields,
        options={},
        aliases={},
    )


def permission_set() -> PermissionSet:
    purposes = {
        "accounts": "To give each pupil and teacher an account.",
        "survey": "To ask pupils how they feel about school.",
        "equality": "To see whether some groups of pupils feel worse than others.",
    }
    return PermissionSet(
        app="wellbeing-survey",
        label="Wellbeing and attitudes survey",
        version="2.1.0",
        integrator="xporter",
        purposes={
            key: Purpose(id=key, text=text, role=Role.PROCESSOR, lawful_basis="6.1.e") for key, text in purposes.items()
        },
        scopes=tuple(_requested_scope(name, required=required) for name, _, required in SCOPES),
        per_person_opt_out="In the portal, tick the person for this app and save.",
        place=Place("permission-set.yaml", 1, 1),
    )


def _requested_scope(name: str, *, required: bool) -> RequestedScope:
    asked = (
        RequestedField(
            path=FieldPath(dataset, field),
            required=required,
            purposes=("accounts", "survey") if required else ("equality",),
            reason=reason,
            sync_key=not reason,
            art9_conditions={"equality": "9.2.g"} if item_id == "traveller" else {},
            sch1="Schedule 1 Part 2 paragraph 8" if item_id == "traveller" else "",
            art9_position="Guarded as if it were special category data." if data_class is TREAT else "",
        )
        for dataset, rows in (("Students", PUPIL_ITEMS), ("Staff", STAFF_ITEMS))
        for item_id, _, _, data_class, field, scope, column, reason in rows
        if scope == name and column
    )
    return RequestedScope(
        id=name,
        required=required,
        reason=f"The app needs {name} to work." if required else "Schools ask for results by group.",
        effect_if_withheld="" if required else "Results cannot be shown by group.",
        fields=tuple(asked),
    )


def stored_fields() -> StoredFields:
    limit = Retention(
        id="pupil-leaver",
        period="P30D",
        trigger="roll.leaving_date",
        action="erase",
        grace="P7D",
        backups="P35D",
        authority="Agreement, schedule 1",
        set_by="school",
    )
    staff_limit = replace(limit, id="staff-leaver", period="P1Y", trigger="staff.leaving_date", grace="P0D")
    purposes = ("accounts",)
    pupil = tuple(
        StoredField(
            path=FieldPath("pupil", column),
            source="mis",
            source_path=FieldPath("Students", field),
            item=item_id,
            purposes=purposes,
            retention=limit,
        )
        for item_id, _, _, _, field, _, column, _ in PUPIL_ITEMS
        if column
    )
    app = tuple(
        StoredField(path=FieldPath("pupil", column), source=source, item=item_id, purposes=purposes, retention=limit)
        for item_id, _, _, column, source in APP_ITEMS
    )
    technical = StoredField(path=FieldPath("pupil", "row_hash"), item="technical", not_personal="It is a checksum.")
    staff = tuple(
        StoredField(
            path=FieldPath("staff", column),
            source="mis",
            source_path=FieldPath("Staff", field),
            item=item_id,
            purposes=purposes,
            retention=staff_limit,
        )
        for item_id, _, _, _, field, _, column, _ in STAFF_ITEMS
        if column
    )
    store = Store(
        id="database",
        label="App database",
        kind="database",
        country="GB",
        provider="Northbank Hosting Example Ltd",
        recipients=Listed((Recipient(id="support", label="Support desk", kind="internal"),)),
    )
    return StoredFields(
        app="wellbeing-survey",
        version="2.1.0",
        stores={"database": store},
        retentions={limit.id: limit, staff_limit.id: staff_limit},
        datasets=(
            StoredDataset(
                name="pupil",
                store="database",
                subject=Subject.PUPIL,
                person_key="mis_id",
                person_key_source=FieldPath("Students", "Id"),
                retention=limit,
                fields=(*pupil, *app, technical),
            ),
            StoredDataset(
                name="staff",
                store="database",
                subject=Subject.STAFF,
                person_key="mis_id",
                person_key_source=FieldPath("Staff", "Id"),
                retention=staff_limit,
                fields=staff,
            ),
        ),
    )


def authorisation() -> Authorisation:
    return Authorisation(
        app="wellbeing-survey",
        school=School(name="Exampleton Primary School", urn="123456", laestab="1234567"),
        version="2.0.0",
        authorised_on=dt.date(2025, 9, 8),
        by_role="Headteacher",
        granted_scopes=frozenset(name for name, _, _ in SCOPES if name != DECLINED),
        declined_scopes=(Declined(id=DECLINED, on=dt.date(2026, 9, 14), reason="The groups are too small."),),
        excluded_people={Subject.PUPIL: 6},
        review_on=dt.date(2027, 9, 1),
    )


def organisation() -> Organisation:
    officer = Party(name="Data Protection Officer", email="dpo@wellbeing.example", telephone="01632 960112")
    return Organisation(
        name="Brightwell Learning Example Ltd",
        dpo=officer,
        sub_processors=Listed(
            (
                SubProcessor(
                    name="Northbank Hosting Example Ltd",
                    service="Servers and backups",
                    data=("All stored items",),
                    country="GB",
                    authorisation="general",
                    notice_days=30,
                    checked_on=dt.date(2026, 6, 15),
                ),
                SubProcessor(
                    name="Clarity Support Example Ltd",
                    service="Help desk",
                    data=("Staff names", "work e-mail addresses"),
                    country="IE",
                    safeguard="UK adequacy regulations",
                    authorisation="general",
                ),
                SubProcessor(
                    name="Lumen Mail Example Inc",
                    service="E-mail to staff",
                    data=("Staff names", "work e-mail addresses"),
                    country="US",
                ),
            )
        ),
        contract="Data processing agreement of 1 September 2026",
        rights_contact="privacy@wellbeing.example",
        advertising=False,
        automated_decisions=False,
    )


def declarations() -> Declarations:
    return Declarations(
        vocabulary=vocabulary(),
        permission_set=permission_set(),
        stored_fields=stored_fields(),
        authorisation=authorisation(),
        organisation=organisation(),
        catalogue=catalogue(),
        digests={f"{name}.yaml": "0123456789abcdef" * 4 for name in ("authorisation", "permission-set")},
    )


def _filled(rows: int, filled: int) -> FieldProfile:
    return FieldProfile(present=rows, null=rows - filled, types={"string": filled}, first_row=1)


def feed() -> Inventory:
    arriving = {
        FieldPath("Students", field): _filled(PUPILS, 0 if item_id == "nationality" else PUPILS)
        for item_id, _, _, _, field, scope, *_ in PUPIL_ITEMS
        if scope != DECLINED
    }
    staff = {FieldPath("Staff", field): _filled(STAFF, STAFF) for _, _, _, _, field, *_ in STAFF_ITEMS}
    return Inventory(
        sources=("feed/staff.json", "feed/students.json"),
        datasets={
            "Staff": DatasetProfile(rows=STAFF, fields=staff),
            "Students": DatasetProfile(rows=PUPILS, fields=arriving),
        },
        notices=(Notice("feed/timetable.json", "is an error answer of the integrator: there is no data in it"),),
        taken_at=AT,
    )


def store() -> Inventory:
    kept = {FieldPath("pupil", column): _filled(PUPILS, PUPILS) for *_, column, _ in PUPIL_ITEMS if column}
    kept |= {FieldPath("pupil", column): _filled(PUPILS, 57) for _, _, _, column, _ in APP_ITEMS}
    kept |= {
        FieldPath("pupil", "looked_after"): _filled(PUPILS, 3),
        FieldPath("pupil", "service"): _filled(PUPILS, 19),
        FieldPath("pupil", "traveller"): _filled(PUPILS, 4),
        FieldPath("pupil", "religion"): _filled(PUPILS, 27),
        FieldPath("pupil", "row_hash"): _filled(PUPILS, PUPILS),
    }
    staff = {FieldPath("staff", column): _filled(STAFF, STAFF) for *_, column, _ in STAFF_ITEMS if column}
    return Inventory(
        sources=("app.sqlite",),
        datasets={"pupil": DatasetProfile(rows=PUPILS, fields=kept), "staff": DatasetProfile(rows=STAFF, fields=staff)},
        measures={
            MeasureKey("person", "pupil", "Students.Id"): Measure(keys=dict.fromkeys(range(PUPILS), 1)),
            MeasureKey("leaver", "pupil", "left_on"): Measure(keys=dict.fromkeys(range(3), 1)),
        },
        taken_at=AT,
    )


def rule_info(rule_id: str, name: str, severity: Severity, *law: str, needs: tuple[Input, ...] = ()) -> RuleInfo:
    return RuleInfo(
        id=rule_id,
        name=name,
        family=rule_id[:2],
        severity=severity,
        needs=needs,
        law=law,
        summary="It fires.",
        why="A person would want to know, and nobody would otherwise notice.",
        example="",
        instead="Put it right, and say when it is done.",
        silent_when=(),
    )


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
RULES: tuple[tuple[str, str, Severity, tuple[str, ...]], ...] = (
    ("XS03", "withdrawn-still-declared", ERROR, ("UK GDPR 28(3)(a)", "UK GDPR 17")),
    ("DA01", "undeclared-column", ERROR, ("UK GDPR 30",)),
    ("DA30", "leaver-retained", ERROR, ("UK GDPR 5(1)(e)",)),
    ("XS11", "authorised-version-stale", ERROR, ("UK GDPR 28(3)(a)",)),
    ("DA10", "upn-leak", ERROR, ("UK GDPR 5(1)(c)",)),
    ("XS02", "requested-not-stored", WARNING, ("UK GDPR 5(1)(c)",)),
    ("DA33", "duplicate-person", WARNING, ("UK GDPR 5(1)(d)",)),
    ("DA36", "year-group-wrong", WARNING, ("UK GDPR 5(1)(d)",)),
    ("DA37", "stale-group", WARNING, ("UK GDPR 5(1)(d)",)),
    ("DA02", "declared-absent", INFO, ("UK GDPR 30",)),
)  # fmt: skip


def findings() -> Iterator[Finding]:
    items = vocabulary().items
    place = Place("stored-fields.yaml", 105, 9)

    def found(rule_id: str, message: str, path: str = "", item: str = "", **evidence: int | str) -> Finding:
        rule = next(rule_info(i, name, severity, *law) for i, name, severity, law in RULES if i == rule_id)
        hit = Hit(
            message=message,
            path=FieldPath.parse(path) if path else None,
            item=items.get(item),
            place=place,
            evidence=evidence,
        )
        return Finding(rule=rule, severity=rule.severity, hit=hit)

    yield found("XS03", "Looked-after child is still held in 3 rows.", "pupil.looked_after", "looked-after", rows=3)
    yield found("XS03", "Service child is still held in 19 rows.", "pupil.service", "service-child", rows=19)
    yield found("DA01", "pupil.religion is not declared; it is filled in 27 rows.", "pupil.religion", first_row=1)
    yield found("DA30", "3 rows are about people who left too long ago.", "pupil.left_on", "leaving-date", rows=3)
    yield found("XS11", "Version 2.0.0 was authorised; 2.1.0 is in use.")
    yield found("DA10", "Notes hold pupil numbers in 1 row.", "pupil.notes", "teacher-note", first_row=50)
    for item_id, label, _, _, field, *_ in PUPIL_ITEMS[3:6]:
        yield found("XS02", f"{label} is asked for and never stored.", f"Students.{field}", item_id)
    yield found("DA33", "pupil holds 1 person more than once.", "pupil")
    yield found("DA36", "pupil holds 5 people in another year group than the feed.", "pupil")
    yield found("DA37", "1 row of class carries an earlier academic year.", "class.academic_year")
    yield found("DA37", "class holds 1 group that the feed does not name.", "class")
    yield found("DA02", "House is declared and not there.", "pupil.house", "house")
    waiver = Waiver(
        rule="DA02",
        path="pupil.photo",
        reason="It comes with the next release",
        owner="Product owner",
        expires=dt.date(2027, 3, 1),
    )
    yield replace(found("DA02", "Photo is declared and not there.", "pupil.photo", "photo"), waiver=waiver)


def example_audit() -> Audit:
    given, received, kept = declarations(), feed(), store()
    return Audit(
        program_version="0.1.0",
        at=AT,
        declarations=given,
        feed=received,
        store=kept,
        ledger=build_ledger(given, received, kept),
        findings=tuple(findings()),
        rules_run=tuple(rule_info(i, name, severity, *law) for i, name, severity, law in RULES),
        skipped=(
            Skipped(
                rule=rule_info("VC01", "field-added", ERROR, "UK GDPR 28(3)(a)", needs=(Input.OLD_PERMISSION_SET,)),
                missing=(Input.OLD_PERMISSION_SET,),
            ),
        ),
    )


def audit_without(*parts: str) -> Audit:
    """Return the example as it is when nobody gave some of its parts. Its findings are left out."""
    audit = example_audit()
    missing: dict[str, Any] = {part: None for part in parts if part not in {"feed", "store"}}
    given = replace(audit.declarations, **missing)
    received = None if "feed" in parts else audit.feed
    kept = None if "store" in parts else audit.store
    return replace(
        audit, declarations=given, feed=received, store=kept, ledger=build_ledger(given, received, kept), findings=()
    )
