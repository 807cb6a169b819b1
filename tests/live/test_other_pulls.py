"""OneRoster and Wonde through a real socket: under each fault the inventory is exact, or there is one clear error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import SourceError, UsageError
from compliance.example.draft import clean_draft
from compliance.example.simulated import FAULTS, Simulated, simulated
from compliance.example.site import SECRET, Asked, Reply
from compliance.live.base import Limits
from compliance.model.inventory import Inventory, Notice
from compliance.model.paths import FieldPath
from compliance.runs.pull import PullRequest, run_pull

TODAY = dt.date(2026, 10, 1)
AT = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
QUICK = Limits(silent_for=2, answer_within=5, answer_size=2_000_000, attempts=3, pause=0.01)
HEAD = 'kind: permission_set\napp: a\nlabel: A\nversion: "1"\nrelying_party: wellbeing.example\n'
ASKED: Mapping[str, str] = {
    "oneroster": """\
integrator: oneroster
scopes:
  - id: roster
    fields: [{path: orgs.name}, {path: users.givenName}, {path: enrollments.role}, {path: demographics.sex}]
options: [withPhotos]
""",
    "wonde": """\
integrator: wonde
scopes:
  - id: Students upn read
    fields: [{path: students.education_details.upn}]
  - id: Students ethnicity read
    fields: [{path: students.extended_details.ethnicity}]
  - id: Employees surname read
    fields: [{path: employees.surname}]
