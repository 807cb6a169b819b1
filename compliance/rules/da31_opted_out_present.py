"""DA31: whom the school keeps out is out."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import Inventory, Measure
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, dataset_of
from compliance.rules.wording import counted


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
        Somebody objected, or has to be protected, and the school said no for them. The integrator then stops sending
        the person, but does not erase what was sent before.
    Example:
        The school ticked one pupil in its integrator's data controls; the pupil's row is still there.
    Instead:
        Erase what is held of the person, and check that the app acts on the integrator's list after each sync.
    Silent when:
        - The store keeps no more than a keyed hash of the person's number, so as not to fetch the person again.
    """
    stored_fields, feed = given(case.declarations.stored_fields), given(case.feed)
    for key, present in answers(given(case.store), "person"):
        path = FieldPath(key.dataset)
        dataset = dataset_of(path, stored_fields)
        people = _kept_out(present, feed, dataset.subject) if dataset and dataset.subject else 0
        if people:
            yield Hit(
                message=f"{key.dataset} holds {counted(people, 'person', 'people')} whom the school excluded from this "
                "app.",
                path=path,
                place=dataset.place if dataset else None,
                evidence={"dataset": key.dataset, "people": people},
                fix="Erase what is held of them, and act on the integrator's list after each sync.",
            )


def _kept_out(present: Measure, feed: Inventory, subject: Subject) -> int:
    """Count those of the people who are excluded, or who are not among those that alone are included."""
    excluded, included = feed.measure("excluded", subject), feed.measure("included_only", subject)
    refused = present.keys.keys() & excluded.keys.keys() if excluded else set()
    unasked = present.keys.keys() - included.keys.keys() if included else set()
    return len(refused | unasked)
