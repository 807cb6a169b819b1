"""The faults planted in the example, one function each; its docstring says what goes wrong, and how it comes about."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from compliance.example import feed, numbers, people, store
from compliance.example.draft import EXCLUDED, Draft
from compliance.example.school import ETHNICITIES, academic_year, year_name

Fault = Callable[[Draft], Draft]

PUPILS_WITH_RELIGION = 25
DAYS_SINCE_LEFT = (60, 75, 120)
STALE_PUPILS = range(200, 205)
LONG_AGO = 2000
"""Year of entry in the UPNs of pupils who are made up here, so that nobody on roll has the same."""

_ATTENDANCE = """\
  - id: Attendance
    required: false
    subjects: [pupil]
    purposes: [survey]
    reason: Schools ask whether pupils who feel worse about school are away more often.
    effect_if_withheld: Results cannot be set against attendance.
    fields:
      - {path: Students.NumPossMarks, required: false, reason: It is the number of sessions to measure against.}
      - {path: Students.NumPresMarks, required: false, reason: It is the number of sessions that the pupil was there.}

"""


def undeclared_column(draft: Draft) -> Draft:
    """Keep a column that nobody declared: a trial feature copied religion from the feed and stayed."""
    religions = {pupil.id: pupil.religion[1] for pupil in draft.school.pupils[:PUPILS_WITH_RELIGION]}
    return _change_pupils(draft, lambda row: {"religion": religions.get(str(row["mis_id"]))})


def undeclared_key_in_one_row(draft: Draft) -> Draft:
    """Keep a key that nobody declared, in the settings of one pupil: support noted a parent's telephone number."""
    settings = json.dumps({"font_size": 14, "read_aloud": False, "parent_phone": numbers.PHONE})
    return _change_pupils(draft, lambda row: {"settings": settings} if row["id"] == 1 else {})


def withdrawn_scope_still_held(draft: Draft) -> Draft:
    """Keep what a scope gave that the school switched off: the feed stopped, the columns were never emptied."""
    left = draft.agreement.scopes - {"StudentFamily"}
    return replace(draft, agreement=replace(draft.agreement, scopes=left, withdrawn=("StudentFamily",)))


def granted_scope_never_used(draft: Draft) -> Draft:
    """Ask for a scope, have it granted and never store anything of it."""
    asked = _insert(draft.declarations["permission-set.yaml"], _ATTENDANCE, before="options: [includeGroupIds]\n")
    asked = asked.replace("options: [includeGroupIds]\n", "options: [includeGroupIds, includeAttStats]\n")
    agreement = replace(
        draft.agreement,
        scopes=draft.agreement.scopes | {"Attendance"},
        options=draft.agreement.options | {"includeAttStats"},
    )
    return replace(draft, agreement=agreement, declarations={**draft.declarations, "permission-set.yaml": asked})


def stale_authorisation(draft: Draft) -> Draft:
    """Go by an authorisation of the version before: the app asks for more than the school has seen."""
    return replace(draft, agreement=replace(draft.agreement, version="2.0.0"))


def leavers_kept(draft: Draft) -> Draft:
    """Keep pupils who left longer ago than was agreed: the nightly erasure failed on a few."""

    def rows() -> Iterator[store.Row]:
        for number, days in enumerate(DAYS_SINCE_LEFT):
            forename, surname = people.name(900 + number)
            yield _copy_pupil(
                draft,
                of=30 + number,
                account=901 + number,
                upn=numbers.upn(LONG_AGO, 901 + number),
                first_name=forename,
                last_name=surname,
                enrolment_status="P",
                left_on=(draft.school.today - dt.timedelta(days=days)).isoformat(),
            )

    return _add(draft, "pupil", *rows())


def excluded_pupil_kept(draft: Draft) -> Draft:
    """Keep a pupil whom the school excluded from this app: gone from the feed, still in the store."""
    pupil = draft.school.pupils[EXCLUDED]
    return _add(draft, "pupil", store.pupil_row(pupil, 911, f"{draft.school.today}T04:21:00"))


def duplicate_pupils(draft: Draft) -> Draft:
    """Give two pupils a second account: one with the same UPN, one with the same name and date of birth."""
    same_upn = _copy_pupil(draft, of=10, account=921, last_name="Glimmerstoat-Quandle")
    same_name = _copy_pupil(draft, of=20, account=922, upn=numbers.upn(LONG_AGO, 922))
    return _add(draft, "pupil", same_upn, same_name)


def revealing_class_name(draft: Draft) -> Draft:
    """Name a class after what is private: everybody in it has special educational needs."""
    *others, last = draft.school.groups
    groups = (*others, replace(last, name="SEN Maths 2"))
    rows = tuple({**row, "name": "SEN Maths 2"} if row["id"] == last.id else row for row in draft.tables["class"])
    return _with_table(replace(draft, school=replace(draft.school, groups=groups)), "class", rows)


