"""The catalogues of tables and the columns that the program knows are one list."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.integrators.oneroster_columns import COLUMNS as ONEROSTER
from compliance.integrators.oneroster_tables import MANIFEST
from compliance.integrators.sds_columns import FIRST, SECOND
from compliance.integrators.tables import DELETED
from compliance.model.catalogue import Catalogue
from compliance.model.paths import FieldPath


def catalogue_of(name: str) -> Catalogue:
    catalogue = load_declarations([resources.integrator_catalogue(name)]).catalogue
    assert catalogue
    return catalogue


@pytest.mark.parametrize(("name", "columns"), [("oneroster", ONEROSTER), ("sds", {**FIRST, **SECOND})])
def test_every_column_is_in_the_catalogue_and_every_field_is_a_column(
    name: str, columns: Mapping[str, tuple[str, ...]]
) -> None:
    catalogue = catalogue_of(name)
    paths = {FieldPath.of(table, column) for table in columns for column in columns[table] if table != MANIFEST}
    assert {catalogue.canonical(path) for path in paths} == {
        path for path, field in catalogue.fields.items() if field.documented
    }
    assert not any(field.needs_scope for field in catalogue.fields.values())


def test_what_a_deleted_row_carries_is_the_field_of_its_column() -> None:
    given_name = FieldPath.of("users", "givenName")
    assert catalogue_of("oneroster").canonical(FieldPath.of("users", DELETED, "givenName")) == given_name


@pytest.mark.parametrize(
    ("wire", "documented"),
    [
        ("users.orgs[].sourcedId", "users.orgSourcedIds"),
        ("users.deleted.agents[].sourcedId", "users.agentSourcedIds"),
        ("users.grades[]", "users.grades"),
        ("enrollments.user.sourcedId", "enrollments.userSourcedId"),
        ("orgs.metadata.boarding", r"orgs.metadata\.boarding"),
        ("classes.terms[].href", "classes.terms[].href"),
    ],
)
def test_an_answer_and_a_table_say_the_same_by_one_name(wire: str, documented: str) -> None:
    catalogue = catalogue_of("oneroster")
    assert catalogue.canonical(FieldPath.parse(wire)) == FieldPath.parse(documented)
    assert FieldPath.parse(documented) in catalogue.fields


def test_passwords_and_origin_are_known_for_what_they_are() -> None:
    fields = {name: catalogue_of(name).fields for name in ("oneroster", "sds")}
    items = [
        fields["oneroster"][FieldPath.of("users", "password")].item,
        fields["oneroster"][FieldPath.of("userProfiles", "password")].item,
        fields["oneroster"][FieldPath.of("demographics", "asian")].item,
        fields["sds"][FieldPath.of("Student", "Password")].item,
        fields["sds"][FieldPath.of("demographics", "raceCodes")].item,
    ]
    assert items == ["account-password", "account-password", "ethnicity", "account-password", "ethnicity"]