""",
}
SCHOOLS = {"oneroster": "1234567", "wonde": "A1234567890"}

Pull = Callable[..., Inventory]


@pytest.fixture(name="name", params=list(ASKED), scope="module")
def _name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(name="pulled", scope="module")
def _pulled(name: str, tmp_path_factory: pytest.TempPathFactory) -> Pull:
    path = tmp_path_factory.mktemp("asked") / "permission-set.yaml"
    path.write_text(HEAD + ASKED[name], encoding="utf-8")

    def pulled(*faults: str, change: Callable[[Simulated], None] = lambda _: None, **more: Any) -> Inventory:
        request = PullRequest(
            declarations=(path,), at=AT, school=SCHOOLS[name], secret=SECRET, key=b"k" * 32, limits=QUICK
        )
        with simulated(TODAY, faults=frozenset(faults), name=name) as server:
            change(server)
            return run_pull(replace(request, to=server.address, **more))

    return pulled


@pytest.fixture(name="exact", scope="module")
def _exact(pulled: Pull) -> Inventory:
    return pulled()


def test_a_pull_is_whole(exact: Inventory, name: str) -> None:
    school = clean_draft(TODAY).school
    rows = {each: dataset.rows for each, dataset in exact.datasets.items()}
    pupils = len(school.pupils) - 1  # one is excluded
    if name == "oneroster":
        members = sum(len(group.pupil_ids) for group in school.groups)
        assert (rows["orgs"], rows["users"]) == (1, pupils + len(school.staff))
        assert 0 < members - rows["enrollments"] <= 3  # the groups of the one who is excluded
        what = "was not asked for 'demographics': which address sends it is not known"
        option = "was not sent the option 'withPhotos': which endpoint takes it is not known"
        live = "oneroster (live)"
        assert exact.notices == (Notice(live, what, "demographics"), Notice(live, option))
    else:
        assert rows == {"students": pupils, "employees": len(school.staff)}
        assert FieldPath.parse("students.education_details.upn") in exact.datasets["students"].fields
        assert [notice.what for notice in exact.notices] == [
            "lists permissions that the school did not approve: 1 of 5, 1 of them optional"
        ]
        assert [(grant.estab, len(grant.scopes)) for grant in exact.grants] == [("A1234567890", 4)]


AGAIN = ("slow-pages", "cut-connection", "too-many-requests", "server-error", "gzip")
ERRORS = {
    "always-server-error": "It answered with HTTP status 500, 3 times.",
    "error-body": "It is an error answer of the integrator, sent as if nothing had happened.",
    "repeated-page": "Page 2 repeats what another page holds.",
    "endless-page": "An answer is longer than 2,000,000 bytes and was not read to its end.",
    "deletion": "The school's data changed between two pages, or rows are missing.",
}


def test_no_fault_is_left_out() -> None:
    assert sorted((*AGAIN, *ERRORS, "expired-token")) == sorted(FAULTS)


@pytest.mark.parametrize("fault", AGAIN)
def test_what_can_be_asked_again_changes_nothing(fault: str, pulled: Pull, exact: Inventory) -> None:
    assert pulled(fault) == exact


@pytest.mark.parametrize("fault", ERRORS)
def test_what_did_not_come_whole_is_an_error(fault: str, pulled: Pull) -> None:
    with pytest.raises(SourceError) as caught:
        pulled(fault)
    assert caught.value.message == ERRORS[fault]


def test_a_token_that_ends_is_renewed_where_there_is_another(pulled: Pull, exact: Inventory, name: str) -> None:
    if name == "oneroster":
        assert pulled("expired-token") == exact
    else:
        with pytest.raises(SourceError, match="refuses the token or the secret"):
            pulled("expired-token")


def test_a_refused_secret_is_not_repeated(pulled: Pull) -> None:
    with pytest.raises(SourceError, match="refuses the token or the secret") as caught:
        pulled(secret="CANARY-SECRET")  # noqa: S106 - a canary
    assert "CANARY" not in f"{caught.value}{caught.value!r}{caught.value.__context__!r}"


def test_a_school_is_named_by_the_integrator_s_own_number(pulled: Pull, name: str) -> None:
    label = {"oneroster": "its LAESTAB", "wonde": "Wonde's number of it"}[name]
    for school in ("", "A12x", "123456", "../1234567"):
        with pytest.raises(UsageError) as caught:
            pulled(school=school)
        assert caught.value.message == f"The school is not named by {label}."


class Slipping:
    """A school where a record goes and another comes while pages are read, so that the count stays as it was."""

    def __init__(self, site: Any, *, counts: bool = True) -> None:
        self.site = site
        self.counts = counts

    def __getattr__(self, name: str) -> Any:  # noqa: D105 - it is the site in all else
        return getattr(self.site, name)

    def answer(self, asked: Asked, **faults: bool) -> Reply | None:
        page = self.site.page(asked)
        for rows in self.site._lists.values() if page and page > 1 and self.counts else ():
            rows[:] = [*rows[1:], {**rows[0], "sourcedId": "zzz", "id": "Azzz"}] if rows[0].get("met") is None else rows
            rows[0]["met"] = "1"
        reply: Reply | None = self.site.answer(asked, **faults)
        return reply._replace(headers={}) if reply and not self.counts else reply


def test_a_record_that_slips_between_pages_is_noticed_though_the_count_stays(pulled: Pull) -> None:
    def change(server: Simulated) -> None:
        site: Any = server.site
        site._lists = {name: list(rows) for name, rows in site._lists.items()}
        server.site = Slipping(site)

    with pytest.raises(SourceError, match="changed between two pages"):
        pulled(change=change)


def test_a_server_that_does_not_count_is_read_to_an_empty_page(pulled: Pull, exact: Inventory) -> None:
    def change(server: Simulated) -> None:
        server.site = Slipping(server.site, counts=False)

    assert pulled(change=change) == exact


def test_answers_are_kept_in_the_folders_that_their_names_have(
    name: str, tmp_path: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "permission-set.yaml"
    asked.write_text(HEAD + ASKED[name], encoding="utf-8")
    monkeypatch.setenv("COMPLIANCE_SECRET", SECRET)
    monkeypatch.delenv("COMPLIANCE_SECRET_FILE", raising=False)
    with simulated(TODAY, name=name) as server:
        done = cli("pull", SCHOOLS[name], "--for", asked, "--to", server.address, "--save", tmp_path / "kept")
    assert done.code == 0, done.err
    kept = sorted(path.relative_to(tmp_path / "kept").as_posix() for path in (tmp_path / "kept").rglob("*.json"))
    expected = {
        "oneroster": ["orgs_1.json", "users_1.json", "users_5.json"],
        "wonde": ["A1234567890/acl.json", "A1234567890/permissions.json", "A1234567890/students-5.json"],
    }
    assert {*expected[name]} <= {*kept}
    again = cli("inventory", tmp_path / "kept")
    assert f"Recognised as {name}" in again.err