def stale_year_group(draft: Draft) -> Draft:
    """Leave pupils in last year's year group: the yearly promotion missed them."""
    stale = {draft.school.pupils[number].id: draft.school.pupils[number].year - 1 for number in STALE_PUPILS}
    return _change_pupils(
        draft,
        lambda row: {"year_group": year_name(stale[str(row["mis_id"])])} if row["mis_id"] in stale else {},
    )


def stale_groups(draft: Draft) -> Draft:
    """Keep a class of last year that is not marked as history, and one that the school's system does not know."""
    autumn = academic_year(draft.school.today)
    current = draft.tables["class"][0]
    last_year = {**current, "id": "196", "academic_year": f"{autumn - 1}/{autumn % 100:02}"}
    unknown = {**current, "id": "197", "name": "Lantern Club", "type": "TeachingGrp"}
    return _add(draft, "class", last_year, unknown)


def identifiers_in_notes(draft: Draft) -> Draft:
    """Write a pupil number and a National Insurance number into a box for remarks."""
    other = draft.school.pupils[0].upn
    notes = {50: f"Arrived from elsewhere as {other}, please merge.", 51: f"Mother's number is {numbers.NI_NUMBER}."}
    return _change_pupils(draft, lambda row: {"notes": notes[number]} if (number := row["id"]) in notes else {})


def codes_in_the_wrong_column(draft: Draft) -> Draft:
    """Put ethnicity codes where home language is declared: the sync took the column beside it."""
    codes = [code for code, _ in ETHNICITIES]
    return _change_pupils(draft, lambda row: {"home_language": codes[int(str(row["mis_id"])) % len(codes)]})


def error_sent_as_success(draft: Draft) -> Draft:
    """Send an error with HTTP status 200, as Xporter does: its data was never looked at."""
    return replace(draft, more_answers={**draft.more_answers, "timetable.json": feed.ERROR_ANSWER})


FAULTS: tuple[Fault, ...] = (
    undeclared_column,
    undeclared_key_in_one_row,
    withdrawn_scope_still_held,
    granted_scope_never_used,
    stale_authorisation,
    leavers_kept,
    excluded_pupil_kept,
    duplicate_pupils,
    revealing_class_name,
    stale_year_group,
    stale_groups,
    identifiers_in_notes,
    codes_in_the_wrong_column,
    error_sent_as_success,
)
"""In the order in which they are planted; the codes come after every fault that adds pupils."""

RULES_OF_FAULTS: Mapping[str, tuple[str, ...]] = {
    "undeclared_column": ("DA01",),
    "undeclared_key_in_one_row": ("DA01", "DA15"),
    "withdrawn_scope_still_held": ("XS03", "XS03", "XS03"),
    "granted_scope_never_used": ("XS02",),
    "stale_authorisation": ("XS11",),
    "leavers_kept": ("DA30",),
    "excluded_pupil_kept": ("DA31",),
    "duplicate_pupils": ("DA33", "DA33"),
    "revealing_class_name": ("DA19",),
    "stale_year_group": ("DA36",),
    "stale_groups": ("DA37", "DA37"),
    "identifiers_in_notes": ("DA10", "DA13"),
    "codes_in_the_wrong_column": ("DA20",),
    "error_sent_as_success": (),
}
"""Name of a fault to the rules that it alone makes fire, each as often as it does; an answer that is an error gives a
notice and no finding."""


def plant(draft: Draft) -> Draft:
    """Return the draft with every fault in it."""
    for fault in FAULTS:
        draft = fault(draft)
    return draft


def _change_pupils(draft: Draft, change: Callable[[store.Row], Mapping[str, object]]) -> Draft:
    return _with_table(draft, "pupil", tuple({**row, **change(row)} for row in draft.tables["pupil"]))


def _add(draft: Draft, table: str, *rows: store.Row) -> Draft:
    return _with_table(draft, table, (*draft.tables[table], *rows))


def _with_table(draft: Draft, table: str, rows: tuple[store.Row, ...]) -> Draft:
    return replace(draft, tables={**draft.tables, table: rows})


def _copy_pupil(draft: Draft, *, of: int, account: int, **changes: object) -> store.Row:
    """Return the row of an existing pupil under another account and another id of the school's system."""
    return {**draft.tables["pupil"][of], "id": account, "mis_id": f"9{account}", "notes": None, **changes}


def _insert(text: str, addition: str, *, before: str) -> str:
    """Put ``addition`` before the one place where ``before`` stands.

    Raises ``ValueError`` when the place is gone, so that a fault cannot vanish without anybody noticing.
    """
    start = text.index(before)
    return text[:start] + addition + text[start:]
