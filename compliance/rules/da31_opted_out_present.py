"""DA31: whom the school keeps out is out."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.inventory import Inventory, Measure, MeasureKey
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, dataset_of
from compliance.rules.wording import counted

SYSTEM_NUMBERS = frozenset({"mis-id", "staff-mis-id", "contact-mis-id"})
"""Data items by which an integrator's list of excluded people names them, where its catalogue does not say."""


@rule(
    "DA31",
    "opted-out-present",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.FEED, Input.STORE),
    law=("UK GDPR 21", "UK GDPR 18", "UK GDPR 28(3)(a)"),
)
def opted_out_present(case: Case) -> Iterator[Hit]:
    """A person whom the school excluded from this app is in the store.

    Why:
        The school kept this person out, for example because of an objection or for safety. The integrator then
        stops sending the person, but does not erase what was sent before.
    Example:
        The school ticked one pupil in its integrator's data controls; the pupil's row is still there.
    Instead:
        Erase what is held of the person, and check that the app acts on the integrator's list after each sync.
    Silent when:
        - The store and the integrator's list name people by other numbers, so that they cannot be compared: then it is
          a note.
        - The store keeps no more than a keyed hash of the person's number, so as not to fetch the person again.
        - The dataset is the app's list of people who were erased, for the same end (lists_erased).
    """
    stored_fields, feed = given(case.declarations.stored_fields), given(case.feed)
    for key, present in answers(given(case.store), "person"):
        path = FieldPath(key.dataset)
        dataset = dataset_of(path, stored_fields)
        if dataset is None or dataset.lists_erased or dataset.subject is None or not _listed(feed, dataset.subject):
            continue
        if not _is_of_the_list(key, case):
            yield Hit(
                message=f"{key.dataset} names people by {key.basis or 'a number of its own'}, and the integrator's "
                f"list of excluded people by {_numbers(case)}: they could not be compared.",
                path=path,
                place=dataset.place,
                strength=Strength.NOTE,
                evidence={"dataset": key.dataset},
                fix="Name a column that holds the number of the list as person_key.",
            )
            continue
        people = _kept_out(present, feed, dataset.subject)
        if people:
            yield Hit(
                message=f"{key.dataset} holds {counted(people, 'person', 'people')} whom the school excluded from this "
                "app.",
                path=path,
                place=dataset.place,
                data_class=DataClass.SENSITIVE,  # that somebody is kept out tells something about them
                evidence={"dataset": key.dataset, "people": people},
                fix="Erase what is held of them, and act on the integrator's list after each sync.",
            )


def _listed(feed: Inventory, subject: Subject) -> bool:
    """Whether the integrator says of these people who is excluded."""
    return any(feed.measure(kind, subject) for kind in ("excluded", "included_only"))


def _is_of_the_list(key: MeasureKey, case: Case) -> bool:
    """Whether people are known by the number that the integrator's list has of them."""
    catalogue = case.declarations.catalogue
    if catalogue is None or not key.basis:
        return False
    path = FieldPath.parse(key.basis)
    if catalogue.people_listed_by:
        return path in catalogue.people_listed_by
    entry = catalogue.fields.get(path)
    return entry is not None and entry.item in SYSTEM_NUMBERS


def _numbers(case: Case) -> str:
    """Say by which numbers the integrator's list names people."""
    catalogue = case.declarations.catalogue
    fields = sorted(map(str, catalogue.people_listed_by)) if catalogue else []
    return " or ".join(fields) or "their numbers in the school's system"


def _kept_out(present: Measure, feed: Inventory, subject: Subject) -> int:
    """Count those of the people who are excluded, or who are not among those that alone are included."""
    excluded, included = feed.measure("excluded", subject), feed.measure("included_only", subject)
    refused = present.keys.keys() & excluded.keys.keys() if excluded else set()
    unasked = present.keys.keys() - included.keys.keys() if included else set()
    return len(refused | unasked)
